#include "server/store/sqlite/connection.h"

#include "server/store/log.h"
#include "server/store/sqlite/text_functions.h"
#include "shared/protocol/try.h"

#include <QFile>

#include <cerrno>
#include <sqlite3.h>
#include <utility>
#include <vector>

namespace prism::store::sqlite {

namespace {

constexpr int busyTimeoutMs = 5000;

/// Of SQLite's virtual machine, between two questions whether it is enough: well below a millisecond.
constexpr int stepsBetweenQuestions = 2000;

bool isBrokenOff(int code)
{
    return (code & 0xFF) == SQLITE_INTERRUPT;
}

QString damageAdvice()
{
    return QStringLiteral("The database file is damaged. Stop the server, keep a copy of the file, and put a "
                          "backup in its place, or what \"sqlite3 FILE .recover\" can still read of it.");
}

QString messageOf(sqlite3* handle)
{
    return QString::fromUtf8(sqlite3_errmsg(handle));
}

QString fileOf(sqlite3* handle)
{
    const char* name = sqlite3_db_filename(handle, "main");
    return name ? QFile::decodeName(name) : QString();
}

/// Words for why a file cannot be opened or made a database, with what SQLite says of it.
Failure unusable(sqlite3* handle, const QString& file)
{
    const Trouble trouble{sqlite3_extended_errcode(handle), sqlite3_system_errno(handle)};
    const QString reason = isTemporary(trouble) ? reasonOf(trouble) : messageOf(handle);
    return Failure(Error{ErrorCode::Unavailable,
                         (isDamage(trouble) ? QStringLiteral("%1 is not a usable database: %2.")
                                            : QStringLiteral("The database %1 cannot be opened: %2."))
                             .arg(file, reason)});
}

/// Counting its memory would have all threads wait for each other at each allocation. Refused when SQLite is
/// in use already, as it is from the second connection on, and then it is as it was.
void leaveMemoryUncounted()
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

} // namespace

Error Connection::errorOf(int code) const
{
    const Trouble trouble{code, m_systemError};
    if (isDamage(trouble))
        return {ErrorCode::Unavailable, damageAdvice()};
    if (isBrokenOff(code))
        return {ErrorCode::Unavailable, QStringLiteral("What was read was broken off.")};
    if (isTemporary(trouble))
        return {ErrorCode::Unavailable, QStringLiteral("The database %1 cannot be used now: %2.")
                                            .arg(fileOf(m_handle), reasonOf(trouble))};
    return {ErrorCode::Internal, QStringLiteral("The database could not do this.")};
}

Result<std::unique_ptr<Connection>> Connection::open(const QString& file, Mode mode)
{
    leaveMemoryUncounted();
    std::unique_ptr<Connection> connection(new Connection);
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::Make ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(QFile::encodeName(file).constData(), &connection->m_handle, flags, nullptr) !=
        SQLITE_OK)
        return unusable(connection->m_handle, file);
    // A file that may not be written is opened for reading alone, and would stay with that.
    if (mode != Mode::ReadOnly && sqlite3_db_readonly(connection->m_handle, "main") == 1)
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The database %1 cannot be written to.").arg(file)});
    sqlite3_busy_timeout(connection->m_handle, busyTimeoutMs);
    if (addTextFunctions(connection->m_handle) != SQLITE_OK)
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The search's functions cannot be added to "
                                                         "the database %1: %2")
                                              .arg(file, messageOf(connection->m_handle))});

    std::vector<const char*> pragmas{"PRAGMA foreign_keys=ON", "PRAGMA cache_size=-65536",
                                     "PRAGMA temp_store=MEMORY"};
    if (mode != Mode::ReadOnly)
        pragmas.insert(pragmas.end(), {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                       "PRAGMA journal_size_limit=67108864"});
    else
        pragmas.push_back("PRAGMA query_only=ON");
    // The first read opens the log, which may be another one by the time somebody asks something.
    pragmas.push_back("SELECT 1 FROM sqlite_schema LIMIT 1");
    for (const char* pragma : pragmas) {
        if (sqlite3_exec(connection->m_handle, pragma, nullptr, nullptr, nullptr) != SQLITE_OK)
            return unusable(connection->m_handle, file);
    }
    return connection;
}

