#include "server/hooks/github.h"

#include "server/hooks/payload.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::hooks {

using protocol::CheckStatus;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;

namespace {

constexpr QLatin1String checkRun("check_run"), workflowRun("workflow_run");

/// What is none of these is no result: queued, in progress, cancelled, skipped, stale, and neutral, by which
/// somebody says that it is neither.
std::optional<CheckStatus> statusOf(const QString& conclusion)
{
    if (conclusion == QLatin1String("success"))
        return CheckStatus::Pass;
    for (const char* bad : {"failure", "timed_out", "action_required", "startup_failure"}) {
        if (conclusion == QLatin1String(bad))
            return CheckStatus::Blocked;
    }
    return std::nullopt;
}

/// Which repository it is of, and who caused it.
struct Context
{
    QString repository;
    QString sender;
};

Context readContext(ObjectReader& payload)
{
    Context context;
    payload.nested(QLatin1String("repository"), Presence::Required, [&](ObjectReader& repository) {
        context.repository = textIn(repository, QLatin1String("full_name"), nameLength, Presence::Required);
    });
    payload.nested(QLatin1String("sender"), Presence::Optional, [&](ObjectReader& sender) {
        context.sender = textIn(sender, QLatin1String("login"), nameLength);
    });
    return context;
}

/// "completed" by how it ended, else how far it is.
QString readState(ObjectReader& reader)
{
    const QString status = textIn(reader, QLatin1String("status"), stateLength, Presence::Required);
    if (status != QLatin1String("completed"))
        return status;
    return textIn(reader, QLatin1String("conclusion"), stateLength, Presence::Required);
}

void readCommon(ObjectReader& reader, Run& run)
{
    run.check.gate = textIn(reader, QLatin1String("name"), gateLength, Presence::Required);
    run.check.commit = textIn(reader, QLatin1String("head_sha"), nameLength, Presence::Required);
    run.check.url = textIn(reader, QLatin1String("html_url"), urlLength);
}

/// A branch of a fork is not told to a check: without one it would count as the main branch.
void readCheckRun(ObjectReader& reader, const Context& context, Run& run)
{
    readCommon(reader, run);
    run.check.user = context.sender;
    run.check.branch = run.check.commit;
    run.attempt = reader.count(QLatin1String("id"), Presence::Required).value_or(0);
    std::optional<qint64> suite;
    reader.nested(QLatin1String("check_suite"), Presence::Optional, [&](ObjectReader& each) {
        suite = each.count(QLatin1String("id"), Presence::Optional);
        if (const QString branch = textIn(each, QLatin1String("head_branch"), branchLength);
            !branch.isEmpty())
            run.check.branch = branch;
    });
    run.key = suite ? QStringLiteral("check_suite/%1/%2").arg(*suite).arg(run.check.gate)
                    : QStringLiteral("check_run/%1").arg(run.attempt);
    const auto begin = timeIn(reader, QLatin1String("started_at"));
    setTimes(run, begin, timeIn(reader, QLatin1String("completed_at")));
}

QString loginIn(ObjectReader& reader, QLatin1String name)
{
    QString login;
    reader.nested(name, Presence::Optional,
                  [&](ObjectReader& user) { login = textIn(user, QLatin1String("login"), nameLength); });
    return login;
}

void readWorkflowRun(ObjectReader& reader, const Context& context, Run& run)
{
    readCommon(reader, run);
    const QString actor = loginIn(reader, QLatin1String("actor"));
    run.check.user = actor.isEmpty() ? context.sender : actor;
    run.check.branch = textIn(reader, QLatin1String("head_branch"), branchLength);
    QString head = context.repository;
    reader.nested(QLatin1String("head_repository"), Presence::Optional, [&](ObjectReader& repository) {
        head = textIn(repository, QLatin1String("full_name"), nameLength);
    });
    if (run.check.branch.isEmpty())
        run.check.branch = run.check.commit;
    else if (head != context.repository)
        run.check.branch = protocol::firstCharacters(
            head.section(QLatin1Char('/'), 0, 0) + QLatin1Char(':') + run.check.branch, branchLength);
    const qint64 id = reader.count(QLatin1String("id"), Presence::Required).value_or(0);
    run.key = QStringLiteral("workflow_run/%1").arg(id);
    run.attempt = reader.count(QLatin1String("run_attempt"), Presence::Optional).value_or(1);
    const auto begin = timeIn(reader, QLatin1String("run_started_at"));
    setTimes(run, begin, timeIn(reader, QLatin1String("updated_at")));
}

} // namespace

Result<QByteArray> withoutForm(const QByteArray& body)
{
    constexpr QByteArrayView field("payload=");
    for (qsizetype start = 0; start < body.size();) {
        const qsizetype next = body.indexOf('&', start);
        const qsizetype end = next < 0 ? body.size() : next;
        const QByteArrayView part = QByteArrayView(body).sliced(start, end - start);
        if (part.startsWith(field))
            return QByteArray::fromPercentEncoding(part.sliced(field.size()).toByteArray().replace('+', ' '));
        start = end + 1;
    }
    return Failure(Error{ErrorCode::BadFormat,
                         QStringLiteral("The delivery cannot be read; nothing was stored."),
                         {QStringLiteral("payload: is required in a form")}});
}

Result<Told> readGithub(const Delivery& delivery, int maxJsonDepth)
{
    if (delivery.event.isEmpty())
        return Failure(Error{ErrorCode::FieldMissing,
                             QStringLiteral("The delivery cannot be read; nothing was stored."),
                             {QStringLiteral("X-GitHub-Event: is required")}});
    if (delivery.event == "ping")
        return Ignored{QStringLiteral("a ping is answered, and is no result")};
    const QLatin1String event(delivery.event);
    if (event != checkRun && event != workflowRun)
        return Ignored{QStringLiteral("of GitHub's events check_run and workflow_run are read")};
    PRISM_TRY_ASSIGN(const QJsonObject json, protocol::parseObject(delivery.body, maxJsonDepth));
    protocol::Problems problems;
    ObjectReader payload(json, problems);
    const Context context = readContext(payload);
    Run run;
    run.check.project = context.repository;
    run.check.origin = protocol::CheckOrigin::Ci;
    QString state;
    payload.nested(event, Presence::Required, [&](ObjectReader& reader) {
        state = readState(reader);
        event == checkRun ? readCheckRun(reader, context, run) : readWorkflowRun(reader, context, run);
    });
    PRISM_TRY(checkRead(problems));
    const auto status = statusOf(state);
    if (!status)
        return noResult(state);
    run.check.status = *status;
    return run;
}

} // namespace prism::hooks
