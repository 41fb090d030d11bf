#include "client/model/interventions.h"

#include "client/model/alerts_model.h"

namespace prism::model {

namespace {

constexpr qsizetype longestName = 100; // what the server takes

} // namespace

Interventions::Interventions(net::Api& api, AlertsModel& alerts, const QString& person, QObject* parent)
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
    if (m_acknowledgements.contains(alertId))
        return;
    m_acknowledgements[alertId] = m_api.acknowledge(alertId, m_person, [this, alertId](const auto& answer) {
        m_acknowledgements.erase(alertId);
        if (answer)
            m_alerts.add(*answer); // the event comes as well, unless push is down
        else
            emit failed(Deed::Acknowledge, answer.error());
    });
}

void Interventions::markFalsePositive(const QString& checkId, int violation, bool falsePositive)
{
    const std::pair key(checkId, violation);
    if (m_marks.contains(key))
        return;
    m_marks[key] = m_api.markViolation(checkId, violation, {falsePositive}, [this, key](const auto& answer) {
        m_marks.erase(key);
        if (!answer) // else an event says what has changed
            emit failed(Deed::MarkFalsePositive, answer.error());
    });
}

} // namespace prism::model
