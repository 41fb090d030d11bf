#include "server/store/sqlite/trouble.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sqlite3.h>

namespace prism::store::sqlite {

namespace {

struct Row
{
    int number;
    const char* reason;
};

constexpr std::array systemErrors{
    Row{ENOSPC, "the disk is full"},
    Row{EDQUOT, "the quota of the disk is used up"},
    Row{EFBIG, "the file is as large as the system lets it become"},
    Row{EROFS, "the file system is read-only"},
    Row{EACCES, "permission is denied"},
    Row{EPERM, "permission is denied"},
    Row{EIO, "the disk reports an error"},
    Row{EMFILE, "no more files can be opened"},
    Row{ENFILE, "no more files can be opened"},
    Row{ENOMEM, "there is not enough memory"},
    Row{ELOOP, "a symbolic link bears the name"},
    Row{ENOENT, "there is no such file or folder"},
    Row{ENOTDIR, "there is no such folder"},
    Row{ESTALE, "the file system is gone"},
    Row{ENODEV, "the file system is gone"},
    Row{ENXIO, "the file system is gone"},
    Row{ENOTCONN, "the file system is gone"},
};

/// Where the system says nothing. What is extended comes before what it is an extension of.
constexpr std::array codes{
    Row{SQLITE_READONLY_DIRECTORY, "the folder is read-only"},
    Row{SQLITE_READONLY_DBMOVED, "the file was moved"},
    Row{SQLITE_IOERR_NOMEM, "there is not enough memory"},
    Row{SQLITE_IOERR_FSYNC, "the disk does not confirm what is written"},
    Row{SQLITE_IOERR_SHORT_READ, "the file is shorter than it was"},
    Row{SQLITE_FULL, "the disk is full"},
    Row{SQLITE_READONLY, "the file is read-only"},
    Row{SQLITE_PERM, "permission is denied"},
    Row{SQLITE_CANTOPEN, "a file of it cannot be opened"},
    Row{SQLITE_IOERR, "the disk reports an error"},
    Row{SQLITE_BUSY, "another program has locked it"},
    Row{SQLITE_LOCKED, "another program has locked it"},
    Row{SQLITE_PROTOCOL, "other programs keep on locking it"},
    Row{SQLITE_NOMEM, "there is not enough memory"},
};

template <typename Table>
const char* find(const Table& rows, int number)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.number == number; });
    return row == rows.end() ? nullptr : row->reason;
}

int primary(int code)
{
    return code & 0xFF;
}

/// Only these come from the system, and otherwise its error is of something else.
bool hasSystemError(const Trouble& trouble)
{
    const int code = primary(trouble.code);
    return code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_PERM;
}

} // namespace

bool isDamage(const Trouble& trouble)
{
    return primary(trouble.code) == SQLITE_CORRUPT || primary(trouble.code) == SQLITE_NOTADB;
}

bool isTemporary(const Trouble& trouble)
{
    return find(codes, primary(trouble.code)) != nullptr;
}

QString reasonOf(const Trouble& trouble)
{
    const char* reason = hasSystemError(trouble) ? find(systemErrors, trouble.systemError) : nullptr;
    if (!reason)
        reason = find(codes, trouble.code);
    if (!reason)
        reason = find(codes, primary(trouble.code));
    return reason ? QString::fromLatin1(reason) : QStringLiteral("SQLite's error %1").arg(trouble.code);
}

QString reasonOf(int systemError)
{
    const char* reason = find(systemErrors, systemError);
    return reason ? QString::fromLatin1(reason) : qt_error_string(systemError);
}

} // namespace prism::store::sqlite
