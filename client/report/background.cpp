#include "client/report/background.h"

#include "client/report/ci_system.h"
#include "client/report/say.h"
#include "client/report/sender_lock.h"

#include <array>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace prism::report {

namespace {

constexpr const char* self = "/proc/self/exe";
constexpr timespec longestWait{10, 500'000'000}; // the sender ends by itself before

/// Becomes the sender. What it needs to know of the server's address is in the arguments, and of the token in
/// the environment or the file.
[[noreturn]] void become(const QByteArray& server, const char* within, bool inBackground)
{
    ::execl(self, "prism-report", "flush", "--within", within, "--server", server.constData(),
            inBackground ? "--background" : nullptr, nullptr);
    ::_exit(127);
}

void leaveTerminal()
{
    ::setsid();
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(nothing, stream);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    [[maybe_unused]] const int moved = ::chdir("/");
}

/// A process of a process, which nobody has to wait for.
void startDetached(const QByteArray& server, const Signals& kept)
{
    const pid_t process = ::fork();
    if (process == 0) {
        leaveTerminal();
        kept.restore();
        if (::fork() == 0)
            become(server, "90", true);
        ::_exit(0);
    }
    if (process > 0)
        ::waitpid(process, nullptr, 0);
}

/// Any signal but that of its end stops the waiting: what was not sent waits on.
void startAndWait(const QByteArray& server, const Signals& kept)
{
    const pid_t process = ::fork();
    if (process == 0) {
        kept.restore();
        become(server, "9", false);
    }
    sigset_t ends;
    sigemptyset(&ends);
    for (const int number : {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT})
        sigaddset(&ends, number);
    if (process > 0 && (::sigtimedwait(&ends, nullptr, &longestWait) != SIGCHLD ||
                        ::waitpid(process, nullptr, WNOHANG) == 0))
        say(QStringLiteral("what is reported was not sent yet"));
}

} // namespace

void haveSent(const Spool& spool, const Config& config, const Signals& kept)
{
    const QStringList reasons = spool.takeReasons();
    for (const QString& reason : reasons)
        say(QStringLiteral("the server refused a result, which is kept in %1/refused: %2")
                .arg(spool.folder(), reason));
    const QByteArray server = config.server.toEncoded();
    if (isOnCiSystem())
        return startAndWait(server, kept);
    SenderLock lock(spool.folder());
    // Who has it looks once more after letting go of it.
    if (lock.take()) {
        lock.release();
        startDetached(server, kept);
    }
}

} // namespace prism::report
