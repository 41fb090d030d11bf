#include "server/api/events_api.h"

#include "server/api/answers.h"
#include "server/api/query_reader.h"
#include "server/store/event_table.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Result;
using protocol::Seq;

EventsApi::EventsApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add({"GET", QStringLiteral("/api/v1/events"),
                [this](const Request& request, const Reply& reply) { list(request, reply); }});
}

/// {"events":[…],"epoch":E,"seq":S,"head":H,"complete":B}: with `events` a caller that had everything up to
/// `since` has everything up to S; the log goes up to H. When complete is false, `since` is no position of
/// this log, and the caller must reload.
void EventsApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    const Seq since = query.integer(QStringLiteral("since"), 0, 0, std::numeric_limits<qint64>::max());
    const int limit = int(query.integer(QStringLiteral("limit"), 100, 1, 1000));
    const QString epoch = query.text(QStringLiteral("epoch")).value_or(m_context.epoch);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));

    const store::Snapshot snapshot(m_context.database);
    store::EventTable table(m_context.database);
    const Result<Seq> head = table.head();
    if (!head)
        return reply(failure(request.id, head.error()));
    const bool complete = epoch == m_context.epoch && since <= *head;
    std::vector<store::StoredEvent> events;
    if (complete && since < *head) {
        Result<std::vector<store::StoredEvent>> range = table.range(since + 1, *head, limit);
        if (!range)
            return reply(failure(request.id, range.error()));
        events = std::move(*range);
    }
    const Seq reached = events.empty() ? *head : events.back().seq;
    QByteArray data = "{\"complete\":";
    data += complete ? "true" : "false";
    data += ",\"epoch\":\"" + m_context.epoch.toLatin1() +
            "\",\"seq\":" + QByteArray::number(qlonglong(reached)) +
            ",\"head\":" + QByteArray::number(qlonglong(*head)) + ",\"events\":[";
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i > 0)
            data += ',';
        data += events[i].message;
    }
    data += "]}";
    reply(success(request, data));
}

} // namespace prism::api
