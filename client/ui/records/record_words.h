#pragma once

#include "client/model/record_fields.h"
#include "client/model/record_run.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace prism::ui {

/// What belongs to a record as a person reads it.
class RecordWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::RecordWords)

public:
    /// All there are, in the order in which they are offered.
    static constexpr std::array types{protocol::RecordType::Custom, protocol::RecordType::Scheduled,
                                      protocol::RecordType::Adhoc};

    explicit RecordWords(const QLocale& locale)
        : m_locale(locale)
    {
    }

    static QString field(model::RecordField field);
    /// Of the field with this path on the wire; empty for none of them.
    static QString fieldLabel(const QString& path);
    static QString type(protocol::RecordType type);
    /// The usual one for none.
    static QString period(std::optional<protocol::Period> period);
    static QString filter(const QString& name);

    /// "Project: checkout, billing · Status: BLOCKED"; empty for none.
    static QString filters(const QJsonObject& filters);
    /// What a filter is to have, parted by commas.
    static QString filterTexts(const QString& filter, const QJsonValue& value);
    /// All that a filter may have, where they are few.
    static QStringList filterChoices(const QString& filter);
    /// What a word that somebody typed for a filter is on the wire.
    static QString filterValue(const QString& filter, const QString& typed);

    /// One field of a record.
    static QString value(model::RecordField field, const model::RecordFields& fields);
    /// With its unit.
    QString metricValue(const protocol::MetricValue& metric) const;

private:
    /// On the wire, and as a person reads it; empty where it may be anything.
    static QList<std::pair<QString, QString>> filterNames(const QString& filter);

    QLocale m_locale;
};

} // namespace prism::ui
