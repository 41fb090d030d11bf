#pragma once

#include "server/api/answers.h"
#include "server/api/context.h"
#include "server/api/json_body.h"
#include "shared/protocol/json_reader.h"

#include <QJsonArray>

namespace prism::api {

/// What one bulk write did. `first` is the entry of a body that was a single object.
template <typename T>
struct BulkOutcome
{
    qint64 received = 0;
    qint64 created = 0;
    std::optional<T> first;
};

/// Timestamps further ahead of the server's clock than this are refused.
inline constexpr std::chrono::minutes farthestAhead{5};

/// Answers a request whose body is one object, an array or NDJSON of T: reads every entry by `read`, refuses
/// the whole body when one is not valid, writes all in one transaction by `write` (which returns the stored
/// entry, or nothing when its id is there already), and replies with what was done.
template <typename T>
void writeBulk(const Context& context, const http::Request& request, const http::Reply& reply,
               std::function<protocol::Result<T>(const QJsonObject&, protocol::Timestamp now,
                                                 protocol::Timestamp latest)>
                   read,
               std::function<protocol::Result<std::optional<T>>(store::Transaction&, const T&)> write)
{
    constexpr std::size_t mostEntries = 10'000;
    const auto body = parseBulk(request, context.maxJsonDepth, mostEntries);
    if (!body)
        return reply(failure(request.id, body.error()));
    const protocol::Timestamp now = protocol::now();
    protocol::Problems problems;
    std::vector<T> entries;
    entries.reserve(body->entries.size());
    for (const BulkEntry& each : body->entries) {
        auto entry = read(each.object, now, now + farthestAhead);
        if (entry) {
            entries.push_back(std::move(*entry));
            continue;
        }
        for (const QString& detail : entry.error().details)
            problems.add(entry.error().code, each.place, detail);
    }
    if (!problems.isEmpty())
        return reply(failure(request.id,
                             problems.toError(QStringLiteral("The body is not valid; nothing was stored."))));

    using Outcome = BulkOutcome<T>;
    context.writes.submit<Outcome>(
        [entries = std::move(entries), write](store::Transaction& transaction) -> protocol::Result<Outcome> {
            Outcome outcome;
            outcome.received = qint64(entries.size());
            for (const T& entry : entries) {
                const auto stored = write(transaction, entry);
                if (!stored)
                    return protocol::Failure(stored.error());
                if (*stored) {
                    ++outcome.created;
                    if (!outcome.first)
                        outcome.first = **stored;
                } else if (!outcome.first) {
                    outcome.first = entry;
                }
            }
            return outcome;
        },
        [request, reply, single = body->single](const protocol::Result<Outcome>& outcome) {
            if (!outcome)
                return reply(failure(request.id, outcome.error()));
            const int status = outcome->created > 0 ? 201 : 200;
            if (single)
                return reply(success(request, toJson(*outcome->first), status));
            reply(success(request,
                          QJsonObject{{QLatin1String("received"), outcome->received},
                                      {QLatin1String("created"), outcome->created},
                                      {QLatin1String("skipped"), outcome->received - outcome->created}},
                          status));
        });
}

} // namespace prism::api
