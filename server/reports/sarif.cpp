#include "server/reports/sarif.h"

#include "server/reports/input.h"
#include "server/reports/sarif_run.h"
#include "shared/protocol/try.h"

#include <numeric>

namespace prism::reports {

using protocol::Result;

namespace {

/// How much of a run is kept, in characters.
qsizetype sizeOf(const Run& run)
{
    return std::accumulate(
        run.violations.begin(), run.violations.end(), qsizetype(0),
        [](qsizetype sum, const protocol::Violation& each) { return sum + textSize(each); });
}

} // namespace

Result<Report> readSarif(const QByteArray& bytes, const IsEnough& isEnough)
{
    constexpr qsizetype mostRuns = 100;
    constexpr qsizetype mostCharacters = 32 * 1024 * 1024;
    PRISM_TRY_ASSIGN(const QJsonValue value, readJson(bytes));
    PRISM_TRY_ASSIGN(const QJsonObject log, objectAt(value, QStringLiteral("report")));
    const QString version = log[QLatin1String("version")].toString();
    if (!version.startsWith(u"2."))
        return unreadable(QStringLiteral("version"), QStringLiteral("must be 2.1.0"));
    PRISM_TRY_ASSIGN(const QJsonArray runs, listIn(log, QLatin1String("runs")));
    if (runs.size() > mostRuns)
        return unreadable(QStringLiteral("runs"), QStringLiteral("has more than %1 entries").arg(mostRuns),
                          protocol::ErrorCode::TooLong);
    Notes notes;
    if (runs.isEmpty())
        notes.add(QLatin1String("runs in the file"), 0);
    Report report;
    qsizetype size = 0;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const QString path = pathTo(QStringLiteral("runs"), i);
        PRISM_TRY_ASSIGN(const QJsonObject run, objectAt(runs[i], path));
        PRISM_TRY_ASSIGN(Run read, readSarifRun(run, path, notes, isEnough));
        size += sizeOf(read);
        if (size > mostCharacters)
            return unreadable(QStringLiteral("runs"),
                              QStringLiteral("say more than %1 characters together, what a rule says once "
                                             "for each of its results")
                                  .arg(mostCharacters),
                              protocol::ErrorCode::TooLong);
        report.runs.push_back(std::move(read));
    }
    report.notes = notes.texts();
    return report;
}

} // namespace prism::reports
