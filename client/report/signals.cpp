#include "client/report/signals.h"

#include <initializer_list>

namespace prism::report {

Signals::Signals()
{
    const sigset_t waiting = all();
    ::pthread_sigmask(SIG_BLOCK, &waiting, &m_before);
    struct sigaction normal
    {
    };
    normal.sa_handler = SIG_DFL; // ignored, nobody would learn how a child ends
    ::sigaction(SIGCHLD, &normal, &m_childBefore);
}

sigset_t Signals::all()
{
    sigset_t signalSet;
    ::sigfillset(&signalSet);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS})
        ::sigdelset(&signalSet, fault);
    return signalSet;
}

void Signals::restore() const
{
    ::sigaction(SIGCHLD, &m_childBefore, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

} // namespace prism::report
