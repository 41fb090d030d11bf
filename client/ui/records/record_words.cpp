#include "client/ui/records/record_words.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/terms.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>

namespace prism::ui {

using model::RecordField;
using protocol::CheckStatus;
using protocol::Period;
using protocol::RecordType;
using protocol::Severity;

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

QString RecordWords::fieldLabel(const QString& path)
{
    const std::optional<RecordField> known = model::recordFieldOf(path);
    return known ? field(*known) : QString();
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
    return period ? Terms::period(*period) : tr("As usual (%1)").arg(Terms::period(Period::Week));
}

QString RecordWords::filter(const QString& name)
{
    const QHash<QString, QString> words{{QStringLiteral("project"), tr("Project")},
                                        {QStringLiteral("user"), tr("User")},
                                        {QStringLiteral("status"), tr("Status")},
                                        {QStringLiteral("principle"), tr("Principle")},
                                        {QStringLiteral("severity"), tr("Severity")}};
    return words.value(name, name);
}

QList<std::pair<QString, QString>> RecordWords::filterNames(const QString& filter)
{
    QList<std::pair<QString, QString>> names;
    if (filter == QLatin1String("status")) {
        for (const CheckStatus status : {CheckStatus::Pass, CheckStatus::Warning, CheckStatus::Blocked})
            names.append({QString(protocol::toString(status)), Terms::checkStatus(status)});
    } else if (filter == QLatin1String("severity")) {
        for (const Severity severity : {Severity::Info, Severity::Warning, Severity::Block})
            names.append({QString(protocol::toString(severity)), Terms::severity(severity)});
    }
    return names;
}

QStringList RecordWords::filterChoices(const QString& filter)
{
    QStringList words;
    for (const auto& [value, word] : filterNames(filter))
        words.append(word);
    return words;
}

QString RecordWords::filterValue(const QString& filter, const QString& typed)
{
    for (const auto& [value, word] : filterNames(filter)) {
        if (typed.compare(word, Qt::CaseInsensitive) == 0 || typed.compare(value, Qt::CaseInsensitive) == 0)
            return value;
    }
    return typed;
}

QString RecordWords::filterTexts(const QString& filter, const QJsonValue& value)
{
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    const auto names = filterNames(filter);
    QStringList texts;
    for (const auto& each : list) {
        const QString text = each.toVariant().toString();
        const auto known = std::ranges::find(names, text, &std::pair<QString, QString>::first);
        texts.append(known == names.end() ? text : known->second);
    }
    return Format::list(texts);
}

QString RecordWords::filters(const QJsonObject& filters)
{
    QStringList parts;
    for (auto each = filters.begin(); each != filters.end(); ++each)
        parts.append(tr("%1: %2", "filter, values")
                         .arg(isolated(filter(each.key())), isolated(filterTexts(each.key(), each.value()))));
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
            names.append(Terms::metric(name));
        text = names.isEmpty() ? tr("All metrics") : Format::list(names);
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
