#pragma once

#include "server/store/sqlite/statement.h"

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
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens `file`; ReadWrite makes it when it is absent, and fails when it cannot be written to. Writes are
    /// on disk when a COMMIT returns (write-ahead log, synchronous=FULL). Unavailable.
    static Result<std::unique_ptr<Connection>> open(const QString& file, Mode mode);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Result<Rows> select(QByteArrayView sql, std::span<const Value> values);
    Result<int> execute(QByteArrayView sql, std::span<const Value> values = {});

    /// As ReadConnection's. What execute() runs is broken off, too, unless it is undisturbed.
    void breakOffWhen(std::function<bool()> isEnough);
    void executeUndisturbed(QByteArrayView sql);

    qint64 changes() const;

    /// The number that the last INSERT gave its row.
    qint64 lastRow() const;

    bool inTransaction() const;

    /// Writes down what SQLite said. A damaged file fails every request that comes across the damage, so
    /// that is said once.
    void report(int code, const QString& where);

    /// What a caller is told of an SQLite code.
    static Error errorOf(int code);

private:
    Connection() = default;

    void listen(bool listens);
    Result<Statement*> prepare(QByteArrayView sql);
    Error failed(QByteArrayView sql);

    sqlite3* m_handle = nullptr;
    std::unordered_map<QByteArray, Statement> m_statements;
    std::function<bool()> m_isEnough;
    bool m_damageReported = false;
};

} // namespace prism::store::sqlite
