#include "server/api/report_reader.h"

#include "server/analytics/dashboard_numbers.h"
#include "server/store/tables/fact_reader.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::api {

using analytics::Dimension;
using analytics::Report;
using analytics::ReportFilters;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Problems;
using protocol::Result;

namespace {

constexpr std::array<protocol::Name<Dimension>, 8> filterNames{{{Dimension::Principle, "principle"},
                                                                {Dimension::Status, "status"},
                                                                {Dimension::Project, "project"},
                                                                {Dimension::Gate, "gate"},
                                                                {Dimension::Branch, "branch"},
                                                                {Dimension::User, "user"},
                                                                {Dimension::Severity, "severity"},
                                                                {Dimension::Pattern, "pattern"}}};

bool isKnown(Dimension dimension, const QString& value)
{
    if (dimension == Dimension::Status)
        return protocol::checkStatusFromString(value).has_value();
    return dimension != Dimension::Severity || protocol::severityFromString(value).has_value();
}

/// A text, or a list of texts.
std::optional<QStringList> textsOf(const QJsonValue& value, qsizetype most)
{
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    QStringList texts;
    for (const auto& each : list) {
        if (!each.isString())
            return std::nullopt;
        texts.append(each.toString());
    }
    return texts.isEmpty() || texts.size() > most ? std::nullopt : std::optional(texts);
}

/// Older programs stored texts as they were sent, composed or not.
QStringList inBothForms(const QStringList& texts)
{
    QStringList forms;
    for (const QString& text : texts)
        forms << protocol::composed(text) << protocol::decomposed(text);
    forms.removeDuplicates();
    return forms;
}

protocol::Error tooLong(const QString& why)
{
    return {ErrorCode::Validation,
            QStringLiteral("The report would be too long."),
            {QStringLiteral("dimensions: %1; ask for fewer, for a shorter period, or filter").arg(why)}};
}

} // namespace

ReportFilters readFilters(const QJsonObject& json, const QString& path, qsizetype mostNames,
                          Problems& problems)
{
    ReportFilters filters;
    for (auto field = json.begin(); field != json.end(); ++field) {
        const QString place = path + QLatin1Char('.') + field.key().left(100);
        const auto dimension = protocol::valueOf(filterNames, field.key());
        const std::optional<QStringList> values = textsOf(field.value(), mostNames);
        if (!dimension) {
            problems.add(ErrorCode::Validation, place,
                         QStringLiteral("is not known; a filter ") + protocol::choices(filterNames));
            continue;
        }
        if (!values) {
            problems.add(ErrorCode::Validation, place,
                         QStringLiteral("must be a text, or a list of 1 to %1 texts").arg(mostNames));
            continue;
        }
        for (const QString& value : *values) {
            if (!isKnown(*dimension, value))
                problems.add(ErrorCode::Validation, place,
                             *dimension == Dimension::Status
                                 ? QStringLiteral("must be one of PASS, WARNING, BLOCKED")
                                 : QStringLiteral("must be one of INFO, WARNING, BLOCK"));
        }
        filters[*dimension] = inBothForms(*values);
    }
    return filters;
}

void checkMetrics(const QStringList& metrics, const QString& path, Problems& problems)
{
    const QStringList known = analytics::reportMetrics() + analytics::shortNumberNames();
    for (const QString& metric : metrics) {
        if (!analytics::isReportMetric(metric))
            problems.add(ErrorCode::Validation, path,
                         QStringLiteral("'%1' must be one of %2")
                             .arg(metric.left(100), known.join(QLatin1String(", "))));
    }
}

Result<QList<protocol::ReportRow>> readReport(const WindowReading& reading,
                                              const analytics::ReportQuery& query,
                                              const analytics::Span& span, Reading& reader)
{
    Report report(query, reading.zone());
    const auto add = [&report, &most = reader.report](const auto& entry, bool) {
        report.add(entry);
        return report.rowCount() <= most.rows && report.bytes() <= most.bytes;
    };
    store::FactReader facts(reading.database(), reading.projects());
    PRISM_TRY(facts.checks(span, add));
    PRISM_TRY(facts.retros(span, add));
    if (report.rowCount() > reader.report.rows)
        return Failure(tooLong(QStringLiteral("give more than %1 rows").arg(reader.report.rows)));
    if (report.bytes() > reader.report.bytes)
        return Failure(tooLong(
            QStringLiteral("and metrics need more than %1 bytes of memory").arg(reader.report.bytes)));
    QList<protocol::ReportRow> rows =
        report.rows([&patience = reader.patience] { return patience.isOver(); });
    if (const auto& reason = reader.patience.reason()) // they are not all there
        return Failure(*reason);
    return rows;
}

} // namespace prism::api
