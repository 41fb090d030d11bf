#pragma once

#include "server/store/sqlite/file_state.h"
#include "server/store/sqlite/log_check.h"
#include "server/store/sqlite/open_notices.h"

#include <QString>

#include <chrono>

namespace prism::store::sqlite {

/// Looks whether a start would find, under the names of a database and its log, what this process writes to:
/// both may be moved, replaced, cut or written to by anybody at any time, and whoever has them open does not
/// notice. Owns descriptors of the log and its index, which must be closed after SQLite's own: closing one
/// gives up all locks that the process has on the file. Borrows that of the database by which it is locked:
/// what is locked is what is watched. Used by the one who writes, on its thread.
class FileWatch
{
public:
    enum class Finding {
        Sound,
        Gone,         ///< nothing bears the name now, or nobody may look
        SecondName,   ///< whoever opens the database by the other one would not find the log
        Replaced,     ///< something else bears the name
        WrittenTo,    ///< the file is the same, its content may be another one
        LogGone,      ///< the log or its index have no name, or something else bears it
        LogDamaged,   ///< the log is the same file, and some of what was written to it is not there
        IndexDamaged, ///< the index of the log is the same file, and cannot be read
    };

    /// `file` is where the database lies, `name` what the configuration calls it, perhaps a symbolic link,
    /// and `database` the descriptor of the one that is meant, whatever lies there.
    FileWatch(const QString& name, const QString& file, int database);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    /// Notes what is there, unless it is watched already. SQLite has opened database and log meanwhile. The
    /// second time, the database is still what it was noted as: to open it writes nothing into one that was
    /// open before. False when it cannot be read.
    bool begin();

    /// All connections are closed.
    void end();

    /// `hasWritten`: something was committed since the last look.
    Finding look(bool hasWritten);

    /// Only whether the database, its log aside, is as it was noted: Sound, Gone, Replaced, SecondName or
    /// WrittenTo. Before the first begin() nothing is noted but which file it is.
    Finding lookAtDatabase();

    /// What was written to the database since the last look was written by this process. What is written by
    /// anybody from here on is told apart, however soon it comes.
    void noteDatabase();

    /// Whether database and log have stayed as they are for a second, as far as this was asked: who writes
    /// over them has come to an end.
    bool isAtRest();

    /// Whether all of the log is in the database as well.
    bool isBroughtIn() const;

    /// Of a damaged log: whether a start would come to a state that was one, though an older one. Else what
    /// is left of the log goes before what is in the database already.
    bool leadsSomewhere() const;

    /// Whether what bears the name of the log is the log.
    bool hasOwnLog() const;

    /// Whether what bears the name of the database is another file and has the same content, byte by byte.
    /// Takes as long as it takes to read both.
    bool isCopied() const;

    /// Gives what bears the name of the log another name, so that no start takes it for the log of the
    /// database: the new name, empty where nothing is there.
    QString setLogAside() const;

private:
    static constexpr int none = -1;

    void stampDatabase();
    Finding lookAtLog(const FileState& log, bool atAll);
    std::optional<LogIndex> readIndex() const;
    bool wasChangedBySQLite(bool hasWritten);

    const QByteArray m_name; ///< empty where it is no other one
    const QByteArray m_file;
    const QByteArray m_logFile;
    const QByteArray m_indexFile;
    const int m_database;
    int m_log = none;
    int m_index = none;
    OpenNotices m_logNotices;
    bool m_hasBegun = false; ///< once, at least
    FileState m_databaseState;
    FileState m_logState;
    FileState m_indexState;
    LogIndex m_noted;

    /// When isAtRest() was asked, and since when it was the same.
    std::array<FileState, 2> m_asked;
    std::chrono::steady_clock::time_point m_sameSince;
};

} // namespace prism::store::sqlite
