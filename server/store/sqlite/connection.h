#pragma once

#include "server/store/sqlite/statement.h"
#include "server/store/sqlite/trouble.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <unordered_map>

struct sqlite3;

namespace prism::store::sqlite {

/// One connection to an SQLite file, for reading or for both: what ReadConnection and WriteConnection have in
/// common. Belongs to the thread that opened it.
class Connection
{
public:
    enum class Mode { Make, ReadWrite, ReadOnly };

    /// Opens `file`; Make makes it when it is absent. Both that write fail when it cannot be written to.
    /// Writes are on disk when a COMMIT returns (write-ahead log, synchronous=FULL). Unavailable.
    static Result<std::unique_ptr<Connection>> open(const QString& file, Mode mode);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Result<Rows> select(QByteArrayView sql, std::span<const Value> values);
    Result<int> execute(QByteArrayView sql, std::span<const Value> values = {});

    /// As ReadConnection's. What execute() runs is broken off, too, unless it is undisturbed.
    void breakOffWhen(std::function<bool()> isEnough);
    Result<void> executeUndisturbed(QByteArrayView sql);

    qint64 changes() const;

    /// The number that the last INSERT gave its row.
    qint64 lastRow() const;

    bool inTransaction() const;

    /// Has `call` called after each commit, within it, with the number of pages in the log, instead of what
    /// SQLite does of itself: bring a long log into the database.
    void callAfterCommit(std::function<void(int)> call);

    /// Brings the log into the database; whether all of it is there then. Waits for nobody.
    bool bringIn();

    /// The same, and leaves the log empty; waits a little for who still reads it.
    bool emptyLog();

    /// The last connection would otherwise bring in the log when it is closed, whatever has become of it.
    void leaveLogWhenClosed();

    /// Has `call` called whenever the rows of a SELECT are gone, as the last thing done with the connection.
    void callAfterRows(std::function<void()> call) { m_afterRows = std::move(call); }
    void afterRows()
    {
        if (m_afterRows)
            m_afterRows();
    }

    /// Writes down what SQLite said of its last call, once: of damage for good, of the rest until something
    /// was committed.
    void report(int code, const QString& where);

    /// What the system refused in the last call, errno; 0 for nothing.
    void noteSystemError(int number) { m_systemError = number; }

    /// What a caller is told of an SQLite code of this connection's last call.
    Error errorOf(int code) const;

    /// What the last call that failed was refused for.
    const std::optional<Error>& lastError() const { return m_lastError; }

    sqlite3* handle() { return m_handle; }

private:
    Connection() = default;

    static int committed(void* self, sqlite3* handle, const char* name, int pages);
    void listen(bool listens);
    Result<Statement*> prepare(QByteArrayView sql);
    Error failed(QByteArrayView sql);

    sqlite3* m_handle = nullptr;
    std::unordered_map<QByteArray, Statement> m_statements;
    std::function<void(int)> m_afterCommit;
    std::function<void()> m_afterRows;
    std::optional<Error> m_lastError;
    int m_systemError = 0;
    int m_reported = 0; ///< the code that was written down last
    std::function<bool()> m_isEnough;
    bool m_damageReported = false;
};

} // namespace prism::store::sqlite
