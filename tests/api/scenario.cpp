#include "tests/api/scenario.h"

#include <QUrl>

namespace prism::test {

using namespace Qt::StringLiterals;

protocol::Seq position(RestClient& client)
{
    return client.get("/api/v1/analytics/dashboard").data()["seq"_L1].toInteger(-1);
}

QJsonArray eventsSince(RestClient& client, protocol::Seq since)
{
    QJsonArray all;
    while (true) {
        const QJsonArray page = client.get("/api/v1/events?limit=1000&since=" + QByteArray::number(since))
                                    .data()["events"_L1]
                                    .toArray();
        if (page.isEmpty())
            return all;
        for (const auto& event : page)
            all.append(event);
        since = page.last()["seq"_L1].toInteger();
    }
}

QStringList eventTypesSince(RestClient& client, protocol::Seq since)
{
    QStringList types;
    for (const auto& event : eventsSince(client, since)) {
        ++since;
        types.append(event["seq"_L1].toInteger() == since
                         ? event["type"_L1].toString()
                         : u"seq %1 where %2 was due"_s.arg(event["seq"_L1].toInteger()).arg(since));
    }
    return types;
}

QString play(RestClient& client, const Scenario& scenario)
{
    const protocol::Seq before = position(client);
    const HttpResponse response =
        client.send(scenario.method, scenario.path, scenario.headers, scenario.body);
    const QString came = QString::fromUtf8(response.summary());
    if (response.status != scenario.status)
        return u"expected status %1, got %2"_s.arg(scenario.status).arg(came);
    if (response.error() != scenario.error)
        return u"expected error '%1', got %2"_s.arg(scenario.error, came);
    for (const QByteArray& text : scenario.contains) {
        if (!response.body.contains(text))
            return u"expected '%1' in %2"_s.arg(QString::fromUtf8(text), came);
    }
    for (const QByteArray& text : scenario.absent) {
        if (response.body.contains(text))
            return u"did not expect '%1' in %2"_s.arg(QString::fromUtf8(text), came);
    }
    const QStringList events = eventTypesSince(client, before);
    if (events != scenario.events)
        return u"expected the events [%1], got [%2] after %3"_s.arg(scenario.events.join(u", "),
                                                                    events.join(u", "), came);
    return {};
}

QByteArray nextCursor(const HttpResponse& page)
{
    return QUrl::toPercentEncoding(page.meta()["pagination"_L1]["nextCursor"_L1].toString());
}

} // namespace prism::test
