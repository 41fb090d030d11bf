#include "server/service/pairing.h"

#include "server/service/secret.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::service {

using protocol::Presence;
using protocol::Result;

Approval readApproval(protocol::ObjectReader& reader)
{
    constexpr qsizetype longestCode = 6;
    Approval approval;
    approval.key = makeSecret();
    approval.code = reader.text(QLatin1String("code"), Presence::Required, longestCode).value_or(QString());
    approval.role =
        reader.choice(QLatin1String("role"), Presence::Required, protocol::roleNames).value_or(approval.role);
    approval.reach = readReachOf(approval.role, reader);
    approval.life = readLife(reader);
    return approval;
}

Result<Encoded> Pairing::approve(store::Transaction& transaction, const Actor& actor,
                                 const Approval& approval) const
{
    PRISM_TRY_ASSIGN(const Pairings::Waiting waiting,
                     m_waiting.claim(approval.code, approval.key, protocol::now()));
    PRISM_TRY_ASSIGN(
        const Encoded token,
        m_tokens.create(transaction, actor, {waiting.name, approval.role, approval.reach, approval.life}));
    transaction.whenCommitted(
        [&all = m_waiting, id = waiting.id, json = token.json] { all.grant(id, json); });
    return Encoded{protocol::writtenJson(
        QJsonObject{{QLatin1String("id"), waiting.id},
                    {QLatin1String("name"), waiting.name},
                    {QLatin1String("role"), QString(protocol::nameOf(protocol::roleNames, approval.role))},
                    {QLatin1String("address"), waiting.address}})};
}

} // namespace prism::service
