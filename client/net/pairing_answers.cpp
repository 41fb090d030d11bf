#include "client/net/pairing_answers.h"

#include "shared/protocol/timestamp.h"
#include "shared/protocol/token_text.h"

#include <QJsonObject>

namespace prism::net {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

Result<BegunPairing> begunPairingFromJson(const QJsonObject& json)
{
    const auto text = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
    const auto since = protocol::fromIso(text("createdAt"));
    const auto until = protocol::fromIso(text("expiresAt"));
    const BegunPairing begun{text("id"), text("code"), text("pollSecret").toLatin1(),
                             since && until ? *until - *since : std::chrono::milliseconds(0)};
    if (begun.id.isEmpty() || begun.code.isEmpty() || begun.secret.isEmpty() || begun.life.count() <= 0)
        return Failure(Error{ErrorCode::Validation, QStringLiteral("The pairing is not complete."), {}});
    return begun;
}

Result<QByteArray> collectedTokenFromJson(const QJsonObject& json)
{
    if (json.value(QLatin1String("waiting")).toBool())
        return QByteArray();
    QByteArray token = json.value(QLatin1String("token")).toString().toLatin1();
    if (!protocol::readToken(token))
        return Failure(Error{ErrorCode::Validation, QStringLiteral("There is no token in it."), {}});
    return token;
}

} // namespace prism::net
