#include "server/service/hooks.h"

#include "server/service/change.h"
#include "server/store/uuid.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <array>

Q_DECLARE_LOGGING_CATEGORY(lcService)

namespace prism::service {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using store::Hook;
using store::Transaction;

namespace {

/// 256 random bits, as GitLab wants a key to look that it signs by; to the others it is a text.
QByteArray makeSigningKey()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    const QByteArray bytes(reinterpret_cast<const char*>(bits.data()), sizeof(bits));
    return "whsec_" + bytes.toBase64();
}

QJsonObject described(const Hook& hook)
{
    QJsonObject json{{QLatin1String("id"), hook.id},
                     {QLatin1String("provider"), hook.provider},
                     {QLatin1String("createdAt"), protocol::toIso(hook.created)}};
    if (!hook.project.isEmpty())
        json.insert(QLatin1String("project"), hook.project);
    return json;
}

} // namespace

Result<void> Hooks::publish(Transaction& transaction, const QString& what) const
{
    PRISM_TRY_ASSIGN(const std::vector<Hook> all, transaction.hooks().all());
    transaction.whenCommitted([&book = m_book, all, what] {
        book.publish(all);
        qCInfo(lcService).noquote() << what;
    });
    return {};
}

Result<Encoded> Hooks::create(Transaction& transaction, const Actor& actor, const NewHook& hook) const
{
    PRISM_TRY_ASSIGN(const std::vector<Hook> all, transaction.hooks().all());
    if (all.size() >= std::size_t(m_most))
        return Failure(
            Error{ErrorCode::Quota,
                  QStringLiteral("There are %1 hooks, and no more are allowed (--max-hooks). Revoke "
                                 "those that are not needed.")
                      .arg(all.size())});
    const Hook made{store::makeUuidV7(), hook.provider, hook.project, makeSigningKey(), protocol::now()};
    PRISM_TRY(transaction.hooks().insert(made));
    PRISM_TRY(publish(transaction, QStringLiteral("made the hook %1 for %2").arg(made.id, made.provider)));
    QJsonObject json = described(made);
    PRISM_TRY(Change(transaction, actor).note("hook.create", made.id, {}, protocol::writtenJson(json)));
    json.insert(QLatin1String("secret"), QString::fromLatin1(made.secret));
    return Encoded{protocol::writtenJson(json)};
}

Result<Encoded> Hooks::list(Transaction& transaction)
{
    PRISM_TRY_ASSIGN(const std::vector<Hook> all, transaction.hooks().all());
    QJsonArray list;
    for (const Hook& hook : all)
        list.append(described(hook));
    return Encoded{protocol::writtenJson(QJsonObject{{QLatin1String("hooks"), list}})};
}

Result<Encoded> Hooks::revoke(Transaction& transaction, const Actor& actor, const QString& id) const
{
    PRISM_TRY_ASSIGN(const bool wasThere, transaction.hooks().remove(id));
    if (!wasThere)
        return Failure(Error{ErrorCode::NotFound, QStringLiteral("There is no hook with this id.")});
    PRISM_TRY(Change(transaction, actor).note("hook.revoke", id, {}, {}));
    PRISM_TRY(publish(transaction, QStringLiteral("revoked the hook %1").arg(id)));
    return Encoded{protocol::writtenJson(QJsonObject{{QLatin1String("id"), id}})};
}

} // namespace prism::service
