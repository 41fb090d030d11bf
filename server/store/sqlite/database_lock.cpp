#include "server/store/sqlite/database_lock.h"

#include "server/store/sqlite/companion_file.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace prism::store::sqlite {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;

protocol::Result<DatabaseLock> DatabaseLock::acquire(const QString& databaseFile)
{
    const QString file = companionFile(databaseFile, QLatin1String(".lock"));
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("%1 cannot be opened: %2").arg(file, qt_error_string(errno))});
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return DatabaseLock(descriptor);

    char address[256] = {};
    const ssize_t length = ::pread(descriptor, address, sizeof address - 1, 0);
    ::close(descriptor);
    const QString owner = length > 0 ? QString::fromUtf8(address).trimmed() : QString();
    return Failure(
        Error{ErrorCode::Unavailable,
              owner.isEmpty()
                  ? QStringLiteral("Another prism-server uses the database %1.").arg(databaseFile)
                  : QStringLiteral("The prism-server at %1 uses the database %2.").arg(owner, databaseFile),
              owner.isEmpty() ? QStringList() : QStringList(owner)});
}

DatabaseLock::DatabaseLock(DatabaseLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

DatabaseLock::~DatabaseLock()
{
    if (m_descriptor < 0)
        return;
    (void)::ftruncate(m_descriptor, 0);
    ::close(m_descriptor);
}

void DatabaseLock::announce(const QString& url) const
{
    const QByteArray text = url.toUtf8() + '\n';
    if (::ftruncate(m_descriptor, 0) != 0 ||
        ::pwrite(m_descriptor, text.constData(), std::size_t(text.size()), 0) < 0)
        return;
}

} // namespace prism::store::sqlite
