#include "server/analytics/sheet.h"

#include "server/analytics/dashboard_numbers.h"
#include "shared/protocol/csv_writer.h"
#include "shared/protocol/metric_value.h"

#include <QLocale>

namespace prism::analytics {

using protocol::Dashboard;

namespace {

SheetRow numberRow(const QString& metric, std::optional<double> value, const QString& category)
{
    SheetRow row{metric, {}, category};
    if (const std::optional<double> number = protocol::wireNumber(metric, value))
        row.value = *number;
    return row;
}

/// Empty where nothing is said.
SheetRow directionRow(const char* name, std::optional<protocol::Direction> direction)
{
    SheetRow row{QString::fromLatin1(name), {}, QStringLiteral("trends")};
    if (direction)
        row.value = protocol::toString(*direction);
    return row;
}

/// A verdict, or why there is none.
QString saidOf(const protocol::Assessment& assessment)
{
    if (assessment.verdict)
        return protocol::nameOf(protocol::verdictNames, *assessment.verdict);
    return assessment.reason ? QString(protocol::nameOf(protocol::noVerdictNames, *assessment.reason))
                             : QString();
}

void addPrevious(const protocol::Changes& changes, QList<SheetRow>& rows)
{
    const auto add = [&](const char* name, const protocol::Change& change) {
        const QString metric = QString::fromLatin1(name);
        rows.append(numberRow(metric, change.previous, QStringLiteral("previous")));
        rows.append({metric, saidOf(change.assessment), QStringLiteral("verdict")});
    };
    const protocol::Span& span = changes.totalChecks.assessment.span;
    rows.append({QStringLiteral("from"), protocol::toIso(span.from), QStringLiteral("previous")});
    rows.append({QStringLiteral("to"), protocol::toIso(span.to), QStringLiteral("previous")});
    add("totalChecks", changes.totalChecks);
    add("violations", changes.violations);
    add("activeUsers", changes.activeUsers);
    add("avgCheckTime", changes.avgCheckTime);
    add("totalRetrospectives", changes.totalRetrospectives);
    add("avgViolationRate", changes.avgViolationRate);
}

void addCell(const SheetRow& row, protocol::CsvWriter& csv)
{
    if (const auto* number = std::get_if<double>(&row.value))
        csv.addNumber(QString::number(*number, 'g', QLocale::FloatingPointShortest));
    else if (const auto* text = std::get_if<QString>(&row.value))
        csv.addText(*text);
    else
        csv.addText({});
}

} // namespace

QList<SheetRow> sheetOf(const Dashboard& dashboard)
{
    QList<SheetRow> rows;
    const QList<DashboardNumber> numbers = numbersOf(dashboard);
    for (const DashboardNumber& number : numbers)
        rows.append(numberRow(number.name, number.value, number.family));
    const protocol::Said<protocol::Direction>& usage = dashboard.usageTrend;
    rows.append(directionRow("violationTrend", dashboard.violations.direction()));
    rows.append(directionRow("usageTrend", usage ? std::optional(*usage) : std::nullopt));
    if (dashboard.changes)
        addPrevious(*dashboard.changes, rows);
    for (const protocol::TopViolation& top : dashboard.quality.topViolations)
        rows.append({top.name, double(top.count), QStringLiteral("topViolations")});
    for (const protocol::TrendPoint& point : dashboard.violations.points)
        rows.append(numberRow(protocol::toIso(point.start), point.value, QStringLiteral("violations")));
    return rows;
}

QByteArray toCsv(const QList<SheetRow>& rows)
{
    protocol::CsvWriter csv;
    csv.addTexts({QStringLiteral("Metric"), QStringLiteral("Value"), QStringLiteral("Category")});
    csv.endLine();
    for (const SheetRow& row : rows) {
        csv.addText(row.metric);
        addCell(row, csv);
        csv.addText(row.category);
        csv.endLine();
    }
    return csv.bytes();
}

} // namespace prism::analytics
