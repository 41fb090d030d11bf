#include "server/service/tokens.h"

#include "server/service/change.h"
#include "server/service/secret.h"
#include "server/store/uuid.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/token_text.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcService)

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Presence;
using protocol::Result;
using store::Token;
using store::Transaction;

namespace {

Encoded toldOnce(const Token& token, const QByteArray& secret)
{
    QJsonObject json = Tokens::described(token);
    json.insert(QLatin1String("token"), protocol::tokenText({token.id, secret}));
    return Encoded{protocol::writtenJson(json)};
}

Error earlierSecretHolds(protocol::Timestamp until)
{
    return {ErrorCode::AlreadyExists,
            QStringLiteral("The token was made anew, and the secret before this one is good until %1. Do it "
                           "then, or with an overlap of 0 hours, which ends both at once.")
                .arg(protocol::toIso(until))};
}

/// Whose token it is by which an admin asks, who may have been one when the request began and be none now.
Result<QString> nameOfAdmin(Transaction& transaction, const Actor& actor)
{
    if (actor.token.isEmpty())
        return QString();
    PRISM_TRY_ASSIGN(const std::optional<Token> token, transaction.tokens().find(actor.token));
    if (!token || token->role != protocol::Role::Admin || token->expires <= protocol::now())
        return Failure(Error{ErrorCode::TokenInvalid, QStringLiteral("The token is not valid any more.")});
    return token->name;
}

/// Without anything that anybody could sign in by.
QByteArray noted(const Token& token)
{
    return protocol::writtenJson(Tokens::described(token));
}

Error noSuchToken()
{
    return {ErrorCode::NotFound, QStringLiteral("There is no token with this id.")};
}

} // namespace

std::chrono::days readLife(protocol::ObjectReader& reader)
{
    constexpr qint64 usual = 365;
    constexpr qint64 longest = 3'650;
    return std::chrono::days(
        reader.integer(QLatin1String("expiresInDays"), Presence::Optional, 1, longest).value_or(usual));
}

protocol::Reach readReachOf(protocol::Role role, protocol::ObjectReader& reader)
{
    constexpr qsizetype most = 20;
    const protocol::Reach reach = protocol::readReach(reader, most);
    if (reach.isLimited() && role == protocol::Role::Admin)
        reader.refuse(ErrorCode::Validation, QLatin1String("projects"),
                      QStringLiteral("cannot be given to an admin, who sees to the whole server"));
    return reach;
}

NewToken readNewToken(protocol::ObjectReader& reader)
{
    constexpr qsizetype longestName = 100;
    NewToken wanted;
    wanted.name = reader.text(QLatin1String("name"), Presence::Required, longestName).value_or(QString());
    wanted.role =
        reader.choice(QLatin1String("role"), Presence::Required, protocol::roleNames).value_or(wanted.role);
    wanted.reach = readReachOf(wanted.role, reader);
    wanted.life = readLife(reader);
    return wanted;
}

Rotation readRotation(protocol::ObjectReader& reader)
{
    constexpr qint64 longestOverlap = 720;
    Rotation wanted;
    wanted.overlap = std::chrono::hours(
        reader.integer(QLatin1String("overlapHours"), Presence::Optional, 0, longestOverlap)
            .value_or(wanted.overlap.count()));
    return wanted;
}

QJsonObject Tokens::described(const Token& token)
{
    QJsonObject json{{QLatin1String("id"), token.id},
                     {QLatin1String("name"), token.name},
                     {QLatin1String("role"), QString(protocol::nameOf(protocol::roleNames, token.role))},
                     {QLatin1String("createdAt"), protocol::toIso(token.created)},
                     {QLatin1String("expiresAt"), protocol::toIso(token.expires)}};
    if (token.reach.isLimited())
        json.insert(QLatin1String("projects"), QJsonArray::fromStringList(token.reach.projects()));
    if (!token.createdBy.isEmpty())
        json.insert(QLatin1String("createdBy"), token.createdBy);
    if (token.used)
        json.insert(QLatin1String("usedAt"), protocol::toIso(*token.used));
    if (!token.previous.isEmpty() && token.previousUntil > protocol::now())
        json.insert(QLatin1String("previousUntil"), protocol::toIso(token.previousUntil));
    return json;
}

