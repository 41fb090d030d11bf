#include "server/reports/rdjson.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "server/reports/severities.h"
#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::reports {

using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

// Protobuf's JSON has the number of a value as well as its name.
constexpr std::array<protocol::Name<Severity>, 7> rdjsonSeverities{{{Severity::Block, "error"},
                                                                    {Severity::Warning, "warning"},
                                                                    {Severity::Info, "info"},
                                                                    {Severity::Block, "1"},
                                                                    {Severity::Warning, "2"},
                                                                    {Severity::Info, "3"},
                                                                    {Severity::Warning, "unknown_severity"}}};

/// Empty where nothing is said.
QString severityIn(const QJsonObject& object)
{
    const QJsonValue said = object[QLatin1String("severity")];
    return said.isDouble() && said.toInt() != 0 ? QString::number(said.toInt()) : said.toString();
}

QString sourceIn(const QJsonObject& object)
{
    return object[QLatin1String("source")][QLatin1String("name")].toString();
}

/// What holds for the diagnostics that do not say it themselves.
struct Common
{
    QString severity;
    QString source;
};

Violation violationOf(const QJsonObject& diagnostic, const Common& common, Notes& notes)
{
    const QString severity = severityIn(diagnostic);
    const QString source = sourceIn(diagnostic);
    const QJsonValue code = diagnostic[QLatin1String("code")];
    const QString value = code[QLatin1String("value")].toString();
    const QJsonValue location = diagnostic[QLatin1String("location")];
    const QJsonValue start = location[QLatin1String("range")][QLatin1String("start")];
    Violation violation;
    violation.principleId = !value.isEmpty() ? value : !source.isEmpty() ? source : common.source;
    violation.severity = weigh(rdjsonSeverities, severity.isEmpty() ? common.severity : severity, notes);
    violation.message = diagnostic[QLatin1String("message")].toString();
    violation.file = location[QLatin1String("path")].toString();
    violation.line = placeNumber(start[QLatin1String("line")]);
    violation.column = placeNumber(start[QLatin1String("column")]);
    violation.url = code[QLatin1String("url")].toString();
    return violation;
}

bool isDiagnostic(const QJsonObject& object)
{
    return object.contains(QLatin1String("message")) || object.contains(QLatin1String("location"));
}

/// Whether the file is one diagnostic a line: its first line is whole, and one.
bool hasLines(const QByteArray& text)
{
    const QByteArray start = text.trimmed();
    const qsizetype end = start.indexOf('\n');
    const auto first = readJson(end < 0 ? start : start.first(end));
    return first && isDiagnostic(first->toObject());
}

Result<void> addLines(const QByteArray& text, Notes& notes, Findings& findings, const IsEnough& isEnough)
{
    qsizetype begin = 0;
    for (int number = 1; begin < text.size(); ++number) {
        PRISM_TRY(goOn(isEnough));
        const qsizetype newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArray line = text.mid(begin, end - begin).trimmed();
        begin = end + 1;
        if (line.isEmpty())
            continue;
        PRISM_TRY_ASSIGN(const QJsonValue diagnostic, readJson(line, number));
        if (!isDiagnostic(diagnostic.toObject()))
            return unreadable(QStringLiteral("line %1").arg(number), QStringLiteral("must be a diagnostic"));
        findings.add(violationOf(diagnostic.toObject(), {}, notes));
    }
    return {};
}

} // namespace

Result<Report> readRdjson(const QByteArray& bytes, const IsEnough& isEnough)
{
    const QByteArray text = withoutMark(bytes);
    Notes notes;
    Findings findings(notes, QStringLiteral("rdjson"));
    if (hasLines(text)) {
        PRISM_TRY(addLines(text, notes, findings, isEnough));
        return Report{{findings.take(QStringLiteral("rdjson"))}, notes.texts()};
    }
    PRISM_TRY_ASSIGN(const QJsonValue value, readJson(text));
    PRISM_TRY_ASSIGN(const QJsonObject whole, objectAt(value, QStringLiteral("report")));
    PRISM_TRY_ASSIGN(const QJsonArray diagnostics, listIn(whole, QLatin1String("diagnostics")));
    const Common common{severityIn(whole), sourceIn(whole)};
    for (qsizetype i = 0; i < diagnostics.size(); ++i) {
        PRISM_TRY(goOn(isEnough));
        PRISM_TRY_ASSIGN(const QJsonObject diagnostic,
                         objectAt(diagnostics[i], pathTo(QStringLiteral("diagnostics"), i)));
        findings.add(violationOf(diagnostic, common, notes));
    }
    const QString gate = common.source.isEmpty() ? QStringLiteral("rdjson") : common.source;
    return Report{{findings.take(gate)}, notes.texts()};
}

} // namespace prism::reports
