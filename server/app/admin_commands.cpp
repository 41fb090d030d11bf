#include "server/app/admin_commands.h"

#include "server/hooks/provider.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/json_reader.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/try.h"

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Name;
using protocol::Presence;
using protocol::Result;
using service::Encoded;
using store::Transaction;

namespace {

using UseCase = std::function<Result<Encoded>(Transaction&)>;

/// Reads of a request what its command takes.
using ReadCommand = UseCase (*)(protocol::ObjectReader& reader, const AdminUseCases& all);

service::Actor byOperator()
{
    return {service::Actor::Kind::Operator};
}

QString textOf(protocol::ObjectReader& reader, const char* name, Presence presence)
{
    constexpr qsizetype longest = 100;
    return reader.text(QLatin1String(name), presence, longest).value_or(QString());
}

UseCase createHook(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    service::NewHook wanted;
    if (const auto provider =
            reader.choice(QLatin1String("provider"), Presence::Required, hooks::providerNames))
        wanted.provider = protocol::nameOf(hooks::providerNames, *provider);
    wanted.project = textOf(reader, "project", Presence::Optional);
    return [wanted, hooks = all.hooks](Transaction& transaction) {
        return hooks.create(transaction, byOperator(), wanted);
    };
}

UseCase listHooks(protocol::ObjectReader& /*unused*/, const AdminUseCases& /*unused*/)
{
    return &service::Hooks::list;
}

UseCase revokeHook(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    return [id = textOf(reader, "id", Presence::Required), hooks = all.hooks](Transaction& transaction) {
        return hooks.revoke(transaction, byOperator(), id);
    };
}

UseCase createToken(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    return [wanted = service::readNewToken(reader), tokens = all.tokens](Transaction& transaction) {
        return tokens.create(transaction, byOperator(), wanted);
    };
}

UseCase listTokens(protocol::ObjectReader& /*unused*/, const AdminUseCases& /*unused*/)
{
    return [](Transaction& transaction) { return service::Tokens::list(transaction.tokens()); };
}

UseCase rotateToken(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    service::Rotation wanted = service::readRotation(reader);
    wanted.id = textOf(reader, "id", Presence::Required);
    return [wanted, tokens = all.tokens](Transaction& transaction) {
        return tokens.rotate(transaction, byOperator(), wanted);
    };
}

UseCase revokeToken(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    return [id = textOf(reader, "id", Presence::Required), tokens = all.tokens](Transaction& transaction) {
        return tokens.revoke(transaction, byOperator(), id);
    };
}

UseCase approvePairing(protocol::ObjectReader& reader, const AdminUseCases& all)
{
    return [approval = service::readApproval(reader), pairing = all.pairing](Transaction& transaction) {
        return pairing.approve(transaction, byOperator(), approval);
    };
}

constexpr std::array<Name<ReadCommand>, 8> commands{{{createHook, "hook create"},
                                                     {listHooks, "hook list"},
                                                     {revokeHook, "hook revoke"},
                                                     {createToken, "token create"},
                                                     {listTokens, "token list"},
                                                     {rotateToken, "token rotate"},
                                                     {revokeToken, "token revoke"},
                                                     {approvePairing, "token approve"}}};

struct Request
{
    QString database;
    UseCase useCase;
};

Result<Request> readRequest(const QByteArray& line, const AdminUseCases& all)
{
    constexpr int maxDepth = 4;
    constexpr qsizetype pathLength = 4'096;
    PRISM_TRY_ASSIGN(const QJsonObject json, protocol::parseObject(line, maxDepth));
    protocol::Problems problems;
    protocol::ObjectReader reader(json, problems);
    Request request;
    request.database =
        reader.text(QLatin1String("database"), Presence::Required, pathLength).value_or(QString());
    if (const auto read = reader.choice(QLatin1String("command"), Presence::Required, commands))
        request.useCase = (*read)(reader, all);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("This cannot be done.")));
    return request;
}

} // namespace

void AdminCommands::carryOut(const QByteArray& request, const Answer& answer)
{
    if (const Result<void> begun = begin(request, answer); !begun)
        answer(protocol::failureEnvelope(begun.error(), QString(), protocol::now()));
}

/// Somebody may have named another database and the same folder.
Result<void> AdminCommands::begin(const QByteArray& line, const Answer& answer)
{
    PRISM_TRY_ASSIGN(const Request request, readRequest(line, m_useCases));
    if (request.database != m_databaseFile)
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The server of this data folder has another database."),
                             {QStringLiteral("database: is ") + m_databaseFile}});
    m_writes.submit<Encoded>(request.useCase, [answer](const Result<Encoded>& done) {
        const protocol::Timestamp now = protocol::now();
        answer(done ? protocol::successEnvelope(done->json, QString(), now)
                    : protocol::failureEnvelope(done.error(), QString(), now));
    });
    return {};
}

} // namespace prism::app
