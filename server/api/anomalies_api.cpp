#include "server/api/anomalies_api.h"

#include "server/api/json_body.h"
#include "server/api/time_list.h"
#include "server/service/alerts.h"
#include "server/store/tables/alert_reader.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using http::Response;
using protocol::Acknowledgement;
using protocol::Result;
using protocol::Role;

namespace {

/// The body may be missing.
Result<Acknowledgement> readAcknowledgement(const Request& request, int maxDepth)
{
    QJsonObject body;
    if (!request.body.isEmpty()) {
        PRISM_TRY_ASSIGN(body, protocol::parseObject(request.body, maxDepth));
    }
    return protocol::acknowledgementFromJson(body, protocol::now());
}

Success acknowledged(const service::Encoded& alert)
{
    return {alert.json, 200, {}, QStringLiteral("The alert was acknowledged.")};
}

} // namespace

AnomaliesApi::AnomaliesApi(const Reads& reads, const Writes& writes, int maxJsonDepth, qsizetype mostProjects,
                           Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
    , m_mostProjects(mostProjects)
{
    routes.add(
        "GET", "/api/v1/analytics/anomalies", http::orLimited(Role::Viewer), *this, &AnomaliesApi::list,
        {"limit", "cursor", "from", "to", "kind", "severity", "state", "metric", "acknowledged", "project"});
    routes.add("POST", "/api/v1/analytics/anomalies/{id}/ack", http::orLimited(Role::Editor), *this,
               &AnomaliesApi::acknowledge);
}

Result<void> AnomaliesApi::list(const Request& request, const Reply& reply) const
{
    QueryReader query(request);
    store::AlertQuery wanted;
    readTimePage(query, wanted);
    wanted.kind = query.filter(QStringLiteral("kind"), protocol::alertKindNames);
    wanted.severity = query.filter(QStringLiteral("severity"), protocol::alertSeverityNames);
    wanted.state = query.filter(QStringLiteral("state"), protocol::alertStateNames);
    wanted.metric = query.text(QStringLiteral("metric")).value_or(QString());
    wanted.acknowledged = query.filter(QStringLiteral("acknowledged"), truthNames);
    wanted.projects = query.projects(m_mostProjects);
    PRISM_TRY(query.check());
    const bool isFiltered = wanted.kind || wanted.severity || wanted.state || !wanted.metric.isEmpty() ||
                            wanted.acknowledged || !wanted.projects.isEmpty();
    return m_reads.submit(request, reply, isFiltered ? Effort::Open : Effort::Bounded,
                          [wanted, id = request.id](const Reading& reader) -> Result<Response> {
                              store::AlertReader alerts(reader.numbers.database);
                              PRISM_TRY_ASSIGN(const store::AlertPage& page, alerts.list(wanted));
                              QList<QByteArray> encoded;
                              for (const protocol::Alert& alert : page.alerts)
                                  encoded.append(encode(alert));
                              return timeList(id, encoded, wanted.limit, page.next);
                          });
}

Result<void> AnomaliesApi::acknowledge(const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const Acknowledgement given, readAcknowledgement(request, m_maxJsonDepth));
    return m_writes.submit(request, reply, weightOf(request), &service::Alerts::acknowledge,
                           service::AlertSeen{request.captures.first(), given}, acknowledged);
}

} // namespace prism::api
