#pragma once

#include "server/store/read_connection.h"
#include "shared/protocol/position.h"

namespace prism::store {

/// Why what is written now would not be there after a restart.
struct Outage
{
    Error error;          ///< what those are told who want to write
    bool isFinal = false; ///< it does not pass while this process goes on
};

/// A connection that changes the database: there is one, that of the writer's thread, and before it is there
/// the one that made the database ready. What is committed is on disk when the commit returns.
class WriteConnection : public ReadConnection
{
public:
    /// Runs anything but a SELECT; the number of rows it touched.
    virtual Result<int> execute(QByteArrayView sql, std::initializer_list<Value> values = {}) = 0;

    /// Runs an INSERT of one row into a table whose rows are numbered by their `ordinal`: the number that was
    /// given; nothing when a conflict kept the row out.
    virtual Result<std::optional<qint64>> insert(QByteArrayView sql, std::initializer_list<Value> values) = 0;

    /// The number of rows changed since this connection was opened.
    virtual qint64 changes() const = 0;

    /// Begins a transaction in which no other can write. To be left to WriteScope.
    virtual Result<void> begin() = 0;

    /// An engine may give up a transaction by itself, when the disk is full for one.
    virtual bool inTransaction() const = 0;

    /// What the engine refused last, or something general.
    virtual Error lastError() const = 0;

    /// Whether a start would find what this connection has committed, up to the event `head`. To be asked
    /// before each transaction, and after each commit before anybody hears of it. What can be mended is.
    virtual std::optional<Outage> outage(protocol::Seq head) = 0;

    /// Brings what the engine still keeps beside the database into it; to be called by the last who writes.
    virtual void settle() = 0;
};

} // namespace prism::store
