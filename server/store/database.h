#pragma once

#include "server/store/value.h"
#include "shared/protocol/error.h"

#include <QByteArrayView>
#include <QHash>

#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace prism::store {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

class Database;

/// The rows of one SELECT, read forward. Resets the statement when it goes, so that no reader holds an old
/// snapshot of the database longer than it needs.
class Rows
{
public:
    Rows(Rows&& other) noexcept
        : m_database(other.m_database)
        , m_statement(std::exchange(other.m_statement, nullptr))
        , m_waiting(other.m_waiting)
        , m_failure(other.m_failure)
    {
    }
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    /// False after the last row, and also when the next one cannot be read: error() then says so, and what
    /// was read is not all there is. The first call cannot fail, select() has.
    bool next();

    std::optional<Error> error() const;

    QString text(int column) const;
    QByteArray bytes(int column) const;
    qint64 integer(int column) const;
    double real(int column) const;
    bool isNull(int column) const;

private:
    friend class Database;

    /// The statement has run up to its first row, or has none.
    Rows(Database& database, sqlite3_stmt* statement, bool hasRow)
        : m_database(database)
        , m_statement(statement)
        , m_waiting(hasRow ? Waiting::Row : Waiting::Nothing)
    {
    }

    enum class Waiting { Row, Step, Nothing };

    Database& m_database;
    sqlite3_stmt* m_statement;
    Waiting m_waiting;
    int m_failure = 0; ///< SQLite's code of what broke the reading off; 0 for nothing
};

/// One connection to the SQLite file. Belongs to the thread that opened it. Statements are prepared once and
/// kept, so the SQL must come from a small set: values are bound, never written into it.
class Database
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens `file`; ReadWrite makes it when it is absent. Writes are on disk when a COMMIT returns
    /// (write-ahead log, synchronous=FULL).
    static Result<std::unique_ptr<Database>> open(const QString& file, Mode mode);

    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs a SELECT. The rows must be gone before the same statement is run again.
    Result<Rows> select(QByteArrayView sql, std::initializer_list<Value> values = {});
    Result<Rows> select(QByteArrayView sql, const std::vector<Value>& values);

    /// Runs anything else; the number of rows it touched.
    Result<int> execute(QByteArrayView sql, std::initializer_list<Value> values = {});

    /// The number of rows changed since this connection was opened.
    qint64 changes() const;

    /// The number that the last INSERT gave its row.
    qint64 lastOrdinal() const;

    bool inTransaction() const;

private:
    friend class Rows;

    Database() = default;

    Result<sqlite3_stmt*> prepare(QByteArrayView sql);
    Result<Rows> run(QByteArrayView sql, const Value* values, std::size_t count);
    Error failed(QByteArrayView sql);

    /// Writes down what SQLite said. A damaged file fails every request that comes across the damage, so
    /// that is said once.
    void report(int code, const QString& where);

    sqlite3* m_handle = nullptr;
    QHash<QByteArray, sqlite3_stmt*> m_statements;
    bool m_damageReported = false;
};

/// Makes several SELECTs see one state of the database. Ends with the object.
class Snapshot
{
public:
    explicit Snapshot(Database& database);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Database& m_database;
};

} // namespace prism::store
