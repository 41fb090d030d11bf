#pragma once

#include "client/net/api.h"

#include <QObject>
#include <QString>

#include <map>
#include <utility>

namespace prism::model {

class AlertsModel;

/// What a person does to what the server has found: acknowledges alerts, and says which violations are none.
/// Each thing is asked for once at a time; the models change when the server has agreed. Borrows the Api
/// and alerts. Lives on the GUI thread.
class Interventions : public QObject
{
    Q_OBJECT

public:
    enum class Deed { Acknowledge, MarkFalsePositive };

    /// `person` is the name given to the server; empty for none.
    Interventions(net::Api& api, AlertsModel& alerts, const QString& person, QObject* parent = nullptr);

    void acknowledge(const QString& alertId);

    /// `violation` counts from 0, in the order of the check.
    void markFalsePositive(const QString& checkId, int violation, bool falsePositive);

    /// The name of whoever is logged in.
    static QString loggedInPerson();

signals:
    void failed(prism::model::Interventions::Deed deed, const prism::protocol::Error& error);

private:
    net::Api& m_api;
    AlertsModel& m_alerts;
    const QString m_person;
    std::map<QString, net::Call> m_acknowledgements;      ///< under way, by the alert's id
    std::map<std::pair<QString, int>, net::Call> m_marks; ///< under way, by the check's id and the violation
};

} // namespace prism::model
