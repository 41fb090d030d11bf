#pragma once

#include "server/reports/notes.h"
#include "shared/protocol/check.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace prism::reports {

/// What a run of SARIF says of its rules. Belongs to the reading of one run.
class SarifRules
{
public:
    explicit SarifRules(const QJsonObject& run);

    /// The rule that a result is of, found by index or id; empty where it is not described.
    QJsonObject ruleOf(const QJsonObject& result) const;

    /// The level of a result: its own, else that with which its rule was run, else its rule's default, else
    /// by its `security-severity` (from 7 up BLOCK, from 4 WARNING), else a warning.
    protocol::Severity severityOf(const QJsonObject& result, const QJsonObject& rule, Notes& notes) const;

    /// The text of a message, which may be only the name of one with arguments. Cut where it is very long.
    QString messageOf(const QJsonObject& result, const QJsonObject& rule) const;

private:
    using Levels = QHash<QString, QString>; ///< of rules, by id

    const QJsonArray& rulesOf(const QJsonObject& reference) const;
    QString overrideOf(const QJsonObject& result, const QJsonObject& rule) const;
    Levels overridesIn(const QJsonObject& invocation) const;

    QJsonArray m_driver;
    std::vector<QJsonArray> m_extensions;
    QHash<QString, QJsonObject> m_byId;
    QJsonObject m_messages;          ///< those of the tool as a whole
    std::vector<Levels> m_overrides; ///< by invocation
};

/// The id of a result's rule; empty where it has none.
QString ruleIdOf(const QJsonObject& result, const QJsonObject& rule);

} // namespace prism::reports
