#pragma once

#include "server/app/import_target.h"
#include "server/app/opened_database.h"
#include "server/service/actor.h"
#include "server/store/writing/writer.h"

namespace prism::app {

/// Writes into a database that no server has, by the use cases that a server writes by. Owns the database and
/// the writer of it. Waits for each write.
class ImportWriter : public ImportTarget
{
public:
    ImportWriter(const Config& config, std::unique_ptr<OpenedDatabase> opened);

    /// Notes how far the database has come.
    ~ImportWriter() override;

    bool isOwnFile(const QString& path) const override { return m_opened->database->isOwnFile(path); }
    protocol::Result<ImportCount> store(ImportKind kind, const QList<QJsonObject>& entries) override;

    /// Records that say more than the configuration allows are refused.
    protocol::Result<ImportCount> storeRecord(const QByteArray& record) override;

private:
    /// How far the log has come; on the writer's thread, as long as there is a writer.
    struct Head : store::CommitSink
    {
        explicit Head(protocol::Seq begin)
            : seq(begin)
        {
        }

        void committed(const store::Commit&) override {}
        void publish(const std::vector<store::StoredEvent>& events) override { seq = events.back().seq; }
        void settled() override {}

        protocol::Seq seq;
    };

    template <typename UseCases, typename Entry>
    protocol::Result<ImportCount>
    storeAll(const QList<QJsonObject>& objects,
             protocol::Result<Entry> (*read)(const QJsonObject&, protocol::Timestamp, protocol::Timestamp));

    template <typename Outcome, typename Input>
    protocol::Result<Outcome>
    carryOut(protocol::Result<Outcome> (*useCase)(store::Transaction&, const service::Actor&, const Input&),
             Input input);

    const std::unique_ptr<OpenedDatabase> m_opened;
    const protocol::RecordLimits m_records;
    Head m_head;
    store::WriteQueue m_writes;
    std::unique_ptr<store::Writer> m_writer;
};

} // namespace prism::app