Result<void> Tokens::publish(Transaction& transaction, const QString& what) const
{
    PRISM_TRY_ASSIGN(const std::vector<Token> all, transaction.tokens().all());
    transaction.whenCommitted([&book = m_book, all, what] {
        book.publish(all);
        qCInfo(lcService).noquote() << what;
    });
    return {};
}

Result<Encoded> Tokens::create(Transaction& transaction, const Actor& actor, const NewToken& wanted) const
{
    PRISM_TRY_ASSIGN(const QString by, nameOfAdmin(transaction, actor));
    PRISM_TRY_ASSIGN(const std::vector<Token> all, transaction.tokens().all());
    if (all.size() >= std::size_t(m_most))
        return Failure(
            Error{ErrorCode::Quota,
                  QStringLiteral("There are %1 tokens, and no more are allowed (--max-tokens). Revoke "
                                 "those that are not needed.")
                      .arg(all.size())});
    const QByteArray secret = makeSecret();
    Token made;
    made.id = store::makeUuidV7();
    made.name = wanted.name;
    made.role = wanted.role;
    made.reach = wanted.reach;
    made.hash = protocol::hashOfSecret(secret);
    made.created = protocol::now();
    made.expires = made.created + wanted.life;
    made.createdBy = by;
    PRISM_TRY(transaction.tokens().put(made));
    PRISM_TRY(Change(transaction, actor).note("token.create", made.id, {}, noted(made)));
    PRISM_TRY(publish(transaction, QStringLiteral("made the token %1").arg(made.id)));
    return toldOnce(made, secret);
}

Result<Encoded> Tokens::list(store::TokenReader& tokens)
{
    PRISM_TRY_ASSIGN(const std::vector<Token> all, tokens.all());
    QJsonArray list;
    for (const Token& token : all)
        list.append(described(token));
    return Encoded{protocol::writtenJson(QJsonObject{{QLatin1String("tokens"), list}})};
}

Result<Encoded> Tokens::rotate(Transaction& transaction, const Actor& actor, const Rotation& wanted) const
{
    PRISM_TRY(nameOfAdmin(transaction, actor));
    PRISM_TRY_ASSIGN(std::optional<Token> token, transaction.tokens().find(wanted.id));
    if (!token)
        return Failure(noSuchToken());
    const protocol::Timestamp now = protocol::now();
    if (wanted.overlap.count() > 0 && !token->previous.isEmpty() && token->previousUntil > now)
        return Failure(earlierSecretHolds(token->previousUntil));
    const QByteArray before = noted(*token);
    const QByteArray secret = makeSecret();
    token->previous = std::exchange(token->hash, protocol::hashOfSecret(secret));
    token->previousUntil = std::min<protocol::Timestamp>(now + wanted.overlap, token->expires);
    token->expires = now + (token->expires - token->created);
    token->created = now;
    PRISM_TRY(transaction.tokens().put(*token));
    PRISM_TRY(Change(transaction, actor).note("token.rotate", token->id, before, noted(*token)));
    PRISM_TRY(publish(transaction, QStringLiteral("rotated the token %1").arg(token->id)));
    return toldOnce(*token, secret);
}

Result<Encoded> Tokens::revoke(Transaction& transaction, const Actor& actor, const QString& id) const
{
    PRISM_TRY(nameOfAdmin(transaction, actor));
    PRISM_TRY_ASSIGN(const std::optional<Token> token, transaction.tokens().find(id));
    if (!token)
        return Failure(noSuchToken());
    PRISM_TRY(Change(transaction, actor).note("token.revoke", id, noted(*token), {}));
    PRISM_TRY(transaction.tokens().remove(id));
    PRISM_TRY(publish(transaction, QStringLiteral("revoked the token %1").arg(id)));
    return Encoded{protocol::writtenJson(QJsonObject{{QLatin1String("id"), id}})};
}

Result<void> Tokens::noteUses(Transaction& transaction, const QHash<QString, protocol::Timestamp>& uses)
{
    for (auto use = uses.cbegin(); use != uses.cend(); ++use)
        PRISM_TRY(transaction.tokens().noteUse(use.key(), use.value()));
    return {};
}

} // namespace prism::service
