#pragma once

#include "server/store/rows.h"
#include "server/store/value.h"

#include <QByteArrayView>

#include <functional>
#include <initializer_list>
#include <span>
#include <vector>

namespace prism::store {

class Dialect;

/// A connection to the database that nothing can be changed by. Belongs to one thread at a time.
/// Statements are prepared once and kept, so the SQL must come from a small set: values are bound, each in
/// the place of a `?`, and never written into it.
class ReadConnection
{
public:
    virtual ~ReadConnection() = default;
    ReadConnection(const ReadConnection&) = delete;
    ReadConnection& operator=(const ReadConnection&) = delete;

    /// Runs a SELECT. The rows must be gone before the same statement is run again.
    Result<Rows> select(QByteArrayView sql, std::initializer_list<Value> values = {})
    {
        return run(sql, {values.begin(), values.size()});
    }
    Result<Rows> select(QByteArrayView sql, const std::vector<Value>& values) { return run(sql, values); }

    /// From here on, reading ends with Unavailable soon after `isEnough` was true: it is called every so
    /// often, on this thread, also within one long step. Null for never. What begins and ends a Snapshot is
    /// not broken off.
    virtual void breakOffWhen(std::function<bool()> isEnough) = 0;

    virtual const Dialect& dialect() const = 0;

protected:
    ReadConnection() = default;

private:
    friend class Snapshot;

    virtual Result<Rows> run(QByteArrayView sql, std::span<const Value> values) = 0;

    /// Between the two, all SELECTs see one state of the database. Nothing is to be ended after an error.
    virtual Result<void> beginSnapshot() = 0;
    virtual void endSnapshot() = 0;
};

/// Makes several SELECTs see one state of the database. Ends with the object; one at a time for each
/// connection.
class Snapshot
{
public:
    static Result<Snapshot> begin(ReadConnection& connection)
    {
        if (const Result<void> begun = connection.beginSnapshot(); !begun)
            return Failure(begun.error());
        return Snapshot(connection);
    }
    Snapshot(Snapshot&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
    {
    }
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot()
    {
        if (m_connection)
            m_connection->endSnapshot();
    }

private:
    explicit Snapshot(ReadConnection& connection)
        : m_connection(&connection)
    {
    }

    ReadConnection* m_connection; ///< null once it was given on
};

} // namespace prism::store