Connection::~Connection()
{
    m_statements.clear();
    sqlite3_close_v2(m_handle);
}

Error Connection::failed(QByteArrayView sql)
{
    m_systemError = errno; // SQLite does not keep that of a commit
    const int code = sqlite3_extended_errcode(m_handle);
    m_lastError = errorOf(code);
    report(code, QStringLiteral("in ") + QString::fromUtf8(sql));
    return *m_lastError;
}

void Connection::report(int code, const QString& where)
{
    if (isBrokenOff(code))
        return;
    const Trouble trouble{code, m_systemError};
    if (isDamage(trouble)) {
        if (!std::exchange(m_damageReported, true))
            qCCritical(lcStore).noquote() << fileOf(m_handle) << '-' << damageAdvice()
                                          << "SQLite says:" << code << messageOf(m_handle) << where;
        return;
    }
    if (std::exchange(m_reported, code) != code)
        qCWarning(lcStore).noquote() << "database error" << code << messageOf(m_handle) << where << '-'
                                     << fileOf(m_handle) << reasonOf(trouble);
}

int Connection::committed(void* self, sqlite3* /*handle*/, const char* /*name*/, int pages)
{
    static_cast<Connection*>(self)->m_afterCommit(pages);
    return SQLITE_OK;
}

void Connection::callAfterCommit(std::function<void(int)> call)
{
    m_afterCommit = std::move(call);
    sqlite3_wal_hook(m_handle, committed, this);
}

bool Connection::bringIn()
{
    int pages = 0;
    int done = 0;
    return sqlite3_wal_checkpoint_v2(m_handle, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &done) ==
               SQLITE_OK &&
           pages == done;
}

bool Connection::emptyLog()
{
    constexpr int patienceMs = 1000;
    sqlite3_busy_timeout(m_handle, patienceMs);
    const int code =
        sqlite3_wal_checkpoint_v2(m_handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(m_handle, busyTimeoutMs);
    return code == SQLITE_OK;
}

void Connection::leaveLogWhenClosed()
{
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<Statement*> Connection::prepare(QByteArrayView sql)
{
    const auto known = m_statements.find(QByteArray::fromRawData(sql.data(), sql.size()));
    if (known != m_statements.end())
        return &known->second;
    sqlite3_stmt* statement = nullptr;
    errno = 0;
    if (sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK)
        return Failure(failed(sql));
    return &m_statements.try_emplace(sql.toByteArray(), *this, statement).first->second;
}

Result<Rows> Connection::select(QByteArrayView sql, std::span<const Value> values)
{
    PRISM_TRY_ASSIGN(Statement* const statement, prepare(sql));
    if (statement->open(values) == 0)
        return Rows(*statement);
    const Error error = failed(sql);
    statement->close();
    return Failure(error);
}

Result<int> Connection::execute(QByteArrayView sql, std::span<const Value> values)
{
    PRISM_TRY_ASSIGN(Statement* const statement, prepare(sql));
    if (statement->finish(values) != 0) {
        const Error error = failed(sql);
        statement->close();
        return Failure(error);
    }
    statement->close();
    if (sql == "COMMIT")
        m_reported = SQLITE_OK;
    return sqlite3_changes(m_handle);
}

void Connection::breakOffWhen(std::function<bool()> isEnough)
{
    m_isEnough = std::move(isEnough);
    listen(bool(m_isEnough));
}

void Connection::listen(bool listens)
{
    const auto ask = [](void* connection) -> int {
        return static_cast<Connection*>(connection)->m_isEnough() ? 1 : 0;
    };
    sqlite3_progress_handler(m_handle, stepsBetweenQuestions, listens ? +ask : nullptr, this);
}

Result<void> Connection::executeUndisturbed(QByteArrayView sql)
{
    listen(false);
    const Result<int> executed = execute(sql);
    listen(bool(m_isEnough));
    PRISM_TRY(executed);
    return {};
}

qint64 Connection::changes() const
{
    return sqlite3_total_changes64(m_handle);
}

qint64 Connection::lastRow() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

} // namespace prism::store::sqlite
