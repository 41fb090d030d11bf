#include "server/api/gate_api.h"

#include "server/api/checks_api.h"
#include "server/api/languages.h"

namespace prism::api {

using http::Reply;
using http::Request;
using protocol::Check;
using protocol::ErrorCode;
using protocol::ObjectReader;
using protocol::Presence;
using protocol::Result;
using protocol::Role;

namespace {

constexpr QLatin1String intentField("intent"), phaseField("phase"), userField("user"),
    sessionField("session"), projectField("project");

/// What is asked for: the intent, and the check without its verdict.
struct Question
{
    rules::Intent intent;
    Check check;
};

Result<Question> readQuestion(const QJsonObject& body, qsizetype intentLength)
{
    constexpr qsizetype maxName = 100;
    protocol::Problems problems;
    ObjectReader reader(body, problems);
    Question question;
    if (reader.text(intentField, Presence::Required, intentLength)) {
        // As it was sent: the places of matches count from its beginning, white space or not.
        question.intent.text = body.value(intentField).toString();
        if (question.intent.text.size() > intentLength)
            reader.refuse(ErrorCode::TooLong, intentField,
                          QStringLiteral("has %1 characters with the white space around it, at most %2 are "
                                         "allowed")
                              .arg(question.intent.text.size())
                              .arg(intentLength));
    }
    question.intent.phase = reader.choice(phaseField, Presence::Optional, rules::phaseNames);
    question.check.user = reader.text(userField, Presence::Optional, maxName).value_or(QString());
    question.check.session = reader.text(sessionField, Presence::Optional, maxName).value_or(QString());
    question.check.project = reader.text(projectField, Presence::Optional, maxName).value_or(QString());
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The intent cannot be judged.")));
    return question;
}

/// The check's object with the judgement as one field more.
QByteArray answerOf(const QByteArray& check, const rules::Judgement& judgement)
{
    return check.chopped(1) + ",\"judgement\":" + encode(judgement) + '}';
}

double millisecondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

GateApi::GateApi(const Context& context, http::Router& router)
    : m_context(context)
{
    router.add("POST", "/api/v1/gateway/check", Role::Reporter, *this, &GateApi::check);
}

void GateApi::check(const Request& request, const Reply& reply) const
{
    const Result<QJsonObject> body = parseObject(request.body, m_context.maxJsonDepth);
    if (!body)
        return reply(failure(request.id, body.error()));
    Result<Question> question = readQuestion(*body, m_context.rules.intentLength);
    if (!question)
        return reply(failure(request.id, question.error()));
    question->intent.languages = preferredLanguages(request.header("accept-language"));

    const auto begin = std::chrono::steady_clock::now();
    const rules::Edition edition = m_context.rules.book.current();
    Result<rules::Judgement> judgement =
        rules::judge(*edition.rules, question->intent, m_context.rules.policy());
    if (!judgement)
        return reply(failure(request.id, judgement.error()));
    judgement->version = edition.version;

    Check check = question->check;
    check.id = store::makeUuidV7();
    check.timestamp = protocol::now();
    check.status = judgement->status;
    check.duration = millisecondsSince(begin);
    check.violations = {judgement->violations.begin(), judgement->violations.end()};
    const QByteArray json = encode(check);
    const QByteArray answer = answerOf(json, *judgement);
    const std::vector<BulkItem<Check>> items{{std::move(check), json}};
    submitWrite(m_context, request, reply, {1, 1, std::size_t(request.body.size())},
                [items, answer, id = request.id](store::Transaction& transaction) -> Result<http::Response> {
                    if (const auto stored = insertEntries(transaction, items, checkKind(false)); !stored)
                        return protocol::Failure(stored.error());
                    return encodedSuccess(id, answer, 201);
                });
}

} // namespace prism::api
