#pragma once

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/query_reader.h"
#include "server/api/writes.h"
#include "server/service/entries.h"
#include "shared/protocol/try.h"

namespace prism::api {

/// Reads one entry as a caller writes it: from JSON, now, with a time up to the latest.
template <typename T>
using ReadEntry = protocol::Result<T> (*)(const QJsonObject&, protocol::Timestamp now,
                                          protocol::Timestamp latest);

/// The entries of a body. All problems are named.
template <typename T>
protocol::Result<service::NewEntries<T>> readEntries(const BulkBody& body, ReadEntry<T> read)
{
    const protocol::Timestamp now = protocol::now();
    protocol::Problems problems = body.problems;
    service::NewEntries<T> all;
    all.entries.reserve(body.entries.size());
    for (const BulkEntry& each : body.entries) {
        protocol::Result<T> entry = read(each.object, now, now + protocol::farthestAhead);
        if (entry) {
            all.entries.push_back(service::NewEntry<T>::of(std::move(*entry)));
            continue;
        }
        for (const QString& detail : entry.error().details)
            problems.add(entry.error().code, body.placeOf(each), detail);
    }
    if (!problems.isEmpty())
        return protocol::Failure(
            problems.toError(QStringLiteral("The body is not valid; nothing was stored.")));
    return all;
}

/// Answers of writes of entries: 201 where something is new.
Success storedEntry(const service::StoredEntry& stored);
Success storedEntries(const service::StoredEntries& stored);

/// Answers a request whose body is one object, an array or NDJSON of T: refuses the whole body when one entry
/// is not valid, has `UseCases` store all, and answers with what was done.
template <typename UseCases, typename T>
protocol::Result<void> writeBulk(const Writes& writes, int maxJsonDepth, const http::Request& request,
                                 const http::Reply& reply, ReadEntry<T> read)
{
    constexpr std::size_t mostEntries = 10'000;
    QueryReader query(request);
    const bool imported = query.flag(QStringLiteral("imported"));
    PRISM_TRY(query.check());
    PRISM_TRY_ASSIGN(const BulkBody body, parseBulk(request, maxJsonDepth, mostEntries));
    PRISM_TRY_ASSIGN(service::NewEntries<T> all, readEntries<T>(body, read));
    all.imported = imported;
    const store::Weight weight = weightOf(request, all.entries.size());
    if (body.form == BulkBody::Form::Single)
        return writes.submit(request, reply, weight, &UseCases::add, std::move(all), storedEntry);
    return writes.submit(request, reply, weight, &UseCases::addAll, std::move(all), storedEntries);
}

} // namespace prism::api
