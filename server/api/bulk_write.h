#pragma once

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/write_request.h"
#include "server/store/uuid.h"
#include "shared/protocol/json_writer.h"

namespace prism::api {

/// How one kind of entry is read from JSON, announced, written, and found again.
template <typename T>
struct BulkKind
{
    std::function<protocol::Result<T>(const QJsonObject&, protocol::Timestamp now,
                                      protocol::Timestamp latest)>
        read;
    QLatin1String eventType;
    std::function<QByteArray(const QByteArray& json)> eventData; ///< of the entry's JSON
    std::function<protocol::Result<bool>(store::Transaction&, const T&)> insert;
    std::function<protocol::Result<T>(store::Transaction&, const QString& id)> find;
};

/// One entry, and its JSON.
template <typename T>
struct BulkItem
{
    T entry;
    QByteArray json;
};

/// The entries of a body, each with an id. All problems are named.
template <typename T>
protocol::Result<std::vector<BulkItem<T>>> readEntries(const BulkBody& body, const BulkKind<T>& kind)
{
    const protocol::Timestamp now = protocol::now();
    protocol::Problems problems = body.problems;
    std::vector<BulkItem<T>> items;
    items.reserve(body.entries.size());
    for (const BulkEntry& each : body.entries) {
        auto entry = kind.read(each.object, now, now + protocol::farthestAhead);
        if (entry) {
            if (entry->id.isEmpty())
                entry->id = store::makeUuidV7();
            const QByteArray json = encode(*entry);
            items.push_back({std::move(*entry), json});
            continue;
        }
        for (const QString& detail : entry.error().details)
            problems.add(entry.error().code, body.placeOf(each), detail);
    }
    if (!problems.isEmpty())
        return protocol::Failure(
            problems.toError(QStringLiteral("The body is not valid; nothing was stored.")));
    return items;
}

/// Writes the entries that are not there yet; how many.
template <typename T>
protocol::Result<qint64> insertEntries(store::Transaction& transaction, const std::vector<BulkItem<T>>& items,
                                       const BulkKind<T>& kind)
{
    qint64 created = 0;
    for (const BulkItem<T>& item : items) {
        const protocol::Result<bool> inserted = kind.insert(transaction, item.entry);
        if (!inserted)
            return protocol::Failure(inserted.error());
        if (!*inserted)
            continue;
        const auto announced = transaction.announce(kind.eventType, item.entry.project,
                                                    kind.eventData(item.json), protocol::now());
        if (!announced)
            return protocol::Failure(announced.error());
        ++created;
    }
    return created;
}

inline QByteArray bulkSummary(qint64 received, qint64 created)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("received"), received);
    json.field(QLatin1String("created"), created);
    json.field(QLatin1String("skipped"), received - created);
    json.endObject();
    return text;
}

/// Answers a request whose body is one object, an array or NDJSON of T: refuses the whole body when one entry
/// is not valid, writes all in one transaction, and replies with what was done.
template <typename T>
void writeBulk(const Context& context, const http::Request& request, const http::Reply& reply,
               const BulkKind<T>& kind)
{
    constexpr std::size_t mostEntries = 10'000;
    const auto body = parseBulk(request, context.maxJsonDepth, mostEntries);
    if (!body)
        return reply(failure(request.id, body.error()));
    auto read = readEntries(*body, kind);
    if (!read)
        return reply(failure(request.id, read.error()));
    auto items = std::make_shared<const std::vector<BulkItem<T>>>(std::move(*read));
    const store::Weight weight{1, items->size(), std::size_t(request.body.size())};
    submitWrite(context, request, reply, weight,
                [items, kind, single = body->form == BulkBody::Form::Single,
                 id = request.id](store::Transaction& transaction) -> protocol::Result<http::Response> {
                    const protocol::Result<qint64> created = insertEntries(transaction, *items, kind);
                    if (!created)
                        return protocol::Failure(created.error());
                    const int status = *created > 0 ? 201 : 200;
                    if (!single)
                        return encodedSuccess(id, bulkSummary(qint64(items->size()), *created), status);
                    const BulkItem<T>& only = items->front();
                    if (*created > 0)
                        return encodedSuccess(id, only.json, status);
                    const protocol::Result<T> existing = kind.find(transaction, only.entry.id);
                    if (!existing && existing.error().code == protocol::ErrorCode::NotFound)
                        return encodedSuccess(id, only.json, status); // too old to be kept
                    if (!existing)
                        return protocol::Failure(existing.error());
                    return encodedSuccess(id, encode(*existing), status);
                });
}

} // namespace prism::api
