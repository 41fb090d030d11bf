#include "server/service/change.h"

#include "shared/protocol/try.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcService, "prism.service")

namespace prism::service {

namespace {

QString nameOf(const Actor& actor)
{
    switch (actor.kind) {
    case Actor::Kind::Gateway:
        return QStringLiteral("the gateway");
    case Actor::Kind::Token:
        return QStringLiteral("token ") + actor.token;
    case Actor::Kind::Operator:
        return QStringLiteral("the operator");
    case Actor::Kind::LocalPerson:
        break;
    }
    return actor.peer.isNull() ? QStringLiteral("this machine") : actor.peer.toString();
}

} // namespace

protocol::Result<void> Change::announce(QLatin1String type, const QString& project, QByteArrayView data,
                                        protocol::Timestamp at)
{
    PRISM_TRY_ASSIGN(const protocol::Seq seq, m_transaction.announce(type, project, data, at));
    qCDebug(lcService).noquote() << seq << type << "by" << nameOf(m_actor);
    return {};
}

bool Change::isNoted() const
{
    return m_actor.kind == Actor::Kind::Token || m_actor.kind == Actor::Kind::Operator;
}

protocol::Result<void> Change::note(const char* action, const QString& subject, const QByteArray& before,
                                    const QByteArray& after)
{
    if (!isNoted())
        return {};
    store::AuditEntry entry;
    entry.at = protocol::now();
    entry.tokenId = m_actor.token;
    if (!m_actor.token.isEmpty()) {
        PRISM_TRY_ASSIGN(const auto token, m_transaction.tokens().find(m_actor.token));
        entry.tokenName = token ? token->name : QString();
    }
    if (!m_actor.peer.isNull())
        entry.address = m_actor.peer.toString();
    entry.action = QLatin1String(action);
    entry.subject = subject;
    entry.before = before;
    entry.after = after;
    entry.requestId = m_actor.requestId;
    return m_transaction.audit().add(entry);
}

} // namespace prism::service
