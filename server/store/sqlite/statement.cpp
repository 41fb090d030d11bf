#include "server/store/sqlite/statement.h"

#include "server/store/sqlite/connection.h"
#include "shared/protocol/utf8.h"

#include <cerrno>
#include <sqlite3.h>
#include <utility>

namespace prism::store::sqlite {

namespace {

int bind(sqlite3_stmt* statement, int index, const Value& value, sqlite3_destructor_type lifetime)
{
    const QByteArray& bytes = value.bytes();
    switch (value.kind()) {
    case Value::Kind::Null:
        break;
    case Value::Kind::Integer:
        return sqlite3_bind_int64(statement, index, value.integer());
    case Value::Kind::Real:
        return sqlite3_bind_double(statement, index, value.real());
    case Value::Kind::Text:
        return sqlite3_bind_text64(statement, index, bytes.constData(), sqlite3_uint64(bytes.size()),
                                   lifetime, SQLITE_UTF8);
    case Value::Kind::Blob:
        return sqlite3_bind_blob64(statement, index, bytes.constData(), sqlite3_uint64(bytes.size()),
                                   lifetime);
    }
    return sqlite3_bind_null(statement, index);
}

/// `lifetime` is SQLITE_STATIC where the statement is over before the values are gone.
int bindAll(sqlite3_stmt* statement, std::span<const Value> values, sqlite3_destructor_type lifetime)
{
    int code = SQLITE_OK;
    for (std::size_t i = 0; i < values.size() && code == SQLITE_OK; ++i)
        code = bind(statement, int(i) + 1, values[i], lifetime);
    return code;
}

} // namespace

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

int Statement::open(std::span<const Value> values)
{
    Q_ASSERT_X(!m_isOpen, sqlite3_sql(m_statement), "the rows of the run before are still being read");
    if (const int code = bindAll(m_statement, values, SQLITE_TRANSIENT); code != SQLITE_OK)
        return code;
    errno = 0; // which SQLite keeps when the system refuses it something
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return code;
    m_waiting = code == SQLITE_ROW ? Waiting::Row : Waiting::Nothing;
    m_failure = 0;
    m_isOpen = true;
    return 0;
}

int Statement::finish(std::span<const Value> values)
{
    Q_ASSERT_X(!m_isOpen, sqlite3_sql(m_statement), "the rows of the run before are still being read");
    if (const int code = bindAll(m_statement, values, SQLITE_STATIC); code != SQLITE_OK)
        return code;
    errno = 0;
    int code = sqlite3_step(m_statement);
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    return code == SQLITE_DONE ? 0 : code;
}

bool Statement::next()
{
    if (m_waiting == Waiting::Row) {
        m_waiting = Waiting::Step;
        return true;
    }
    if (m_waiting == Waiting::Nothing)
        return false;
    errno = 0;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    m_waiting = Waiting::Nothing;
    if (code != SQLITE_DONE) {
        m_connection.noteSystemError(errno);
        m_connection.report(code, QStringLiteral("while reading rows"));
        m_failure = code;
    }
    return false;
}

std::optional<Error> Statement::error() const
{
    return m_failure == 0 ? std::nullopt : std::optional(m_connection.errorOf(m_failure));
}

QString Statement::text(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return protocol::textOfUtf8({data, sqlite3_column_bytes(m_statement, column)});
}

QByteArray Statement::bytes(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
    return {data, sqlite3_column_bytes(m_statement, column)};
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

void Statement::close()
{
    sqlite3_reset(m_statement);
    if (std::exchange(m_isOpen, false))
        m_connection.afterRows();
}

} // namespace prism::store::sqlite
