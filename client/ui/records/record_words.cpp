#include "client/ui/records/record_words.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <QHash>
#include <QJsonArray>

namespace prism::ui {

using model::RecordField;
using protocol::Period;
using protocol::RecordType;

QString RecordWords::field(RecordField field)
{
    switch (field) {
    case RecordField::Type:
        return tr("Type");
    case RecordField::Description:
        return tr("Description");
    case RecordField::Metrics:
        return tr("Metrics");
    case RecordField::Period:
        return tr("Period");
    case RecordField::Filters:
        return tr("Filters");
    case RecordField::Name:
        break;
    }
    return tr("Name");
}

QString RecordWords::type(RecordType type)
{
    switch (type) {
    case RecordType::Scheduled:
        return tr("Scheduled");
    case RecordType::Adhoc:
        return tr("Ad hoc");
    case RecordType::Custom:
        break;
    }
    return tr("Custom");
}

QString RecordWords::period(std::optional<Period> period)
{
    if (!period)
        return tr("As usual (week)");
    switch (*period) {
    case Period::Today:
        return tr("Today");
    case Period::Week:
        return tr("Week");
    case Period::Month:
        return tr("Month");
    case Period::Year:
        return tr("Year");
    case Period::All:
        break;
    }
    return tr("All", "period");
}

QString RecordWords::metric(const QString& name)
{
    const QHash<QString, QString> words{
        {QStringLiteral("totalChecks"), tr("Total checks")},
        {QStringLiteral("violations"), tr("Violations")},
        {QStringLiteral("violationRate"), tr("Violation rate")},
        {QStringLiteral("falsePositiveRate"), tr("False positives")},
        {QStringLiteral("patternMatchAccuracy"), tr("Pattern accuracy")},
        {QStringLiteral("successRate"), tr("Success rate")},
        {QStringLiteral("activeUsers"), tr("Active users")},
        {QStringLiteral("activeSessions"), tr("Active sessions")},
        {QStringLiteral("avgCheckTime"), tr("Average check time")},
        {QStringLiteral("minCheckTime"), tr("Shortest check time")},
        {QStringLiteral("maxCheckTime"), tr("Longest check time")},
        {QStringLiteral("p50CheckTime"), tr("Check time, p50")},
        {QStringLiteral("p95CheckTime"), tr("Check time, p95")},
        {QStringLiteral("p99CheckTime"), tr("Check time, p99")},
        {QStringLiteral("totalRetrospectives"), tr("Retrospectives")},
        {QStringLiteral("avgDuration"), tr("Average duration of a retrospective")}};
    return words.value(name, name);
}

QString RecordWords::filter(const QString& name)
{
    const QHash<QString, QString> words{{QStringLiteral("project"), tr("Project")},
                                        {QStringLiteral("user"), tr("Person")},
                                        {QStringLiteral("status"), tr("Status")},
                                        {QStringLiteral("principle"), tr("Principle")},
                                        {QStringLiteral("severity"), tr("Severity")}};
    return words.value(name, name);
}

QString RecordWords::filterTexts(const QJsonValue& value)
{
    if (!value.isArray())
        return value.toVariant().toString();
    QStringList texts;
    const QJsonArray list = value.toArray();
    for (const auto& text : list)
        texts.append(text.toVariant().toString());
    return texts.join(QStringLiteral(", "));
}

QString RecordWords::filters(const QJsonObject& filters)
{
    QStringList parts;
    for (auto each = filters.begin(); each != filters.end(); ++each)
        parts.append(tr("%1: %2", "filter, values")
                         .arg(isolated(filter(each.key())), isolated(filterTexts(each.value()))));
    return parts.join(QStringLiteral(" · "));
}

QString RecordWords::value(RecordField field, const model::RecordFields& fields)
{
    QString text;
    switch (field) {
    case RecordField::Name:
        text = isolated(fields.name);
        break;
    case RecordField::Type:
        text = type(fields.type);
        break;
    case RecordField::Description:
        text = isolated(fields.description);
        break;
    case RecordField::Metrics: {
        QStringList names;
        for (const QString& name : fields.metrics)
            names.append(metric(name));
        text = names.isEmpty() ? tr("All metrics") : names.join(QStringLiteral(", "));
        break;
    }
    case RecordField::Period:
        text = period(fields.period);
        break;
    case RecordField::Filters:
        text = filters(fields.filters);
        break;
    }
    return text.isEmpty() ? tr("(empty)") : text;
}

QString RecordWords::metricValue(const protocol::MetricValue& metric) const
{
    const Format format(m_locale);
    if (protocol::isRate(metric.name))
        return format.rate(metric.value);
    if (metric.name.endsWith(QLatin1String("CheckTime")))
        return format.milliseconds(metric.value);
    if (metric.name.endsWith(QLatin1String("Duration")))
        return format.duration(metric.value);
    return metric.value ? format.decimal(*metric.value) : Format::none();
}

} // namespace prism::ui
