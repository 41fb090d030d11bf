#include "server/log/target.h"

#include <QtGlobal>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace prism::log {

namespace {

/// The pipe or terminal opened once more, so that what is set for it here holds for nobody else who has it.
int openedAgain(int descriptor)
{
    char path[32];
    qsnprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return ::open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

} // namespace

Target::Target(int descriptor)
    : m_descriptor(descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return;
    if (S_ISSOCK(status.st_mode)) {
        m_kind = Kind::Socket;
    } else if (S_ISFIFO(status.st_mode) || ::isatty(descriptor) == 1) {
        if (const int own = openedAgain(descriptor); own >= 0) {
            m_descriptor = own;
            m_kind = Kind::Own;
        }
    }
}

Target::~Target()
{
    if (m_kind == Kind::Own)
        ::close(m_descriptor);
}

qsizetype Target::write(QByteArrayView bytes)
{
    // A pipe that could not be opened again has room for this much whenever poll() says that it has some.
    constexpr qsizetype mostAtOnce = 4096;
    const auto size = std::size_t(std::min(bytes.size(), mostAtOnce));
    if (m_kind == Kind::Plain) {
        pollfd room{m_descriptor, POLLOUT, 0};
        if (::poll(&room, 1, 0) == 0)
            return 0;
    }
    const ssize_t written = m_kind == Kind::Socket
                                ? ::send(m_descriptor, bytes.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL)
                                : ::write(m_descriptor, bytes.data(), size);
    if (written >= 0)
        return written;
    return errno == EAGAIN || errno == EINTR || errno == ENOBUFS ? 0 : -1;
}

void Target::waitForRoom(std::chrono::milliseconds longest) const
{
    pollfd room{m_descriptor, POLLOUT, 0};
    ::poll(&room, 1, int(longest.count()));
}

} // namespace prism::log
