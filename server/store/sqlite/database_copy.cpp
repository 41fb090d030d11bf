#include "server/store/sqlite/database_copy.h"

#include "server/store/sqlite/file_state.h"
#include "shared/protocol/try.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace prism::store::sqlite {

namespace {

Result<qint64> numberOf(Connection& connection, QByteArrayView pragma)
{
    PRISM_TRY_ASSIGN(Rows rows, connection.select(pragma, {}));
    return rows.next() ? rows.integer(0) : 0;
}

Result<qint64> sizeOf(Connection& connection)
{
    PRISM_TRY_ASSIGN(const qint64 pages, numberOf(connection, "PRAGMA page_count"));
    PRISM_TRY_ASSIGN(const qint64 pageSize, numberOf(connection, "PRAGMA page_size"));
    return pages * pageSize;
}

Failure noCopy(const QString& file, qint64 needed, const QString& reason)
{
    return Failure(
        Error{ErrorCode::Unavailable,
              QStringLiteral(
                  "The database has to be brought to a newer schema, and no copy of it can be kept as %1, "
                  "which needs %2 bytes (%3): %4.")
                  .arg(file)
                  .arg(needed)
                  .arg(QLocale::c().formattedDataSize(needed), reason)});
}

/// What the system says of a descriptor's or a name's content being on the disk.
bool syncAndClose(int descriptor)
{
    const bool isSynced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int systemError = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    errno = systemError;
    return isSynced;
}

/// All pages at once, as they are.
Trouble copyPages(Connection& from, const QByteArray& to)
{
    sqlite3* target = nullptr;
    errno = 0;
    int code = sqlite3_open_v2(to.constData(), &target, SQLITE_OPEN_READWRITE, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_exec(target, "PRAGMA journal_mode=OFF", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) {
        sqlite3_backup* const backup = sqlite3_backup_init(target, "main", from.handle(), "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
        }
        code = sqlite3_extended_errcode(target);
    }
    const Trouble trouble{code, sqlite3_system_errno(target)};
    sqlite3_close(target);
    return trouble;
}

} // namespace

Result<void> copyDatabase(Connection& from, const QString& file)
{
    const QByteArray name = QFile::encodeName(file);
    const QByteArray made = name + ".new";
    const QByteArray folder = QFile::encodeName(QFileInfo(file).absolutePath());
    PRISM_TRY_ASSIGN(const qint64 needed, sizeOf(from));
    struct statvfs room
    {
    };
    if (::statvfs(folder.constData(), &room) == 0) {
        const qint64 left = qint64(room.f_bavail) * qint64(room.f_frsize);
        if (left < needed)
            return noCopy(file, needed, QStringLiteral("%1 bytes are free there").arg(left));
    }
    ::unlink(made.constData()); // of a start that was killed
    const int descriptor = ::open(made.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return noCopy(file, needed, reasonOf(errno));
    ::close(descriptor);
    QString reason;
    if (const Trouble trouble = copyPages(from, made); trouble.code != SQLITE_OK)
        reason = reasonOf(trouble);
    else if (!syncAndClose(::open(made.constData(), O_RDONLY | O_CLOEXEC)) ||
             ::rename(made.constData(), name.constData()) != 0 ||
             !syncAndClose(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)))
        reason = reasonOf(errno);
    if (reason.isEmpty())
        return {};
    ::unlink(made.constData());
    return noCopy(file, needed, reason);
}

} // namespace prism::store::sqlite
