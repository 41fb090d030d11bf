#include "client/net/answers.h"
#include "client/net/api.h"

#include <QJsonDocument>

namespace prism::net {

// The part of Api that is about who may ask for what.

namespace {

QString accessPath(const QString& rest)
{
    return QStringLiteral("/api/v1/auth/") + rest;
}

QString tokenPath(const QString& id, const QString& deed = {})
{
    return accessPath(QStringLiteral("tokens/")) + QString::fromLatin1(QUrl::toPercentEncoding(id)) + deed;
}

QByteArray bodyOf(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QString nameOfRole(protocol::Role role)
{
    return protocol::nameOf(protocol::roleNames, role);
}

QUrlQuery auditQuery(const AuditQuestion& question)
{
    QUrlQuery query;
    const auto given = [&query](const char* name, const QString& value) {
        if (!value.isEmpty()) // a plus would be read as a space
            query.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    given("token", question.token);
    given("action", question.action);
    given("subject", question.subject);
    given("from", question.from ? protocol::toIso(*question.from) : QString());
    given("to", question.to ? protocol::toIso(*question.to) : QString());
    given("cursor", question.cursor);
    return query;
}

QString nextOf(const Answer& answer)
{
    return answer.pagination ? answer.pagination->nextCursor : QString();
}

} // namespace

Call Api::self(const Then<Self>& then)
{
    return m_http.get(accessPath(QStringLiteral("self")), {}, {}, whole<Self>(object(selfFromJson), then));
}

Call Api::beginPairing(const QString& name, const Then<BegunPairing>& then)
{
    const Write write{Write::Method::Post, accessPath(QStringLiteral("pairings")),
                      bodyOf({{QLatin1String("name"), name}})};
    return m_http.send(write, whole<BegunPairing>(object(begunPairingFromJson), then));
}

Call Api::collectPairing(const BegunPairing& pairing, const Then<QByteArray>& then)
{
    const QString id = QString::fromLatin1(QUrl::toPercentEncoding(pairing.id));
    const Write write{Write::Method::Post, accessPath(QStringLiteral("pairings/%1/collect").arg(id)),
                      bodyOf({{QLatin1String("pollSecret"), QString::fromLatin1(pairing.secret)}})};
    return m_http.send(write, whole<QByteArray>(object(collectedTokenFromJson), then));
}

Call Api::tokens(const Then<QList<TokenEntry>>& then)
{
    return m_http.get(accessPath(QStringLiteral("tokens")), {}, {},
                      whole<QList<TokenEntry>>(object(tokensFromJson), then));
}

Call Api::createToken(const TokenDraft& draft, const Then<MadeToken>& then)
{
    const QJsonObject body{{QLatin1String("name"), draft.name},
                           {QLatin1String("role"), nameOfRole(draft.role)},
                           {QLatin1String("expiresInDays"), draft.days}};
    const Write write{Write::Method::Post, accessPath(QStringLiteral("tokens")), bodyOf(body), {}, {}};
    return m_http.send(write, whole<MadeToken>(object(madeTokenFromJson), then));
}

Call Api::rotateToken(const QString& id, int overlapHours, const Then<MadeToken>& then)
{
    const Write write{Write::Method::Post,
                      tokenPath(id, QStringLiteral("/rotate")),
                      bodyOf({{QLatin1String("overlapHours"), overlapHours}}),
                      {},
                      {}};
    return m_http.send(write, whole<MadeToken>(object(madeTokenFromJson), then));
}

Call Api::revokeToken(const QString& id, const Then<void>& then)
{
    return m_http.send({Write::Method::Delete, tokenPath(id)}, done(then));
}

Call Api::pairings(const Then<QList<WaitingPairing>>& then)
{
    return m_http.get(accessPath(QStringLiteral("pairings")), {}, {},
                      whole<QList<WaitingPairing>>(object(pairingsFromJson), then));
}

Call Api::approvePairing(const PairingApproval& approval, const Then<ApprovedPairing>& then)
{
    const QJsonObject body{{QLatin1String("code"), approval.code},
                           {QLatin1String("role"), nameOfRole(approval.role)},
                           {QLatin1String("expiresInDays"), approval.days}};
    const Write write{Write::Method::Post, accessPath(QStringLiteral("pairings/approve")), bodyOf(body)};
    return m_http.send(write, whole<ApprovedPairing>(object(approvedPairingFromJson), then));
}

Call Api::audit(const AuditQuestion& question, const Then<AuditPage>& then)
{
    QUrlQuery query = auditQuery(question);
    query.addQueryItem(QStringLiteral("limit"), QString::number(question.limit));
    const Reader<AuditPage> read = [](const Answer& answer) -> protocol::Result<AuditPage> {
        PRISM_TRY_ASSIGN(const QList<AuditEntry> entries, list(auditEntryFromJson)(answer));
        return AuditPage{entries, nextOf(answer)};
    };
    return m_http.get(QStringLiteral("/api/v1/audit"), query, {}, whole<AuditPage>(read, then));
}

Call Api::auditLines(const AuditQuestion& question, const Then<AuditLines>& then)
{
    const Reader<AuditLines> read = [](const Answer& answer) -> protocol::Result<AuditLines> {
        if (!answer.data.isString())
            return protocol::Failure(protocol::Error{
                protocol::ErrorCode::Validation, QStringLiteral("The answer has no lines."), {}});
        return AuditLines{answer.data.toString().toUtf8(), nextOf(answer)};
    };
    return m_http.get(QStringLiteral("/api/v1/audit/export"), auditQuery(question), {},
                      whole<AuditLines>(read, then));
}

} // namespace prism::net
