#include "server/service/gates.h"

#include "server/service/change.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using store::Transaction;

Result<void> Gates::announce(Transaction& transaction, const Actor& actor, const store::GateTurn& turn,
                             QByteArrayView encodedCheck)
{
    const protocol::Timestamp now = protocol::now();
    const protocol::GateChanged changed{turn.name, turn.branch, turn.from, turn.to, {}, now};
    return Change(transaction, actor)
        .announce(protocol::event_type::gateChanged, turn.name.project, encode(changed, encodedCheck), now);
}

Result<Encoded> Gates::forget(Transaction& transaction, const Actor& actor, const GateRemoval& removal)
{
    PRISM_TRY_ASSIGN(const auto gate, transaction.gates().find(removal.name));
    if (!gate || !actor.reach.has(removal.name.project))
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no gate of this name."), {}});
    if (gate->timestamp + protocol::gateStaleAfter >= protocol::now())
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("A gate can be deleted once it was not heard of for %1 days.")
                                 .arg(protocol::gateStaleAfter.count()),
                             {QStringLiteral("gate: was heard of at ") + protocol::toIso(gate->timestamp)}});
    PRISM_TRY(transaction.gates().forget(removal.name));
    const QByteArray name = protocol::writtenJson(QJsonObject{
        {QLatin1String("project"), removal.name.project}, {QLatin1String("gate"), removal.name.gate}});
    PRISM_TRY(Change(transaction, actor).note("gate.delete", removal.name.gate, name, {}));
    return Encoded{name};
}

Result<bool> Gates::recountSome(Transaction& transaction, const Actor& actor)
{
    constexpr int most = 200; // about 20 ms
    store::GateRecount recounted;
    PRISM_TRY_ASSIGN(const bool more, transaction.gates().recountSome(most, recounted));
    for (const store::GateTurn& turn : recounted.turns) {
        PRISM_TRY_ASSIGN(const protocol::Check& check, transaction.checks().excerpt(turn.checkId));
        PRISM_TRY(announce(transaction, actor, turn, encodeExcerpt(check)));
    }
    return more;
}

} // namespace prism::service
