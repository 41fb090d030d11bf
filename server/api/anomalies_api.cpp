#include "server/api/anomalies_api.h"

#include "server/api/json_body.h"
#include "server/api/time_list.h"
#include "server/api/write_request.h"
#include "server/store/tables/alert_table.h"
#include "shared/protocol/json_writer.h"

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

QByteArray encodeAcknowledged(const Alert& alert, const Acknowledgement& acknowledgement)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("id"), alert.id);
    json.key(QLatin1String("by"));
    if (acknowledgement.by.isEmpty())
        json.null();
    else
        json.value(acknowledgement.by);
    json.field(QLatin1String("timestamp"), acknowledgement.at);
    json.key(QLatin1String("alert"));
    json.raw(encode(alert));
    json.endObject();
    return text;
}

} // namespace

AnomaliesApi::AnomaliesApi(const Context& context, http::Router& router)
    : m_context(context)
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
    submitWrite(m_context, request, reply, {1, 1, std::size_t(request.body.size())},
                [id = request.captures.first(), acknowledgement = *given,
                 requestId = request.id](store::Transaction& transaction) -> Result<Response> {
                    store::AlertTable table(transaction.database());
                    const Result<bool> isFirst = table.acknowledge(id, acknowledgement);
                    if (!isFirst)
                        return Failure(isFirst.error());
                    const Result<Alert> alert = table.find(id);
                    if (!alert)
                        return Failure(alert.error());
                    if (*isFirst) {
                        const auto announced = transaction.announce(
                            protocol::event_type::alertAcknowledged, QString(),
                            encodeAcknowledged(*alert, acknowledgement), acknowledgement.at);
                        if (!announced)
                            return Failure(announced.error());
                    }
                    return encodedSuccess(requestId, encode(*alert), 200);
                });
}

} // namespace prism::api
