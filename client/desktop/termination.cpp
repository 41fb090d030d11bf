#include "client/desktop/termination.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace prism::desktop {

Termination::Termination(QObject* parent)
    : QObject(parent)
    , m_descriptor(-1)
{
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&wanted, number);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    m_descriptor = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

Termination::~Termination()
{
    ::close(m_descriptor);
}

void Termination::listen()
{
    auto* notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        while (::read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info))
            emit requested();
    });
}

} // namespace prism::desktop
