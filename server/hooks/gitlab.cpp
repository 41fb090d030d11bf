#include "server/hooks/gitlab.h"

#include "server/hooks/payload.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::hooks {

using protocol::CheckStatus;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;

namespace {

constexpr double msOfSecond = 1000;

/// What is neither is no result: created, pending, running, manual, scheduled, canceled, skipped.
std::optional<CheckStatus> statusOf(const QString& state, CheckStatus success, CheckStatus failure)
{
    if (state == QLatin1String("success"))
        return success;
    if (state == QLatin1String("failed"))
        return failure;
    return std::nullopt;
}

/// What GitLab says in seconds.
void setDuration(Run& run, ObjectReader& reader, QLatin1String name)
{
    constexpr double longest = protocol::longestDuration / msOfSecond;
    if (const auto seconds = reader.number(name, Presence::Optional, 0, longest))
        run.check.duration = *seconds * msOfSecond;
}

/// The address of the project; sets its name.
QString readProject(ObjectReader& payload, Run& run)
{
    QString address;
    payload.nested(QLatin1String("project"), Presence::Optional, [&](ObjectReader& project) {
        run.check.project = textIn(project, QLatin1String("path_with_namespace"), nameLength);
        address = textIn(project, QLatin1String("web_url"), urlLength);
    });
    payload.nested(QLatin1String("user"), Presence::Optional, [&](ObjectReader& user) {
        run.check.user = textIn(user, QLatin1String("username"), nameLength);
    });
    run.check.origin = protocol::CheckOrigin::Ci;
    return address;
}

QString addressOf(const QString& project, QLatin1String kind, qint64 id)
{
    if (project.isEmpty())
        return {};
    return protocol::firstCharacters(QStringLiteral("%1/-/%2/%3").arg(project, kind, QString::number(id)),
                                     urlLength);
}

/// One for a merge request from a fork runs on what is no branch of this project.
QString branchOfMergeRequest(ObjectReader& reader, const QString& branch)
{
    const auto number = reader.count(QLatin1String("iid"), Presence::Optional);
    const auto source = reader.count(QLatin1String("source_project_id"), Presence::Optional);
    const auto target = reader.count(QLatin1String("target_project_id"), Presence::Optional);
    return number && source != target ? QStringLiteral("merge-requests/%1").arg(*number) : branch;
}

Result<Told> readPipeline(ObjectReader& payload, const protocol::Problems& problems)
{
    Run run;
    const QString address = readProject(payload, run);
    run.check.gate = QStringLiteral("pipeline");
    QString state;
    bool hasWarnings = false;
    payload.nested(QLatin1String("object_attributes"), Presence::Required, [&](ObjectReader& reader) {
        const qint64 id = reader.count(QLatin1String("id"), Presence::Required).value_or(0);
        run.key = QStringLiteral("pipeline/%1").arg(id);
        state = textIn(reader, QLatin1String("status"), stateLength, Presence::Required);
        hasWarnings = textIn(reader, QLatin1String("detailed_status"), stateLength) ==
                      QLatin1String("passed with warnings");
        run.check.branch = textIn(reader, QLatin1String("ref"), branchLength);
        run.check.commit = textIn(reader, QLatin1String("sha"), nameLength);
        run.check.url = textIn(reader, QLatin1String("url"), urlLength);
        if (run.check.url.isEmpty())
            run.check.url = addressOf(address, QLatin1String("pipelines"), id);
        setTimes(run, {}, timeIn(reader, QLatin1String("finished_at")));
        setDuration(run, reader, QLatin1String("duration"));
    });
    payload.nested(QLatin1String("merge_request"), Presence::Optional, [&](ObjectReader& reader) {
        run.check.branch = branchOfMergeRequest(reader, run.check.branch);
    });
    PRISM_TRY(checkRead(problems));
    const auto status =
        statusOf(state, hasWarnings ? CheckStatus::Warning : CheckStatus::Pass, CheckStatus::Blocked);
    if (!status)
        return noResult(state);
    run.check.status = *status;
    return run;
}

/// A job that may fail warns.
Result<Told> readJob(ObjectReader& payload, const protocol::Problems& problems)
{
    Run run;
    QString address = readProject(payload, run);
    payload.nested(QLatin1String("repository"), Presence::Optional, [&](ObjectReader& repository) {
        if (address.isEmpty())
            address = textIn(repository, QLatin1String("homepage"), urlLength);
    });
    if (const QString name = textIn(payload, QLatin1String("project_name"), nameLength);
        run.check.project.isEmpty())
        run.check.project = QString(name).replace(QLatin1String(" / "), QLatin1String("/"));
    const qint64 pipeline = payload.count(QLatin1String("pipeline_id"), Presence::Required).value_or(0);
    run.attempt = payload.count(QLatin1String("build_id"), Presence::Required).value_or(0);
    run.check.gate = textIn(payload, QLatin1String("build_name"), gateLength, Presence::Required);
    run.key = QStringLiteral("job/%1/%2").arg(pipeline).arg(run.check.gate);
    run.check.branch = textIn(payload, QLatin1String("ref"), branchLength);
    run.check.commit = textIn(payload, QLatin1String("sha"), nameLength);
    run.check.url = addressOf(address, QLatin1String("jobs"), run.attempt);
    const QString state = textIn(payload, QLatin1String("build_status"), stateLength, Presence::Required);
    const bool mayFail =
        payload.boolean(QLatin1String("build_allow_failure"), Presence::Optional).value_or(false);
    setTimes(run, {}, timeIn(payload, QLatin1String("build_finished_at")));
    setDuration(run, payload, QLatin1String("build_duration"));
    PRISM_TRY(checkRead(problems));
    const auto status =
        statusOf(state, CheckStatus::Pass, mayFail ? CheckStatus::Warning : CheckStatus::Blocked);
    if (!status)
        return noResult(state);
    run.check.status = *status;
    return run;
}

} // namespace

Result<Told> readGitlab(const Delivery& delivery, int maxJsonDepth)
{
    PRISM_TRY_ASSIGN(const QJsonObject json, protocol::parseObject(delivery.body, maxJsonDepth));
    protocol::Problems problems;
    ObjectReader payload(json, problems);
    const QString kind = textIn(payload, QLatin1String("object_kind"), stateLength, Presence::Required);
    PRISM_TRY(checkRead(problems));
    if (kind == QLatin1String("pipeline"))
        return readPipeline(payload, problems);
    if (kind == QLatin1String("build"))
        return readJob(payload, problems);
    return Ignored{QStringLiteral("of GitLab's events those of pipelines and jobs are read")};
}

} // namespace prism::hooks
