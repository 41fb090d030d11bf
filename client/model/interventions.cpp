#include "client/model/interventions.h"

#include "client/model/alerts_model.h"
#include "client/net/api_client.h"

#include <QUrl>

namespace prism::model {

namespace {

constexpr qsizetype longestName = 100; // what the server takes

QString segment(const QString& id)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(id));
}

} // namespace

Interventions::Interventions(net::ApiClient& api, AlertsModel& alerts, const QString& person, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_alerts(alerts)
    , m_person(person.left(longestName))
{
}

QString Interventions::loggedInPerson()
{
    const QString user = qEnvironmentVariable("USER");
    return user.isEmpty() ? qEnvironmentVariable("LOGNAME") : user;
}

void Interventions::acknowledge(const QString& alertId)
{
    net::Write write{net::Write::Method::Post,
                     QStringLiteral("/api/v1/analytics/anomalies/%1/ack").arg(segment(alertId))};
    if (!m_person.isEmpty())
        write.body = QJsonObject{{QStringLiteral("by"), m_person}};
    send(Deed::Acknowledge, write, [this](const net::Answer& answer) {
        // The event comes as well, unless push is down.
        if (const auto alert = protocol::alertFromJson(answer.data.toObject()))
            m_alerts.add(*alert);
    });
}

void Interventions::markFalsePositive(const QString& checkId, int violation, bool falsePositive)
{
    net::Write write{net::Write::Method::Patch, QStringLiteral("/api/v1/gateway/checks/%1/violations/%2")
                                                    .arg(segment(checkId), QString::number(violation))};
    write.body = QJsonObject{{QStringLiteral("falsePositive"), falsePositive}};
    send(Deed::MarkFalsePositive, write, [](const net::Answer&) {}); // an event says what has changed
}

void Interventions::send(Deed deed, const net::Write& write,
                         const std::function<void(const net::Answer&)>& done)
{
    if (m_underWay.contains(write.path))
        return;
    m_underWay.insert(write.path);
    m_api.send(write, this, [this, deed, done, path = write.path](const auto& answer) {
        m_underWay.remove(path);
        if (answer)
            done(*answer);
        else
            emit failed(deed, answer.error());
    });
}

} // namespace prism::model
