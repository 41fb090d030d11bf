#include "server/store/database.h"

#include "shared/protocol/utf8.h"

#include <QFile>
#include <QLoggingCategory>

#include <sqlite3.h>
#include <utility>

Q_LOGGING_CATEGORY(lcStore, "prism.store")

namespace prism::store {

namespace {

constexpr int busyTimeoutMs = 5000;

/// What SQLite reports when the disk, and not the request, is the matter
/// (https://www.sqlite.org/rescode.html).
bool isTemporary(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
        return true;
    default:
        return false;
    }
}

bool isDamage(int code)
{
    const int primary = code & 0xFF;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
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

Error errorOf(int code)
{
    if (isDamage(code))
        return {ErrorCode::Unavailable, damageAdvice()};
    if (isTemporary(code))
        return {ErrorCode::Unavailable,
                QStringLiteral("The database cannot be used at the moment. Try again later.")};
    return {ErrorCode::Internal, QStringLiteral("The database could not do this.")};
}

/// `lifetime` is SQLITE_STATIC where the statement is over before the value is gone.
void bind(sqlite3_stmt* statement, int index, const Value& value, sqlite3_destructor_type lifetime)
{
    const QByteArray& bytes = value.bytes();
    switch (value.kind()) {
    case Value::Kind::Null:
        sqlite3_bind_null(statement, index);
        break;
    case Value::Kind::Integer:
        sqlite3_bind_int64(statement, index, value.integer());
        break;
    case Value::Kind::Real:
        sqlite3_bind_double(statement, index, value.real());
        break;
    case Value::Kind::Text:
        sqlite3_bind_text(statement, index, bytes.constData(), int(bytes.size()), lifetime);
        break;
    case Value::Kind::Blob:
        sqlite3_bind_blob(statement, index, bytes.constData(), int(bytes.size()), lifetime);
        break;
    }
}

/// Counting its memory would have all threads wait for each other at each allocation.
void leaveMemoryUncounted()
{
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(configured) // refused when SQLite is in use already, and then it is as it was
}

} // namespace

Rows::~Rows()
{
    if (m_statement)
        sqlite3_reset(m_statement);
}

bool Rows::next()
{
    if (m_waiting == Waiting::Row) {
        m_waiting = Waiting::Step;
        return true;
    }
    if (m_waiting == Waiting::Nothing)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    m_waiting = Waiting::Nothing;
    if (code != SQLITE_DONE) {
        m_database.report(code, QStringLiteral("while reading rows"));
        m_failure = code;
    }
    return false;
}

std::optional<Error> Rows::error() const
{
    return m_failure == 0 ? std::nullopt : std::optional(errorOf(m_failure));
}

QString Rows::text(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return protocol::textOfUtf8({data, sqlite3_column_bytes(m_statement, column)});
}

QByteArray Rows::bytes(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    return {data, sqlite3_column_bytes(m_statement, column)};
}

qint64 Rows::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Rows::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

bool Rows::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Result<std::unique_ptr<Database>> Database::open(const QString& file, Mode mode)
{
    leaveMemoryUncounted();
    std::unique_ptr<Database> database(new Database);
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::ReadWrite ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(QFile::encodeName(file).constData(), &database->m_handle, flags, nullptr) !=
        SQLITE_OK)
        return Failure(Error{
            ErrorCode::Unavailable,
            QStringLiteral("The database %1 cannot be opened: %2").arg(file, messageOf(database->m_handle))});
    sqlite3_busy_timeout(database->m_handle, busyTimeoutMs);

    std::vector<const char*> pragmas{"PRAGMA foreign_keys=ON", "PRAGMA cache_size=-65536",
                                     "PRAGMA temp_store=MEMORY"};
    if (mode == Mode::ReadWrite)
        pragmas.insert(pragmas.end(), {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                       "PRAGMA journal_size_limit=67108864"});
    else
        pragmas.push_back("PRAGMA query_only=ON");
    for (const char* pragma : pragmas) {
        if (sqlite3_exec(database->m_handle, pragma, nullptr, nullptr, nullptr) != SQLITE_OK)
            return Failure(Error{
                ErrorCode::Unavailable,
                QStringLiteral("%1 is not a usable database: %2").arg(file, messageOf(database->m_handle))});
    }
    return database;
}

Database::~Database()
{
    for (sqlite3_stmt* statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

Error Database::failed(QByteArrayView sql)
{
    const int code = sqlite3_extended_errcode(m_handle);
    report(code, QStringLiteral("in ") + QString::fromUtf8(sql));
    return errorOf(code);
}

void Database::report(int code, const QString& where)
{
    if (!isDamage(code)) {
        qCWarning(lcStore).noquote() << "database error" << code << messageOf(m_handle) << where;
        return;
    }
    if (std::exchange(m_damageReported, true))
        return;
    qCCritical(lcStore).noquote() << sqlite3_db_filename(m_handle, "main") << '-' << damageAdvice()
                                  << "SQLite says:" << code << messageOf(m_handle) << where;
}

Result<sqlite3_stmt*> Database::prepare(QByteArrayView sql)
{
    const auto known = m_statements.constFind(QByteArray::fromRawData(sql.data(), sql.size()));
    if (known != m_statements.constEnd())
        return *known;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK)
        return Failure(failed(sql));
    m_statements.insert(sql.toByteArray(), statement);
    return statement;
}

Result<Rows> Database::run(QByteArrayView sql, const Value* values, std::size_t count)
{
    const Result<sqlite3_stmt*> statement = prepare(sql);
    if (!statement)
        return Failure(statement.error());
    for (std::size_t i = 0; i < count; ++i)
        bind(*statement, int(i) + 1, values[i], SQLITE_TRANSIENT);
    const int code = sqlite3_step(*statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        const Error error = failed(sql);
        sqlite3_reset(*statement);
        return Failure(error);
    }
    return Rows(*this, *statement, code == SQLITE_ROW);
}

Result<Rows> Database::select(QByteArrayView sql, std::initializer_list<Value> values)
{
    return run(sql, values.begin(), values.size());
}

Result<Rows> Database::select(QByteArrayView sql, const std::vector<Value>& values)
{
    return run(sql, values.data(), values.size());
}

Result<int> Database::execute(QByteArrayView sql, std::initializer_list<Value> values)
{
    const Result<sqlite3_stmt*> statement = prepare(sql);
    if (!statement)
        return Failure(statement.error());
    int index = 0;
    for (const Value& value : values)
        bind(*statement, ++index, value, SQLITE_STATIC);
    int code = sqlite3_step(*statement);
    while (code == SQLITE_ROW)
        code = sqlite3_step(*statement);
    if (code != SQLITE_DONE) {
        const Error error = failed(sql);
        sqlite3_reset(*statement);
        return Failure(error);
    }
    sqlite3_reset(*statement);
    return sqlite3_changes(m_handle);
}

qint64 Database::changes() const
{
    return sqlite3_total_changes64(m_handle);
}

qint64 Database::lastOrdinal() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

Snapshot::Snapshot(Database& database)
    : m_database(database)
{
    (void)m_database.execute("BEGIN");
}

Snapshot::~Snapshot()
{
    (void)m_database.execute("COMMIT");
}

} // namespace prism::store
