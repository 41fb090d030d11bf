#include "server/api/gate_api.h"

#include "server/api/answers.h"
#include "server/api/json_body.h"
#include "server/api/languages.h"
#include "server/service/gate.h"
#include "shared/protocol/text.h"
#include "shared/protocol/try.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::ErrorCode;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;
using protocol::Role;
using service::GateQuestion;

namespace {

constexpr QLatin1String intentField("intent"), phaseField("phase");

Result<GateQuestion> readQuestion(const QJsonObject& body, qsizetype intentLength)
{
    protocol::Problems problems;
    ObjectReader reader(body, problems);
    GateQuestion question;
    if (reader.text(intentField, Presence::Required, intentLength)) {
        // As it was sent: the places of matches count from its beginning, white space or not.
        question.intent.text = body.value(intentField).toString();
        const qsizetype length = protocol::charactersIn(question.intent.text);
        if (length > intentLength)
            reader.refuse(ErrorCode::TooLong, intentField,
                          QStringLiteral("has %1 characters with the white space around it, at most %2 are "
                                         "allowed")
                              .arg(length)
                              .arg(intentLength));
    }
    question.intent.phase = reader.choice(phaseField, Presence::Optional, rules::phaseNames);
    readContext(reader, question.context);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The intent cannot be judged.")));
    return question;
}

/// At the worst, each step of each expression is tried at each byte. So many take some 20 ms.
bool mayBeJudgedHere(const rules::Edition& edition, const Request& request)
{
    constexpr qint64 most = 2'000'000;
    const qint64 steps = edition.rules ? edition.rules->steps() : 0;
    return request.body.size() * std::max<qint64>(steps, 1) <= most;
}

/// The check's object with the judgement as one field more.
Success judged(const service::KeptVerdict& verdict)
{
    return {verdict.check.chopped(1) + ",\"judgement\":" + verdict.judgement + '}', 201};
}

} // namespace

GateApi::GateApi(const Judging& judging, const Reads& reads, const Writes& writes, int maxJsonDepth,
                 Routes& routes)
    : m_judging(judging)
    , m_reads(reads)
    , m_writes(writes)
    , m_maxJsonDepth(maxJsonDepth)
{
    routes.add("POST", "/api/v1/gateway/check", http::orLimited(Role::Reporter), *this, &GateApi::check);
}

Result<void> GateApi::check(const Request& request, const Reply& reply) const
{
    const rules::Edition edition = m_judging.book.current();
    if (mayBeJudgedHere(edition, request))
        return judge(edition, request, reply);
    return m_reads.submit(request, reply, Effort::Bounded, [this, edition, request, reply](const Reading&) {
        return judge(edition, request, reply);
    });
}

Result<void> GateApi::judge(const rules::Edition& edition, const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const QJsonObject body, protocol::parseObject(request.body, m_maxJsonDepth));
    PRISM_TRY_ASSIGN(GateQuestion question, readQuestion(body, m_judging.intentLength));
    PRISM_TRY_ASSIGN(question.context.project, request.reach.placeFor(question.context.project));
    question.intent.languages = preferredLanguages(request.header("accept-language"));

    PRISM_TRY_ASSIGN(service::GateVerdict verdict,
                     service::Gate::judge(edition, question, m_judging.policy()));
    const store::Weight weight = weightOf(request, verdict.check.weight());
    return m_writes.submit(request, reply, weight, &service::Gate::keep, std::move(verdict), judged);
}

} // namespace prism::api
