#pragma once

#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/dialect.h"
#include "server/store/write_connection.h"

namespace prism::store::sqlite {

/// The connection that changes an SQLite file.
class WriteConnection final : public store::WriteConnection
{
public:
    /// As Database::openWriter().
    static Result<std::unique_ptr<WriteConnection>> open(const QString& file);

    void breakOffWhen(std::function<bool()> isEnough) override
    {
        m_connection->breakOffWhen(std::move(isEnough));
    }
    const store::Dialect& dialect() const override { return m_dialect; }
    Result<int> execute(QByteArrayView sql, std::initializer_list<Value> values = {}) override;
    Result<std::optional<qint64>> insert(QByteArrayView sql, std::initializer_list<Value> values) override;
    qint64 changes() const override { return m_connection->changes(); }
    Result<void> begin() override;
    bool inTransaction() const override { return m_connection->inTransaction(); }
    void settle() override;

private:
    explicit WriteConnection(std::unique_ptr<Connection> connection)
        : m_connection(std::move(connection))
    {
    }

    Result<Rows> run(QByteArrayView sql, std::span<const Value> values) override
    {
        return m_connection->select(sql, values);
    }
    void beginSnapshot() override { m_connection->executeUndisturbed("BEGIN"); }
    void endSnapshot() override { m_connection->executeUndisturbed("COMMIT"); }

    const Dialect m_dialect;
    const std::unique_ptr<Connection> m_connection;
};

} // namespace prism::store::sqlite
