#include "client/report/run_report.h"

#include "client/report/files.h"
#include "shared/protocol/text.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <cmath>
#include <optional>

namespace prism::report {

using protocol::Check;
using protocol::CheckStatus;
using protocol::Severity;
using protocol::Timestamp;

namespace {

constexpr qint64 mostOfReport = 20 * 1024 * 1024; // as many as the server takes
constexpr std::chrono::seconds coarseClock{2};    // of file systems

/// What stands in the query of a result file, percent-encoded.
QString pathOf(const ReportFile& file, const Check& context)
{
    QString path = QStringLiteral("/api/v1/gateway/reports?format=") +
                   protocol::nameOf(protocol::reportFormatNames, file.format);
    const auto add = [&path](QLatin1String name, const QString& value) {
        if (!value.isEmpty())
            path += u'&' + name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value));
    };
    add(QLatin1String("project"), context.project);
    add(QLatin1String("gate"), context.gate);
    add(QLatin1String("branch"), context.branch);
    add(QLatin1String("commit"), context.commit);
    add(QLatin1String("url"), context.url);
    add(QLatin1String("user"), context.user);
    add(QLatin1String("session"), context.session);
    if (context.origin)
        add(QLatin1String("origin"), toString(*context.origin));
    add(QLatin1String("timestamp"), protocol::toIso(context.timestamp));
    if (context.duration)
        add(QLatin1String("duration"), QString::number(*context.duration, 'f', 3));
    return path;
}

/// Why it cannot be sent; nothing where it can.
std::optional<QString> problemOf(const ReportFile& file, std::optional<Timestamp> begin)
{
    const QFileInfo info(file.path);
    if (!info.exists())
        return QStringLiteral("is not there");
    if (!info.isFile())
        return QStringLiteral("is no file");
    if (begin && info.lastModified() < protocol::toDateTime(*begin - coarseClock))
        return QStringLiteral("was not written by this run");
    if (info.size() > mostOfReport)
        return QStringLiteral("has %1 bytes, of which %2 are taken").arg(info.size()).arg(mostOfReport);
    return std::nullopt;
}

/// Adds the file; else says why not, and whether it did.
bool addFile(RunReport& report, const ReportFile& file, const QString& path, std::optional<Timestamp> begin)
{
    std::optional<QString> problem = problemOf(file, begin);
    std::optional<QByteArray> content;
    if (!problem) {
        content = contentOf(file.path, mostOfReport);
        if (!content)
            problem = QStringLiteral("cannot be read");
    }
    if (problem) {
        report.complaints.append(file.path + u' ' + *problem);
        return false;
    }
    report.entry.parts.append({path, "application/octet-stream", Part::When::Always, *content});
    return true;
}

QString gateOf(char** program)
{
    constexpr qsizetype longest = 200;
    return protocol::firstCharacters(protocol::cleaned(QFileInfo(QFile::decodeName(*program)).fileName()),
                                     longest);
}

protocol::Violation violation(const QString& principle, const QString& name, Severity severity,
                              const QString& message)
{
    constexpr qsizetype longest = 2000;
    return {principle, name, severity, protocol::firstCharacters(message, longest)};
}

} // namespace

RunReport RunReport::ofRun(const Request& request, const Check& context, const Ending& ending,
                           Timestamp begin)
{
    RunReport report;
    Check check = context;
    check.timestamp = protocol::now();
    check.duration = std::round(ending.duration.count() * 1e3) / 1e3;
    Check ofFile = check;
    if (request.reports.size() > 1)
        ofFile.duration.reset(); // each file knows best how long it took
    for (const ReportFile& file : request.reports)
        addFile(report, file, pathOf(file, ofFile), begin);

    const Part::When elseWhen = ending.isGood() ? Part::When::UnlessTold : Part::When::UnlessBlocked;
    const bool isToldAnyway = report.entry.parts.isEmpty() || !report.complaints.isEmpty();
    check.id = report.entry.key;
    if (check.gate.isEmpty())
        check.gate = gateOf(request.program);
    for (const QString& complaint : std::as_const(report.complaints))
        check.violations.append(violation(QStringLiteral("report-missing"),
                                          QStringLiteral("Result file missing"), Severity::Warning,
                                          complaint));
    if (!ending.isGood())
        check.violations.prepend(violation(QStringLiteral("command-failed"), QStringLiteral("Command failed"),
                                           Severity::Block, ending.words()));
    check.status = !ending.isGood()             ? CheckStatus::Blocked
                   : check.violations.isEmpty() ? CheckStatus::Pass
                                                : CheckStatus::Warning;
    report.entry.parts.append({QStringLiteral("/api/v1/gateway/checks"), "application/json",
                               isToldAnyway ? Part::When::Always : elseWhen, protocol::encode(check)});
    return report;
}

RunReport RunReport::ofFile(const ReportFile& file, const Check& context)
{
    RunReport report;
    Check check = context;
    check.timestamp = protocol::now();
    addFile(report, file, pathOf(file, check), std::nullopt);
    return report;
}

} // namespace prism::report
