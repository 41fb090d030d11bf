#pragma once

#include "shared/protocol/error.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <memory>

namespace prism::store {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

/// The rows of one SELECT, read forward. Resets the statement when it goes, so that no reader holds an old
/// snapshot of the database longer than it needs.
class Rows
{
public:
    explicit Rows(QSqlQuery& query)
        : m_query(&query)
    {
    }
    Rows(Rows&& other) noexcept
        : m_query(std::exchange(other.m_query, nullptr))
    {
    }
    Rows& operator=(Rows&&) = delete;
    ~Rows()
    {
        if (m_query)
            m_query->finish();
    }

    bool next() { return m_query->next(); }
    QString text(int column) const { return m_query->value(column).toString(); }
    QByteArray bytes(int column) const { return m_query->value(column).toByteArray(); }
    qint64 integer(int column) const { return m_query->value(column).toLongLong(); }
    double real(int column) const { return m_query->value(column).toDouble(); }
    bool isNull(int column) const { return m_query->isNull(column); }

private:
    QSqlQuery* m_query;
};

/// The text, empty where it is null: a null QString would be stored as NULL.
QString notNull(const QString& text);

/// One connection to the SQLite file. Belongs to the thread that opened it. Statements are prepared once.
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
    Result<Rows> select(const QString& sql, const QVariantList& values = {});

    /// Runs anything else; the number of rows it touched.
    Result<int> execute(const QString& sql, const QVariantList& values = {});

private:
    explicit Database(const QString& connection);

    Result<QSqlQuery*> run(const QString& sql, const QVariantList& values);

    const QString m_connection;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements;
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
