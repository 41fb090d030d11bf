#pragma once

#include "server/reports/format.h"

#include <QTest>

namespace prism::test {

/// "BLOCK id file:line:column message", with "false " before what is a false positive.
inline QString line(const protocol::Violation& violation)
{
    return QStringLiteral("%1%2 %3 %4:%5:%6 %7")
        .arg(violation.falsePositive ? QStringLiteral("false ") : QString(),
             protocol::toString(violation.severity), violation.principleId, violation.file)
        .arg(violation.line)
        .arg(violation.column)
        .arg(violation.message);
}

/// "gate STATUS block/warning/info/false time", the time in milliseconds or ?.
inline QString line(const reports::Run& run)
{
    return QStringLiteral("%1 %2 %3/%4/%5/%6 %7")
        .arg(run.gate, protocol::toString(run.status))
        .arg(run.counts.block)
        .arg(run.counts.warning)
        .arg(run.counts.info)
        .arg(run.counts.falsePositive)
        .arg(run.duration ? QString::number(*run.duration, 'g', 12) : QStringLiteral("?"));
}

/// What a file says, line by line: each run with its violations, and the notes behind "note: ". Of a file
/// that is refused "refused: " and the details.
inline QStringList linesOf(reports::Format format, const QByteArray& bytes)
{
    const auto report = reports::readReport(format, bytes);
    if (!report)
        return {QStringLiteral("refused: ") + report.error().details.join(u';')};
    QStringList lines;
    for (const reports::Run& run : report->runs) {
        lines.append(line(run));
        for (const protocol::Violation& violation : run.violations)
            lines.append(line(violation));
    }
    for (const QString& note : report->notes)
        lines.append(QStringLiteral("note: ") + note);
    return lines;
}

/// JSON in single quotation marks.
inline QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

/// A test row: what a file says, as linesOf() has it, in lines.
struct ReportRow
{
    const char* name;
    QByteArray file;
    const char* expected;
};

inline void addRows(std::initializer_list<ReportRow> rows)
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("expected");
    for (const ReportRow& row : rows)
        QTest::newRow(row.name) << row.file << QString::fromUtf8(row.expected);
}

/// In a test whose data addRows() made.
inline void compareRow(reports::Format format)
{
    QFETCH(const QByteArray, file);
    QFETCH(const QString, expected);
    QCOMPARE(linesOf(format, file).join(u'\n'), expected);
}

} // namespace prism::test
