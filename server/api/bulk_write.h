#pragma once

#include "server/api/answers.h"
#include "server/api/context.h"
#include "server/api/json_body.h"
#include "shared/protocol/json_reader.h"

#include <QJsonArray>

namespace prism::api {

/// How one kind of entry is read from JSON, written, and found again. `write` returns the stored entry, or
/// nothing when its id is there already.
template <typename T>
struct BulkKind
{
    std::function<protocol::Result<T>(const QJsonObject&, protocol::Timestamp now,
                                      protocol::Timestamp latest)>
        read;
    std::function<protocol::Result<std::optional<T>>(store::Transaction&, const T&)> write;
    std::function<protocol::Result<T>(store::Transaction&, const QString& id)> find;
};

/// What one bulk write did. `single` is the entry, as it is stored, of a body that was one object.
template <typename T>
struct BulkOutcome
{
    qint64 received = 0;
    qint64 created = 0;
    std::optional<T> single;
};

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
    const protocol::Timestamp now = protocol::now();
    protocol::Problems problems = body->problems;
    std::vector<T> entries;
    entries.reserve(body->entries.size());
    for (const BulkEntry& each : body->entries) {
        auto entry = kind.read(each.object, now, now + protocol::farthestAhead);
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
        [entries = std::move(entries), single = body->single,
         kind](store::Transaction& transaction) -> protocol::Result<Outcome> {
            Outcome outcome;
            outcome.received = qint64(entries.size());
            for (const T& entry : entries) {
                const auto stored = kind.write(transaction, entry);
                if (!stored)
                    return protocol::Failure(stored.error());
                outcome.created += *stored ? 1 : 0;
                if (single)
                    outcome.single = *stored;
            }
            if (single && !outcome.single) {
                const auto existing = kind.find(transaction, entries.front().id);
                if (!existing)
                    return protocol::Failure(existing.error());
                outcome.single = *existing;
            }
            return outcome;
        },
        [request, reply](const protocol::Result<Outcome>& outcome) {
            if (!outcome)
                return reply(failure(request.id, outcome.error()));
            const int status = outcome->created > 0 ? 201 : 200;
            if (outcome->single)
                return reply(success(request, toJson(*outcome->single), status));
            reply(success(request,
                          QJsonObject{{QLatin1String("received"), outcome->received},
                                      {QLatin1String("created"), outcome->created},
                                      {QLatin1String("skipped"), outcome->received - outcome->created}},
                          status));
        });
}

} // namespace prism::api
