#include "client/net/api.h"

#include "client/net/answers.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/try.h"

#include <QJsonDocument>

namespace prism::net {

using protocol::Check;
using protocol::Record;
using protocol::Retro;
using protocol::toIso;
using protocol::toString;

namespace {

QString analytics(const QString& rest)
{
    return QStringLiteral("/api/v1/analytics/") + rest;
}

QString settingsPath()
{
    return QStringLiteral("/api/v1/settings");
}

/// An id as a part of a path.
QString segment(const QString& id)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(id));
}

QString recordPath(const QString& id)
{
    return analytics(QStringLiteral("records/") + segment(id));
}

void add(QUrlQuery& query, const char* name, const QString& value)
{
    query.addQueryItem(QString::fromLatin1(name), value);
}

void addMoment(QUrlQuery& query, std::optional<protocol::Timestamp> at)
{
    if (at)
        add(query, "at", toIso(*at));
}

QUrlQuery historyQuery(const HistoryQuestion& question)
{
    QUrlQuery query;
    // Lists leave out what is at their end.
    add(query, "to", toIso(question.upTo + std::chrono::milliseconds(1)));
    add(query, "limit", QString::number(question.limit));
    return query;
}

QString orderName(RecordsQuestion::Order order)
{
    switch (order) {
    case RecordsQuestion::Order::Name:
        return QStringLiteral("name");
    case RecordsQuestion::Order::UpdatedAt:
        return QStringLiteral("updatedAt");
    case RecordsQuestion::Order::CreatedAt:
        break;
    }
    return QStringLiteral("createdAt");
}

QUrlQuery recordsQuery(const RecordsQuestion& query)
{
    QUrlQuery url;
    add(url, "page", QString::number(query.page));
    add(url, "limit", QString::number(query.limit));
    add(url, "sortBy", orderName(query.order));
    add(url, "sortOrder", query.ascending ? QStringLiteral("asc") : QStringLiteral("desc"));
    if (query.type)
        add(url, "type", toString(*query.type));
    if (!query.search.isEmpty())
        add(url, "search", segment(query.search)); // a plus would be read as a space
    return url;
}

QByteArray tagOf(const Record& record)
{
    return '"' + QByteArray::number(record.version) + '"';
}

protocol::Result<ServerSettings> serverSettings(const QJsonObject& json)
{
    PRISM_TRY_ASSIGN(const protocol::Settings values, protocol::settingsFromJson(json));
    return ServerSettings{values, protocol::missingSettings(json)};
}

