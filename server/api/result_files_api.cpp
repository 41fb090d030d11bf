#include "server/api/result_files_api.h"

#include "server/api/bulk_write.h"
#include "server/reports/format.h"
#include "server/service/result_files.h"

namespace prism::api {

using protocol::Check;
using protocol::Result;
using reports::Format;
using service::ResultFile;
using service::ResultFiles;

namespace {

/// What the query says of a file.
struct Description
{
    Format format = Format::Auto;
    bool hasTime = false;
    Check check; ///< all of it that holds for each run
};

/// The query says what a check says of itself by the same names, and within the same bounds.
Result<Description> readDescription(const http::Request& request, const EntryTimes& times)
{
    QueryReader query(request);
    Description description;
    description.format =
        query.choice(QStringLiteral("format"), reports::formatNames, std::optional(Format::Auto));
    QJsonObject said{{QStringLiteral("status"), QStringLiteral("PASS")}};
    for (const char* name :
         {"project", "gate", "branch", "commit", "url", "user", "session", "origin", "timestamp"}) {
        const QString field = QString::fromLatin1(name);
        if (const auto text = query.text(field); text && !text->isEmpty())
            said.insert(field, *text);
    }
    const QString duration = query.text(QStringLiteral("duration")).value_or(QString());
    bool isNumber = false;
    if (const double number = duration.toDouble(&isNumber); !duration.isEmpty())
        said.insert(QStringLiteral("duration"), isNumber ? QJsonValue(number) : QJsonValue(duration));
    const protocol::Timestamp now = protocol::now();
    const Result<Check> check = protocol::checkFromJson(said, now, now + protocol::farthestAhead);
    if (check) {
        description.check = *check;
        description.hasTime = said.contains(QStringLiteral("timestamp"));
        EntryTimesCheck(times, times.oldestCheck, now).look(check->timestamp, {}, query.problems());
    } else {
        for (const QString& detail : check.error().details)
            query.refuse(check.error().code, detail.section(u':', 0, 0), detail.section(u':', 1).trimmed());
    }
    PRISM_TRY(query.check());
    PRISM_TRY_ASSIGN(description.check.project, request.reach.placeFor(description.check.project));
    return description;
}

/// What the query says goes before what the file says.
QList<Check> checksOf(reports::Report report, const Description& description)
{
    QList<Check> checks;
    for (reports::Run& run : report.runs) {
        Check check = description.check;
        check.status = run.status;
        if (check.gate.isEmpty())
            check.gate = run.gate;
        if (!check.duration)
            check.duration = run.duration;
        check.counts = run.counts;
        check.violations = std::move(run.violations);
        checks.append(std::move(check));
    }
    return checks;
}

Success stored(const service::StoredResultFile& file)
{
    return {file.json, file.created > 0 ? 201 : 200};
}

} // namespace

ResultFilesApi::ResultFilesApi(const Reads& reads, const Writes& writes, const EntryTimes& times,
                               Routes& routes)
    : m_reads(reads)
    , m_writes(writes)
    , m_times(times)
{
    routes.add("POST", "/api/v1/gateway/reports", http::orLimited(protocol::Role::Reporter), *this,
               &ResultFilesApi::create,
               {"format", "project", "gate", "branch", "commit", "url", "user", "session", "origin",
                "duration", "timestamp"},
               http::Route::Body::File);
}

/// A large file is read on a reader's thread, as every large body is.
Result<void> ResultFilesApi::create(const http::Request& request, const http::Reply& reply) const
{
    PRISM_TRY_ASSIGN(Description description, readDescription(request, m_times));
    if (description.format == Format::Auto) {
        PRISM_TRY_ASSIGN(description.format, reports::formatOf(request.body));
    }
    Patience patience = m_reads.patience(request, Effort::Bounded);
    Result<reports::Report> report =
        reports::readReport(description.format, request.body, [&patience] { return patience.isOver(); });
    if (const auto& reason = patience.reason())
        return protocol::Failure(*reason);
    if (!report)
        return protocol::Failure(report.error());
    const QStringList notes = report->notes;
    ResultFile file =
        ResultFiles::identify(protocol::nameOf(reports::formatNames, description.format), request.body,
                              checksOf(std::move(*report), description), description.hasTime, notes);
    const store::Weight weight = weightOf(request, file.weight());
    return m_writes.submit(request, reply, weight, &ResultFiles::add, std::move(file), stored);
}

} // namespace prism::api
