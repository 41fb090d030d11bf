#include "server/reports/code_quality.h"

#include "server/reports/findings.h"
#include "server/reports/input.h"
#include "server/reports/severities.h"
#include "shared/protocol/try.h"

namespace prism::reports {

using protocol::Result;
using protocol::Severity;
using protocol::Violation;

namespace {

constexpr std::array<protocol::Name<Severity>, 5> codeQualitySeverities{{{Severity::Block, "blocker"},
                                                                         {Severity::Block, "critical"},
                                                                         {Severity::Warning, "major"},
                                                                         {Severity::Warning, "minor"},
                                                                         {Severity::Info, "info"}}};

Violation violationOf(const QJsonObject& issue, Notes& notes)
{
    const QJsonObject location = issue[QLatin1String("location")].toObject();
    const QJsonObject begin = location[QLatin1String("positions")][QLatin1String("begin")].toObject();
    const QJsonValue line = location[QLatin1String("lines")][QLatin1String("begin")];
    Violation violation;
    violation.principleId = issue[QLatin1String("check_name")].toString();
    violation.severity = weigh(codeQualitySeverities, issue[QLatin1String("severity")].toString(), notes);
    violation.message = issue[QLatin1String("description")].toString();
    violation.file = location[QLatin1String("path")].toString();
    violation.line = placeNumber(line.isUndefined() ? begin[QLatin1String("line")] : line);
    violation.column = placeNumber(begin[QLatin1String("column")]);
    violation.fingerprint = issue[QLatin1String("fingerprint")].toString();
    return violation;
}

} // namespace

Result<Report> readCodeQuality(const QByteArray& bytes, const IsEnough& isEnough)
{
    PRISM_TRY_ASSIGN(const QJsonValue value, readJson(bytes));
    if (!value.isArray())
        return unreadable(QStringLiteral("report"), QStringLiteral("must be a list of issues"));
    const QJsonArray issues = value.toArray();
    Notes notes;
    Findings findings(notes, QStringLiteral("code-quality"));
    for (qsizetype i = 0; i < issues.size(); ++i) {
        PRISM_TRY(goOn(isEnough));
        PRISM_TRY_ASSIGN(const QJsonObject issue, objectAt(issues[i], pathTo({}, i)));
        if (issue[QLatin1String("type")].toString(QStringLiteral("issue")) == QLatin1String("issue"))
            findings.add(violationOf(issue, notes));
        else
            notes.add(QLatin1String("entries of another type than issue are no violations"));
    }
    return Report{{findings.take(QStringLiteral("code quality"))}, notes.texts()};
}

} // namespace prism::reports
