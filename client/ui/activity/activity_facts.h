#pragma once

#include "client/model/activity_entry.h"

#include <QCoreApplication>
#include <QList>
#include <QLocale>
#include <QUrl>

namespace prism::ui {

/// One thing that an event said, as a person reads it.
struct Fact
{
    QString name;
    QString value;
};

/// A principle that a check found broken, as a person reads it.
struct ViolationFact
{
    int number = 0; ///< its place in the check, from 0, as the server counts
    Fact text;
    bool falsePositive = false;
};

/// Everything that an event said: what has a name here first, the rest under its name on the wire.
class ActivityFacts
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::ActivityFacts)

public:
    ActivityFacts(const model::ActivityEntry& entry, const QLocale& locale);

    const QList<Fact>& facts() const { return m_facts; }
    const QList<ViolationFact>& violations() const { return m_violations; }

    /// The check that the violations belong to.
    const QString& checkId() const { return m_checkId; }

    /// Where a person sees the check's run, when that is an address of the web; empty otherwise.
    const QUrl& run() const { return m_run; }

    /// A fact a line, name and value parted by a tab.
    QString asText() const;

private:
    void addObject(const QJsonObject& said);
    void addSettings(const QJsonObject& settings, const QString& path);
    void addViolations(const QJsonArray& list);
    void addUnlisted(qint64 violations);
    QString valueText(const QString& field, const QJsonValue& value) const;

    QLocale m_locale;
    bool m_isCheck;
    QString m_checkId;
    QUrl m_run;
    QList<Fact> m_facts;
    QList<ViolationFact> m_violations;
};

} // namespace prism::ui
