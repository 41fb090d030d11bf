#pragma once

#include "shared/protocol/error.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <functional>

namespace prism::net {
class ApiClient;
struct Answer;
struct Write;
} // namespace prism::net

namespace prism::model {

class AlertsModel;

/// What a person does to what the server has found: acknowledges alerts, and says which violations are none.
/// Each thing is asked for once at a time; the models change when the server has agreed. Borrows API client
/// and alerts. Lives on the GUI thread.
class Interventions : public QObject
{
    Q_OBJECT

public:
    enum class Deed { Acknowledge, MarkFalsePositive };

    /// `person` is the name given to the server; empty for none.
    Interventions(net::ApiClient& api, AlertsModel& alerts, const QString& person, QObject* parent = nullptr);

    void acknowledge(const QString& alertId);

    /// `violation` counts from 0, in the order of the check.
    void markFalsePositive(const QString& checkId, int violation, bool falsePositive);

    /// The name of whoever is logged in.
    static QString loggedInPerson();

signals:
    void failed(prism::model::Interventions::Deed deed, const prism::protocol::Error& error);

private:
    void send(Deed deed, const net::Write& write, const std::function<void(const net::Answer&)>& done);

    net::ApiClient& m_api;
    AlertsModel& m_alerts;
    const QString m_person;
    QSet<QString> m_underWay; ///< paths
};

} // namespace prism::model
