#pragma once

#include "server/api/answers.h"
#include "server/api/entry_times.h"
#include "server/api/json_body.h"
#include "server/api/query_reader.h"
#include "server/api/writes.h"
#include "server/service/entries.h"
#include "shared/protocol/try.h"

#include <set>
#include <type_traits>

namespace prism::api {

/// Reads one entry as a caller writes it: from JSON, now, with a time up to the latest.
template <typename T>
using ReadEntry = protocol::Result<T> (*)(const QJsonObject&, protocol::Timestamp now,
                                          protocol::Timestamp latest);

/// Looks at the times of the entries of one request.
class EntryTimesCheck
{
public:
    /// `oldest` is how long ago an entry may have been, if that is bounded.
    EntryTimesCheck(const EntryTimes& allowed, std::optional<std::chrono::days> oldest,
                    protocol::Timestamp now)
        : m_allowed(allowed)
        , m_oldest(oldest)
        , m_now(now)
    {
    }

    /// `place` is the name that problems of the entry are reported under.
    void look(protocol::Timestamp time, const QString& place, protocol::Problems& problems);

    /// After all of them.
    void finish(protocol::Problems& problems) const;

private:
    const EntryTimes& m_allowed;
    const std::optional<std::chrono::days> m_oldest;
    const protocol::Timestamp m_now;
    std::set<std::chrono::sys_days> m_days;
};

/// In the project that it goes to. NotAllowed.
template <typename T>
protocol::Result<T> placed(T entry, const protocol::Reach& reach)
{
    PRISM_TRY_ASSIGN(entry.project, reach.placeFor(entry.project));
    if (reach.isLimited() &&
        (entry.id.startsWith(service::runPrefix) || entry.id.startsWith(service::filePrefix)))
        return protocol::Failure(protocol::Error{
            protocol::ErrorCode::NotAllowed,
            QStringLiteral("The token is limited to projects, and the id is one that the server gives."),
            {QStringLiteral("id: must not begin so")}});
    return entry;
}

/// The entries of a body, each within `reach`. All problems are named.
template <typename T>
protocol::Result<service::NewEntries<T>> readEntries(const BulkBody& body, ReadEntry<T> read,
                                                     const EntryTimes& times, bool imported,
                                                     const protocol::Reach& reach)
{
    const protocol::Timestamp now = protocol::now();
    const bool isBounded = std::is_same_v<T, protocol::Check> && !imported;
    EntryTimesCheck check(times, isBounded ? std::optional(times.oldestCheck) : std::nullopt, now);
    protocol::Problems problems = body.problems;
    service::NewEntries<T> all;
    all.imported = imported;
    all.entries.reserve(body.entries.size());
    for (const BulkEntry& each : body.entries) {
        protocol::Result<T> entry = read(each.object, now, now + protocol::farthestAhead);
        if (entry)
            entry = placed(std::move(*entry), reach);
        if (entry) {
            check.look(entry->timestamp, body.placeOf(each), problems);
            all.entries.push_back(service::NewEntry<T>::of(std::move(*entry)));
            continue;
        }
        for (const QString& detail : entry.error().details)
            problems.add(entry.error().code, body.placeOf(each), detail);
    }
    check.finish(problems);
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
protocol::Result<void> writeBulk(const Writes& writes, int maxJsonDepth, const EntryTimes& times,
                                 const http::Request& request, const http::Reply& reply, ReadEntry<T> read)
{
    constexpr std::size_t mostEntries = 10'000;
    QueryReader query(request);
    const bool imported = query.flag(QStringLiteral("imported"));
    PRISM_TRY(query.check());
    PRISM_TRY_ASSIGN(const BulkBody body, parseBulk(request, maxJsonDepth, mostEntries));
    PRISM_TRY_ASSIGN(service::NewEntries<T> all, readEntries<T>(body, read, times, imported, request.reach));
    const store::Weight weight = weightOf(request, all.weight());
    if constexpr (std::is_same_v<T, protocol::Check>)
        UseCases::stage(all);
    if (body.form == BulkBody::Form::Single)
        return writes.submit(request, reply, weight, &UseCases::add, std::move(all), storedEntry);
    return writes.submit(request, reply, weight, &UseCases::addAll, std::move(all), storedEntries);
}

} // namespace prism::api
