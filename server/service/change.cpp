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

} // namespace prism::service
