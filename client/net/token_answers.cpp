#include "client/net/token_answers.h"

#include "shared/protocol/token_text.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonObject>

namespace prism::net {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

QString textIn(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toString();
}

std::optional<protocol::Timestamp> timeIn(const QJsonObject& json, const char* name)
{
    return protocol::fromIso(textIn(json, name));
}

Error incomplete(const QString& what)
{
    return {ErrorCode::Validation, QStringLiteral("The %1 is not complete.").arg(what), {}};
}

Result<TokenEntry> tokenFromJson(const QJsonObject& json)
{
    const auto role = protocol::valueOf(protocol::roleNames, textIn(json, "role"));
    const auto created = timeIn(json, "createdAt");
    const auto expires = timeIn(json, "expiresAt");
    const QString id = textIn(json, "id");
    if (id.isEmpty() || !role || !created || !expires)
        return Failure(incomplete(QStringLiteral("token")));
    return TokenEntry{id,
                      textIn(json, "name"),
                      *role,
                      *created,
                      textIn(json, "createdBy"),
                      *expires,
                      timeIn(json, "usedAt"),
                      timeIn(json, "previousUntil")};
}

Result<WaitingPairing> pairingFromJson(const QJsonObject& json)
{
    const auto since = timeIn(json, "createdAt");
    const auto until = timeIn(json, "expiresAt");
    if (textIn(json, "id").isEmpty() || !since || !until)
        return Failure(incomplete(QStringLiteral("pairing")));
    return WaitingPairing{textIn(json, "id"), textIn(json, "name"), textIn(json, "address"), *since, *until};
}

template <typename T>
Result<QList<T>> listIn(const QJsonObject& json, const char* name, Result<T> (*read)(const QJsonObject&))
{
    const QJsonValue value = json.value(QLatin1String(name));
    if (!value.isArray())
        return Failure(incomplete(QStringLiteral("list")));
    QList<T> list;
    const QJsonArray array = value.toArray();
    for (const auto& each : array) {
        if (const Result<T> one = read(each.toObject()))
            list.append(*one);
    }
    return list;
}

} // namespace

Result<QList<TokenEntry>> tokensFromJson(const QJsonObject& json)
{
    return listIn<TokenEntry>(json, "tokens", tokenFromJson);
}

Result<QList<WaitingPairing>> pairingsFromJson(const QJsonObject& json)
{
    return listIn<WaitingPairing>(json, "pairings", pairingFromJson);
}

Result<MadeToken> madeTokenFromJson(const QJsonObject& json)
{
    PRISM_TRY_ASSIGN(const TokenEntry entry, tokenFromJson(json));
    const QByteArray token = textIn(json, "token").toLatin1();
    if (!protocol::readToken(token))
        return Failure(incomplete(QStringLiteral("token")));
    return MadeToken{entry, token};
}

Result<ApprovedPairing> approvedPairingFromJson(const QJsonObject& json)
{
    const auto role = protocol::valueOf(protocol::roleNames, textIn(json, "role"));
    if (!role)
        return Failure(incomplete(QStringLiteral("pairing")));
    return ApprovedPairing{textIn(json, "name"), textIn(json, "address"), *role};
}

} // namespace prism::net
