#include "server/service/records.h"

#include "server/service/change.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Failure;
using protocol::Result;
using store::EncodedRecord;
using store::Transaction;

namespace {

/// The data of the event that tells of a record; `id` and `updates` are left out where they are empty.
QByteArray eventData(QLatin1String id, const EncodedRecord& encoded, const QByteArray& updates)
{
    QByteArray text;
    text.reserve(encoded.json.size() + updates.size() + 128);
    protocol::JsonWriter json(text);
    json.beginObject();
    if (!id.isEmpty())
        json.field(QLatin1String("id"), id);
    json.key(QLatin1String("record"));
    json.raw(encoded.json);
    if (!updates.isEmpty()) {
        json.key(QLatin1String("updates"));
        json.raw(updates);
    }
    json.field(QLatin1String("timestamp"), encoded.record.updatedAt);
    json.endObject();
    return text;
}

QByteArray removalData(const QString& id, protocol::Timestamp now)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("id"), id);
    json.field(QLatin1String("timestamp"), now);
    json.endObject();
    return text;
}

WrittenRecord written(const EncodedRecord& encoded)
{
    return {encoded.record.id, encoded.record.version, encoded.json};
}

} // namespace

NewRecord NewRecord::of(const protocol::RecordDraft& draft)
{
    NewRecord record{store::makeRecord(draft, std::chrono::system_clock::now()), {}};
    record.event = eventData({}, record.encoded, {});
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
    PRISM_TRY_ASSIGN(const EncodedRecord& changed,
                     transaction.records().update(change.id, change.patch, protocol::now()));
    const QByteArray id = changed.record.id.toLatin1();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::recordUpdated, QString(),
                            eventData(QLatin1String(id), changed, change.updates), changed.record.updatedAt));
    return written(changed);
}

Result<RemovedRecord> Records::remove(Transaction& transaction, const Actor& actor,
                                      const RecordRemoval& removal)
{
    PRISM_TRY(transaction.records().remove(removal.id, removal.version));
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::recordDeleted, QString(), removalData(removal.id, now), now));
    return RemovedRecord{removal.id};
}

} // namespace prism::service
