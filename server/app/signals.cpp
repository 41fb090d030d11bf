#include "server/app/signals.h"

#include <QLoggingCategory>

#include <array>
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

namespace {

using Clock = std::chrono::steady_clock;

/// More than all the parts together may take to drain.
constexpr std::chrono::seconds longestStop{20};

sigset_t takenSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL,
                             SIGSTKFLT, SIGPWR, SIGTTIN, SIGTTOU})
        sigaddset(&set, number);
    for (int number = SIGRTMIN; number <= SIGRTMAX; ++number)
        sigaddset(&set, number);
    return set;
}

/// Blocks them on this thread and on all that it will start.
int takeSignals()
{
    const sigset_t taken = takenSignals();
    pthread_sigmask(SIG_BLOCK, &taken, nullptr);
    return ::signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// As if nobody had taken it.
[[noreturn]] void endBy(int number)
{
    std::signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    ::raise(number);
    pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
    std::_Exit(EXIT_FAILURE);
}

} // namespace

void Signals::leaveToErrors()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

Signals::Signals(QObject* parent)
    : QObject(parent)
    , m_signals(takeSignals())
    , m_end(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_thread([this] { receive(); })
{
}

Signals::~Signals()
{
    ::eventfd_write(m_end, 1);
    m_thread.join();
    ::close(m_signals);
    ::close(m_end);
}

void Signals::setStoppable()
{
    m_isStoppable = true;
}

void Signals::setReloadable()
{
    m_isReloadable = true;
}

void Signals::receive()
{
    constexpr int betweenLooks = 1'000;
    std::array watched{pollfd{m_signals, POLLIN, 0}, pollfd{m_end, POLLIN, 0}};
    while (watched[1].revents == 0) {
        ::poll(watched.data(), watched.size(), m_deadline ? betweenLooks : -1);
        signalfd_siginfo info{};
        while (::read(m_signals, &info, sizeof info) == ssize_t(sizeof info))
            take(int(info.ssi_signo), info.ssi_code == SI_KERNEL);
        if (m_deadline && Clock::now() >= *m_deadline) {
            // What was acknowledged is on the disk.
            qCCritical(lcApp) << "stopping takes too long; ending as it is";
            std::this_thread::sleep_for(std::chrono::milliseconds(200)); // for the log
            std::_Exit(EXIT_FAILURE);
        }
    }
}

void Signals::take(int number, bool isTerminalGone)
{
    if (number == SIGHUP && !isTerminalGone && m_isReloadable) {
        emit reloadRequested();
        return;
    }
    if (number != SIGINT && number != SIGTERM && !(number == SIGHUP && isTerminalGone)) {
        qCInfo(lcApp) << "signal" << number << "does nothing here; SIGTERM stops the server";
        return;
    }
    if (!m_isStoppable)
        endBy(number);
    if (!m_deadline)
        m_deadline = Clock::now() + longestStop;
    emit stopRequested();
}

} // namespace prism::app
