#include "server/service/records.h"

#include "server/service/change.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/try.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Failure;
using protocol::Result;
using store::EncodedRecord;
using store::Transaction;

namespace {

WrittenRecord written(const EncodedRecord& encoded)
{
    return {encoded.record.id, encoded.record.version, encoded.json};
}

/// The record as it is, where that is kept.
Result<QByteArray> noted(Transaction& transaction, const Actor& actor, const QString& id)
{
    if (!Change(transaction, actor).isNoted())
        return QByteArray();
    PRISM_TRY_ASSIGN(const store::StoredRecord& record, transaction.records().find(id));
    return record.json;
}

} // namespace

NewRecord NewRecord::of(const protocol::RecordDraft& draft)
{
    NewRecord record{store::makeRecord(draft, std::chrono::system_clock::now()), {}};
    record.event = protocol::recordStoredData(record.encoded.record, record.encoded.json);
    return record;
}

RecordChange RecordChange::of(const QString& id, const protocol::RecordPatch& patch)
{
    protocol::RecordPatch updates = patch;
    updates.version.reset();
    return {id, patch, encode(updates)};
}

Result<WrittenRecord> Records::create(Transaction& transaction, const Actor& actor, const NewRecord& record)
{
    PRISM_TRY(transaction.records().insert(record.encoded));
    PRISM_TRY(
        Change(transaction, actor).note("record.create", record.encoded.record.id, {}, record.encoded.json));
    PRISM_TRY(
        Change(transaction, actor)
            .announce(event_type::recordCreated, QString(), record.event, record.encoded.record.createdAt));
    return written(record.encoded);
}

Result<WrittenRecords> Records::createAll(Transaction& transaction, const Actor& actor,
                                          const std::vector<NewRecord>& records)
{
    WrittenRecords all;
    all.json.reserve(qsizetype(records.size()));
    for (std::size_t i = 0; i < records.size(); ++i) {
        Result<WrittenRecord> created = create(transaction, actor, records[i]);
        if (created) {
            all.json.append(std::move(created->json));
            continue;
        }
        protocol::Error error = created.error();
        for (QString& detail : error.details)
            detail = QStringLiteral("[%1]: %2").arg(i).arg(detail);
        return Failure(error);
    }
    return all;
}

Result<WrittenRecord> Records::update(Transaction& transaction, const Actor& actor,
                                      const RecordChange& change)
{
    PRISM_TRY_ASSIGN(const QByteArray before, noted(transaction, actor, change.id));
    PRISM_TRY_ASSIGN(const EncodedRecord& changed,
                     transaction.records().update(change.id, change.patch, protocol::now()));
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::recordUpdated, QString(),
                            protocol::recordStoredData(changed.record, changed.json, change.updates),
                            changed.record.updatedAt));
    PRISM_TRY(Change(transaction, actor).note("record.update", change.id, before, changed.json));
    return written(changed);
}

Result<RemovedRecord> Records::remove(Transaction& transaction, const Actor& actor,
                                      const RecordRemoval& removal)
{
    PRISM_TRY_ASSIGN(const QByteArray before, noted(transaction, actor, removal.id));
    PRISM_TRY(transaction.records().remove(removal.id));
    PRISM_TRY(Change(transaction, actor).note("record.delete", removal.id, before, {}));
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::recordDeleted, QString(),
                            encode(protocol::RecordRemoved{removal.id, now}), now));
    return RemovedRecord{removal.id};
}

} // namespace prism::service
