#pragma once

#include "server/store/read_connection.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/dialect.h"

namespace prism::store::sqlite {

/// A connection to an SQLite file that refuses to change it.
class ReadConnection final : public store::ReadConnection
{
public:
    /// The file is there. Unavailable.
    static Result<std::unique_ptr<ReadConnection>> open(const QString& file);

    void breakOffWhen(std::function<bool()> isEnough) override
    {
        m_connection->breakOffWhen(std::move(isEnough));
    }
    const store::Dialect& dialect() const override { return m_dialect; }

private:
    explicit ReadConnection(std::unique_ptr<Connection> connection)
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
