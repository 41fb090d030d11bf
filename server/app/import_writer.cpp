#include "server/app/import_writer.h"

#include "server/service/checks.h"
#include "server/service/records.h"
#include "server/service/retros.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

#include <future>

namespace prism::app {

using protocol::Failure;
using protocol::Result;

ImportWriter::ImportWriter(const Config& config, std::unique_ptr<OpenedDatabase> opened)
    : m_database(config, std::move(opened))
    , m_records(config.records)
{
}

Result<ImportCount> ImportWriter::store(ImportKind kind, const QList<QJsonObject>& entries)
{
    return kind == ImportKind::Check
               ? storeAll<service::Checks, protocol::Check>(entries, protocol::checkFromJson)
               : storeAll<service::Retros, protocol::Retro>(entries, protocol::retroFromJson);
}

template <typename UseCases, typename Entry>
Result<ImportCount> ImportWriter::storeAll(const QList<QJsonObject>& objects,
                                           Result<Entry> (*read)(const QJsonObject&, protocol::Timestamp,
                                                                 protocol::Timestamp))
{
    const protocol::Timestamp now = protocol::now();
    service::NewEntries<Entry> all;
    all.imported = true;
    for (const QJsonObject& object : objects) {
        PRISM_TRY_ASSIGN(Entry entry, read(object, now, now + protocol::farthestAhead));
        all.entries.push_back(service::NewEntry<Entry>::of(std::move(entry)));
    }
    PRISM_TRY_ASSIGN(const service::StoredEntries stored, carryOut(&UseCases::addAll, std::move(all)));
    return ImportCount{stored.created, stored.received - stored.created};
}

Result<ImportCount> ImportWriter::storeRecord(const QByteArray& record)
{
    const QJsonObject json = QJsonDocument::fromJson(record).object();
    PRISM_TRY_ASSIGN(const protocol::RecordDraft& draft,
                     protocol::recordDraftFromJson(json, m_records, record));
    const auto created = carryOut(&service::Records::create, service::NewRecord::of(draft));
    if (created)
        return ImportCount{1, 0};
    if (created.error().code == protocol::ErrorCode::AlreadyExists)
        return ImportCount{0, 1};
    return Failure(created.error());
}

template <typename Outcome, typename Input>
Result<Outcome> ImportWriter::carryOut(Result<Outcome> (*useCase)(store::Transaction&, const service::Actor&,
                                                                  const Input&),
                                       Input input)
{
    const auto told = std::make_shared<std::promise<Result<Outcome>>>();
    std::future<Result<Outcome>> outcome = told->get_future();
    m_database.writes().submit<Outcome>(
        [useCase, input = std::move(input)](store::Transaction& transaction) {
            return useCase(transaction, {service::Actor::Kind::Operator}, input);
        },
        [told](Result<Outcome> result) { told->set_value(std::move(result)); });
    return outcome.get();
}

} // namespace prism::app
