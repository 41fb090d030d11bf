#include "server/api/anomalies_api.h"

#include "server/api/json_body.h"
#include "server/api/time_list.h"
#include "server/service/alerts.h"
#include "server/store/tables/alert_table.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Acknowledgement;
using protocol::Alert;
using protocol::Failure;
using protocol::Result;
using protocol::Role;

namespace {

template <typename E, std::size_t N>
std::optional<E> readFilter(QueryReader& query, const QString& name,
                            const std::array<protocol::Name<E>, N>& names)
{
    const std::optional<QString> given = query.text(name);
    if (!given)
        return std::nullopt;
    const std::optional<E> value = protocol::valueOf(names, *given);
    if (!value)
        query.refuse(protocol::ErrorCode::Validation, name, protocol::choices(names));
    return value;
}

constexpr std::array<protocol::Name<bool>, 2> truthNames{{{true, "true"}, {false, "false"}}};

/// The body may be missing.
Result<Acknowledgement> readAcknowledgement(const Request& request, int maxDepth)
{
    QJsonObject body;
    if (!request.body.isEmpty()) {
        const Result<QJsonObject> given = parseObject(request.body, maxDepth);
        if (!given)
            return Failure(given.error());
        body = *given;
    }
    return protocol::acknowledgementFromJson(body, protocol::now());
}

Success acknowledged(const service::Encoded& alert)
{
    return {alert.json};
}

} // namespace

AnomaliesApi::AnomaliesApi(const Context& context, http::Router& router)
    : m_context(context)
    , m_writes(context.writes, context.answersRemembered)
{
    router.add("GET", "/api/v1/analytics/anomalies", Role::Viewer, *this, &AnomaliesApi::list);
    router.add("POST", "/api/v1/analytics/anomalies/{id}/ack", Role::Editor, *this,
               &AnomaliesApi::acknowledge);
}

void AnomaliesApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::AlertQuery wanted;
    readTimePage(query, wanted);
    wanted.kind = readFilter(query, QStringLiteral("kind"), protocol::alertKindNames);
    wanted.severity = readFilter(query, QStringLiteral("severity"), protocol::alertSeverityNames);
    wanted.metric = query.text(QStringLiteral("metric")).value_or(QString());
    wanted.acknowledged = readFilter(query, QStringLiteral("acknowledged"), truthNames);
    if (const auto error = query.error())
        return reply(failure(request.id, *error));
    const Result<store::AlertPage> page = store::AlertTable(m_context.database).list(wanted);
    if (!page)
        return reply(failure(request.id, page.error()));
    reply(timeList(request, page->alerts, wanted, page->next));
}

void AnomaliesApi::acknowledge(const Request& request, const Reply& reply) const
{
    const Result<Acknowledgement> given = readAcknowledgement(request, m_context.maxJsonDepth);
    if (!given)
        return reply(failure(request.id, given.error()));
    m_writes.submit(request, reply, weightOf(request), &service::Alerts::acknowledge,
                    service::AlertSeen{request.captures.first(), *given}, acknowledged);
}

} // namespace prism::api
