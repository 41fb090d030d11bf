#pragma once

#include "server/app/database_writer.h"
#include "server/app/import_target.h"
#include "server/service/actor.h"

namespace prism::app {

/// Writes into a database that no server has, by the use cases that a server writes by. Waits for each write.
class ImportWriter : public ImportTarget
{
public:
    ImportWriter(const Config& config, std::unique_ptr<OpenedDatabase> opened);

    bool isOwnFile(const QString& path) const override
    {
        return m_database.opened().database->isOwnFile(path);
    }
    protocol::Result<ImportCount> store(ImportKind kind, const QList<QJsonObject>& entries) override;

    /// Records that say more than the configuration allows are refused.
    protocol::Result<ImportCount> storeRecord(const QByteArray& record) override;

private:
    template <typename UseCases, typename Entry>
    protocol::Result<ImportCount>
    storeAll(const QList<QJsonObject>& objects,
             protocol::Result<Entry> (*read)(const QJsonObject&, protocol::Timestamp, protocol::Timestamp));

    template <typename Outcome, typename Input>
    protocol::Result<Outcome>
    carryOut(protocol::Result<Outcome> (*useCase)(store::Transaction&, const service::Actor&, const Input&),
             Input input);

    DatabaseWriter m_database;
    const protocol::RecordLimits m_records;
};

} // namespace prism::app
