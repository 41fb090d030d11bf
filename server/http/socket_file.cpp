#include "server/http/socket_file.h"

#include "shared/protocol/try.h"

#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace prism::http {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

Failure reason(const QString& text)
{
    return Failure(Error{ErrorCode::Unavailable, text});
}

sockaddr_un addressOf(const QByteArray& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    return address;
}

const sockaddr* any(const sockaddr_un& address)
{
    return reinterpret_cast<const sockaddr*>(&address);
}

/// Whoever replaces a file that was left behind does so alone: of two that start at once the second finds
/// the first one's.
Result<io::Descriptor> lockFolder(const QByteArray& path)
{
    constexpr int tries = 50;
    const QByteArray folder = QFile::encodeName(QFileInfo(QFile::decodeName(path)).path());
    io::Descriptor opened(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isOpen())
        return reason(qt_error_string(errno));
    for (int i = 0; i < tries; ++i) {
        if (::flock(opened.number(), LOCK_EX | LOCK_NB) == 0)
            return opened;
        QThread::msleep(100);
    }
    return reason(QStringLiteral("another program has locked the folder"));
}

/// Nobody listens only where the system says that it refuses.
Result<void> makeRoom(const QByteArray& path)
{
    struct stat there
    {
    };
    if (::lstat(path.constData(), &there) != 0)
        return {};
    if (!S_ISSOCK(there.st_mode))
        return reason(QStringLiteral("another file is there, which stays as it is"));
    const io::Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const sockaddr_un address = addressOf(path);
    if (!probe.isOpen())
        return reason(qt_error_string(errno));
    if (::connect(probe.number(), any(address), sizeof address) == 0 || errno != ECONNREFUSED)
        return reason(QStringLiteral("another program listens there"));
    if (::unlink(path.constData()) != 0)
        return reason(qt_error_string(errno));
    return {};
}

} // namespace

SocketFile::SocketFile(SocketFile&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_device(other.m_device)
    , m_number(other.m_number)
{
}

SocketFile& SocketFile::operator=(SocketFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_device, other.m_device);
    std::swap(m_number, other.m_number);
    return *this;
}

Result<SocketFile> SocketFile::listen(const io::Descriptor& socket, const QString& path, int backlog)
{
    constexpr mode_t forOthers = S_IRWXO | S_IXUSR | S_IXGRP;
    SocketFile file;
    const QByteArray wanted = QFile::encodeName(path);
    PRISM_TRY_ASSIGN(const io::Descriptor folder, lockFolder(wanted));
    PRISM_TRY(makeRoom(wanted));
    const sockaddr_un address = addressOf(wanted);
    const mode_t before = ::umask(forOthers); // nobody else gets in between
    const int bound = ::bind(socket.number(), any(address), sizeof address);
    const int error = errno;
    ::umask(before);
    if (bound != 0)
        return reason(qt_error_string(error));
    struct stat made
    {
    };
    if (::lstat(wanted.constData(), &made) != 0)
        return reason(qt_error_string(errno));
    file.m_path = wanted;
    file.m_device = made.st_dev;
    file.m_number = made.st_ino;
    if (::listen(socket.number(), backlog) != 0)
        return reason(qt_error_string(errno));
    return file;
}

void SocketFile::remove()
{
    const QByteArray path = std::exchange(m_path, {});
    struct stat there
    {
    };
    if (!path.isEmpty() && ::lstat(path.constData(), &there) == 0 && S_ISSOCK(there.st_mode) &&
        there.st_dev == m_device && there.st_ino == m_number)
        ::unlink(path.constData());
}

} // namespace prism::http
