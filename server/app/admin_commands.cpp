#include "server/app/admin_commands.h"

#include "server/hooks/provider.h"
#include "server/service/hooks.h"
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
using service::Hooks;
using store::Transaction;

namespace {

enum class Command { CreateHook, ListHooks, RevokeHook };

constexpr std::array<Name<Command>, 3> commandNames{{{Command::CreateHook, "hook create"},
                                                     {Command::ListHooks, "hook list"},
                                                     {Command::RevokeHook, "hook revoke"}}};

struct Request
{
    QString database;
    Command command = Command::ListHooks;
    service::NewHook hook;
    QString id;
};

Result<Request> readRequest(const QByteArray& line)
{
    constexpr int maxDepth = 4;
    constexpr qsizetype pathLength = 4'096;
    constexpr qsizetype nameLength = 100;
    PRISM_TRY_ASSIGN(const QJsonObject json, protocol::parseObject(line, maxDepth));
    protocol::Problems problems;
    protocol::ObjectReader reader(json, problems);
    Request request;
    request.database =
        reader.text(QLatin1String("database"), Presence::Required, pathLength).value_or(QString());
    request.command =
        reader.choice(QLatin1String("command"), Presence::Required, commandNames).value_or(request.command);
    if (request.command == Command::CreateHook) {
        if (const auto provider =
                reader.choice(QLatin1String("provider"), Presence::Required, hooks::providerNames))
            request.hook.provider = protocol::nameOf(hooks::providerNames, *provider);
        request.hook.project =
            reader.text(QLatin1String("project"), Presence::Optional, nameLength).value_or(QString());
    } else if (request.command == Command::RevokeHook) {
        request.id = reader.text(QLatin1String("id"), Presence::Required, nameLength).value_or(QString());
    }
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
    PRISM_TRY_ASSIGN(Request request, readRequest(line));
    if (request.database != m_databaseFile)
        return Failure(Error{ErrorCode::Validation,
                             QStringLiteral("The server of this data folder has another database."),
                             {QStringLiteral("database: is ") + m_databaseFile}});
    m_writes.submit<Encoded>(
        [request = std::move(request), hooks = Hooks(m_hooks, m_mostHooks)](Transaction& transaction) {
            switch (request.command) {
            case Command::CreateHook:
                return hooks.create(transaction, {}, request.hook);
            case Command::RevokeHook:
                return hooks.revoke(transaction, {}, request.id);
            case Command::ListHooks:
                break;
            }
            return Hooks::list(transaction);
        },
        [answer](const Result<Encoded>& done) {
            const protocol::Timestamp now = protocol::now();
            answer(done ? protocol::successEnvelope(done->json, QString(), now)
                        : protocol::failureEnvelope(done.error(), QString(), now));
        });
    return {};
}

} // namespace prism::app
