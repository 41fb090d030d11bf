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
    static QString type(protocol::RecordType type);
    /// The usual one for none.
    static QString period(std::optional<protocol::Period> period);
    /// A metric that this dashboard does not know keeps its name on the wire.
    static QString metric(const QString& name);
    static QString filter(const QString& name);

    /// "Project: checkout, billing · Status: BLOCKED"; empty for none.
    static QString filters(const QJsonObject& filters);
    /// A filter's texts, parted by commas.
    static QString filterTexts(const QJsonValue& value);

    /// One field of a record.
    static QString value(model::RecordField field, const model::RecordFields& fields);
    /// With its unit.
    QString metricValue(const protocol::MetricValue& metric) const;

private:
    QLocale m_locale;
};

} // namespace prism::ui