QByteArray compact(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

Api::Api(const QUrl& server, const Options& options, QObject* parent)
    : QObject(parent)
    , m_http(server, options)
{
    connect(&m_http, &HttpClient::hindranceChanged, this, &Api::hindranceChanged);
}

Call Api::dashboard(const DashboardQuestion& question, const QByteArray& etag,
                    const Then<Fresh<protocol::Dashboard>>& then)
{
    QUrlQuery query;
    add(query, "period", toString(question.period));
    addMoment(query, question.at);
    return m_http.get(analytics(QStringLiteral("dashboard")), query, etag,
                      fresh<protocol::Dashboard>(object(protocol::dashboardFromJson), then));
}

Call Api::trend(const TrendQuestion& question, const QByteArray& etag,
                const Then<Fresh<protocol::TrendReport>>& then)
{
    QUrlQuery query;
    add(query, "period", toString(question.period));
    addMoment(query, question.at);
    const QString metric = protocol::nameOf(protocol::trendMetricNames, question.metric);
    return m_http.get(analytics(QStringLiteral("trends/") + metric), query, etag,
                      fresh<protocol::TrendReport>(object(protocol::trendReportFromJson), then));
}

Call Api::forecast(const ForecastQuestion& question, const QByteArray& etag,
                   const Then<Fresh<protocol::ForecastReport>>& then)
{
    QUrlQuery query;
    add(query, "metric", protocol::nameOf(protocol::trendMetricNames, protocol::TrendMetric::Violations));
    add(query, "historicalPeriod", toString(question.period));
    add(query, "periods", QString::number(question.steps));
    addMoment(query, question.at);
    return m_http.get(analytics(QStringLiteral("forecast")), query, etag,
                      fresh<protocol::ForecastReport>(object(protocol::forecastReportFromJson), then));
}

Call Api::checks(const HistoryQuestion& question, const QByteArray& etag,
                 const Then<Fresh<QList<Check>>>& then)
{
    return m_http.get(QStringLiteral("/api/v1/gateway/checks"), historyQuery(question), etag,
                      fresh<QList<Check>>(list<Check>(protocol::checkFromJson), then));
}

Call Api::retros(const HistoryQuestion& question, const QByteArray& etag,
                 const Then<Fresh<QList<Retro>>>& then)
{
    return m_http.get(QStringLiteral("/api/v1/retros"), historyQuery(question), etag,
                      fresh<QList<Retro>>(list<Retro>(protocol::retroFromJson), then));
}

Call Api::records(const RecordsQuestion& query, const QByteArray& etag, const Then<Fresh<RecordPage>>& then)
{
    const auto read = [](const Answer& answer) -> protocol::Result<RecordPage> {
        PRISM_TRY_ASSIGN(QList<Record> records, list<Record>(protocol::recordFromJson)(answer));
        const protocol::Pagination place = answer.pagination.value_or(protocol::Pagination());
        return RecordPage{std::move(records), place.total, !place.nextCursor.isEmpty()};
    };
    return m_http.get(analytics(QStringLiteral("records")), recordsQuery(query), etag,
                      fresh<RecordPage>(read, then));
}

Call Api::record(const QString& id, const Then<Record>& then)
{
    return m_http.get(recordPath(id), {}, {}, whole<Record>(object(protocol::recordFromJson), then));
}

Call Api::recordResult(const QString& id, const Then<protocol::RecordResult>& then)
{
    return m_http.get(recordPath(id) + QStringLiteral("/result"), {}, {},
                      whole<protocol::RecordResult>(object(protocol::recordResultFromJson), then));
}

Call Api::events(const protocol::Position& since, int limit, const Then<protocol::EventPage>& then)
{
    QUrlQuery query;
    if (!since.epoch.isEmpty())
        add(query, "epoch", since.epoch);
    add(query, "since", QString::number(since.seq));
    add(query, "limit", QString::number(limit));
    return m_http.get(QStringLiteral("/api/v1/events"), query, {},
                      whole<protocol::EventPage>(object(protocol::eventPageFromJson), then));
}

Call Api::settings(const Then<ServerSettings>& then)
{
    return m_http.get(settingsPath(), {}, {}, whole<ServerSettings>(object(serverSettings), then));
}

protocol::Result<ServerSettings> Api::settingsIn(const protocol::Event& event)
{
    PRISM_TRY_ASSIGN(const protocol::SettingsUpdated updated, protocol::settingsUpdatedFromJson(event.data));
    return ServerSettings{updated.settings,
                          protocol::missingSettings(event.data.value(QLatin1String("settings")).toObject())};
}

Call Api::createRecord(const protocol::RecordDraft& draft, const QByteArray& key, const Then<Record>& then)
{
    const Write write{Write::Method::Post, analytics(QStringLiteral("records")), encode(draft), {}, key};
    return m_http.send(write, whole<Record>(object(protocol::recordFromJson), then));
}

Call Api::updateRecord(const Record& seen, const protocol::RecordPatch& patch, const QByteArray& key,
                       const Then<Record>& then)
{
    const Write write{Write::Method::Put, recordPath(seen.id), encode(patch), tagOf(seen), key};
    return m_http.send(write, whole<Record>(object(protocol::recordFromJson), then));
}

Call Api::removeRecord(const Record& seen, const Then<void>& then)
{
    return m_http.send({Write::Method::Delete, recordPath(seen.id), {}, tagOf(seen)}, done(then));
}

Call Api::changeSettings(const protocol::Settings& before, const protocol::Settings& after,
                         const Then<ServerSettings>& then)
{
    const Write write{Write::Method::Put, settingsPath(), compact(protocol::changesBetween(before, after))};
    return m_http.send(write, whole<ServerSettings>(object(serverSettings), then));
}

Call Api::unmute(protocol::AlertKind kind, const Then<void>& then)
{
    const QString name = protocol::nameOf(protocol::alertKindNames, kind);
    return m_http.send({Write::Method::Delete, QStringLiteral("/api/v1/alerts/mutes/") + name}, done(then));
}

Call Api::acknowledge(const QString& alertId, const QString& by, const Then<protocol::Alert>& then)
{
    Write write{Write::Method::Post, analytics(QStringLiteral("anomalies/%1/ack").arg(segment(alertId)))};
    if (!by.isEmpty())
        write.body = compact(protocol::toJson(protocol::Acknowledgement{by, {}}));
    return m_http.send(write, whole<protocol::Alert>(object(protocol::alertFromJson), then));
}

Call Api::markViolation(const QString& checkId, int violation, const protocol::ViolationMark& mark,
                        const Then<Check>& then)
{
    const QString path = QStringLiteral("/api/v1/gateway/checks/%1/violations/%2")
                             .arg(segment(checkId), QString::number(violation));
    return m_http.send({Write::Method::Patch, path, compact(protocol::toJson(mark))},
                       whole<Check>(object<Check>(protocol::checkFromJson), then));
}

} // namespace prism::net
