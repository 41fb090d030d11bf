#include "client/report/child.h"

#include "client/report/say.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace prism::report {

namespace {

using Clock = std::chrono::steady_clock;

/// As shells have it.
int codeOfFailure(int error)
{
    constexpr int notFound = 127;
    constexpr int notExecutable = 126;
    return error == ENOENT ? notFound : notExecutable;
}

/// What the terminal sends goes to the whole process group, and so to the command as well. A hangup and what
/// follows it go to the leader of the session alone.
bool reachesTheCommandToo(const siginfo_t& info)
{
    const bool isOfTheLeader = info.si_signo == SIGHUP || info.si_signo == SIGCONT;
    return info.si_code == SI_KERNEL && !(isOfTheLeader && ::getsid(0) == ::getpid());
}

void forward(const siginfo_t& info, pid_t process)
{
    if (info.si_code == SI_QUEUE)
        ::sigqueue(process, info.si_signo, info.si_value);
    else
        ::kill(process, info.si_signo);
}

/// Whoever reads what the command writes, or writes what it reads, is to learn when the command closes its
/// end.
void giveUpStreams()
{
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing >= 0) {
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
    }
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
}

/// Lets a signal that was kept waiting do what it does by itself.
void obey(int number)
{
    struct sigaction normal
    {
    };
    normal.sa_handler = SIG_DFL;
    struct sigaction before
    {
    };
    ::sigaction(number, &normal, &before);
    sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, number);
    ::raise(number);
    ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    ::pthread_sigmask(SIG_BLOCK, &one, nullptr);
    ::sigaction(number, &before, nullptr);
}

/// The shell that waits for this process sees it stopped, as it would see the command, and takes the terminal
/// back.
void stopAs(int number)
{
    sigset_t waiting;
    ::sigpending(&waiting);
    if (::sigismember(&waiting, SIGCONT) == 1)
        return; // both go on already
    obey(number);
}

Ending watch(pid_t process)
{
    const sigset_t all = Signals::all();
    Ending ending;
    while (true) {
        siginfo_t info{};
        if (::sigwaitinfo(&all, &info) < 0)
            continue;
        if (info.si_signo != SIGCHLD) {
            if (!reachesTheCommandToo(info))
                forward(info, process);
            continue;
        }
        while (::waitpid(process, &ending.status, WNOHANG | WUNTRACED) == process) {
            if (!WIFSTOPPED(ending.status))
                return ending;
            stopAs(WSTOPSIG(ending.status));
        }
    }
}

/// What the process that was to become the command says of why it did not; 0 where it did.
int failureFrom(int pipe)
{
    int error = 0;
    ssize_t length = 0;
    do {
        length = ::read(pipe, &error, sizeof error);
    } while (length < 0 && errno == EINTR);
    return length == ssize_t(sizeof error) ? error : 0;
}

} // namespace

bool Ending::isGood() const
{
    return error == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

QString Ending::words() const
{
    if (error != 0)
        return QStringLiteral("could not be started: ") + qt_error_string(error);
    if (!WIFSIGNALED(status))
        return QStringLiteral("exit code %1").arg(WEXITSTATUS(status));
    const char* name = ::sigabbrev_np(WTERMSIG(status));
    const QString signalName =
        name == nullptr ? QString() : QStringLiteral(" (SIG%1)").arg(QLatin1String(name));
    return QStringLiteral("ended by signal %1%2").arg(WTERMSIG(status)).arg(signalName);
}

/// Without a pipe to tell it by, a failure ends the process as a shell would end.
void Child::become(char** arguments, int toTell) const
{
    m_signals.restore();
    ::execvp(*arguments, arguments);
    const int error = errno;
    if (toTell < 0)
        say(QFile::decodeName(*arguments) + QStringLiteral(": ") + qt_error_string(error));
    else [[maybe_unused]]
        const ssize_t told = ::write(toTell, &error, sizeof error);
    ::_exit(codeOfFailure(error));
}

Ending Child::run(char** arguments, const std::function<void()>& meanwhile) const
{
    std::array<int, 2> failure{-1, -1}; // closed by a start that works, else it says why not
    const Clock::time_point begin = Clock::now();
    const pid_t parent = ::getpid();
    const pid_t process = ::pipe2(failure.data(), O_CLOEXEC) == 0 ? ::fork() : -1;
    if (process < 0) {
        say(QStringLiteral("the command is run without a report: ") + qt_error_string(errno));
        become(arguments, -1);
    }
    if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // whoever kills this program means the command
        if (::getppid() != parent)
            ::raise(SIGKILL);
        become(arguments, failure[1]);
    }
    ::close(failure[1]);
    const int error = failureFrom(failure[0]);
    giveUpStreams();
    if (error != 0)
        say(QFile::decodeName(*arguments) + QStringLiteral(": ") + qt_error_string(error));
    meanwhile();
    Ending ending = watch(process);
    ending.error = error;
    ending.duration = Clock::now() - begin;
    return ending;
}

void Child::endAs(const Ending& ending)
{
    if (!WIFSIGNALED(ending.status))
        ::_exit(WEXITSTATUS(ending.status));
    const rlimit noCore{0, 0}; // the command's own is to stay
    ::setrlimit(RLIMIT_CORE, &noCore);
    obey(WTERMSIG(ending.status));
    constexpr int bySignal = 128;
    ::_exit(bySignal + WTERMSIG(ending.status));
}

} // namespace prism::report
