#include "server/analytics/sheet.h"

#include "server/analytics/dashboard_numbers.h"
#include "shared/protocol/csv_writer.h"

#include <QLocale>

namespace prism::analytics {

using protocol::Dashboard;

namespace {

QVariant toVariant(std::optional<double> value, bool isRate = false)
{
    return value ? QVariant(wireValue(value, isRate).toDouble()) : QVariant();
}

void addPrevious(const protocol::Changes& changes, QList<SheetRow>& rows)
{
    const QString category = QStringLiteral("previous");
    const auto add = [&](const char* name, const protocol::Change& change, bool isRate = false) {
        rows.append({QString::fromLatin1(name), toVariant(change.previous, isRate), category});
    };
    add("totalChecks", changes.totalChecks);
    add("violations", changes.violations);
    add("activeUsers", changes.activeUsers);
    add("avgCheckTime", changes.avgCheckTime);
    add("totalRetrospectives", changes.totalRetrospectives);
    add("avgViolationRate", changes.avgViolationRate, true);
}

void addCell(const QVariant& value, protocol::CsvWriter& csv)
{
    if (value.metaType().id() == QMetaType::Double)
        csv.addNumber(QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest));
    else
        csv.addText(value.toString());
}

} // namespace

QList<SheetRow> sheetOf(const Dashboard& dashboard)
{
    QList<SheetRow> rows;
    const QList<DashboardNumber> numbers = numbersOf(dashboard);
    for (const DashboardNumber& number : numbers)
        rows.append({number.name, toVariant(number.value, number.isRate), number.family});
    rows.append({QStringLiteral("violationTrend"), protocol::toString(dashboard.violationTrend),
                 QStringLiteral("trends")});
    rows.append(
        {QStringLiteral("usageTrend"), protocol::toString(dashboard.usageTrend), QStringLiteral("trends")});
    if (dashboard.changes)
        addPrevious(*dashboard.changes, rows);
    for (const protocol::TopViolation& top : dashboard.quality.topViolations)
        rows.append({top.name, double(top.count), QStringLiteral("topViolations")});
    for (const protocol::TrendPoint& point : dashboard.violations.points)
        rows.append({protocol::toIso(point.start), toVariant(point.value), QStringLiteral("violations")});
    return rows;
}

QByteArray toCsv(const QList<SheetRow>& rows)
{
    protocol::CsvWriter csv;
    csv.addTexts({QStringLiteral("Metric"), QStringLiteral("Value"), QStringLiteral("Category")});
    csv.endLine();
    for (const SheetRow& row : rows) {
        csv.addText(row.metric);
        addCell(row.value, csv);
        csv.addText(row.category);
        csv.endLine();
    }
    return csv.bytes();
}

} // namespace prism::analytics
