#include "server/app/hook_command.h"

#include "server/app/admin_commands.h"
#include "server/app/admin_socket.h"
#include "server/app/database_writer.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

#include <future>
#include <memory>

namespace prism::app {

using protocol::Result;

namespace {

QByteArray requestOf(const HookCommand& command, const Config& config)
{
    QJsonObject json{{QLatin1String("database"), config.databaseFile},
                     {QLatin1String("command"), QStringLiteral("hook ") + command.command}};
    if (command.command == QLatin1String("create")) {
        json.insert(QLatin1String("provider"), command.subject);
        if (!command.project.isEmpty())
            json.insert(QLatin1String("project"), command.project);
    } else if (command.command == QLatin1String("revoke")) {
        json.insert(QLatin1String("id"), command.subject);
    }
    return protocol::writtenJson(json);
}

Result<QByteArray> askDatabase(const Config& config, std::unique_ptr<OpenedDatabase> opened,
                               const QByteArray& request)
{
    DatabaseWriter database(config, std::move(opened));
    const auto told = std::make_shared<std::promise<QByteArray>>();
    std::future<QByteArray> envelope = told->get_future();
    AdminCommands(config.databaseFile, database.writes(), database.opened().hooks, config.mostHooks)
        .carryOut(request, [told](const QByteArray& answer) { told->set_value(answer); });
    return envelope.get();
}

/// The server that has the database, where one does.
Result<QByteArray> ask(const Config& config, const QByteArray& request)
{
    Result<std::unique_ptr<OpenedDatabase>> opened = openDatabase(config);
    if (opened)
        return askDatabase(config, std::move(*opened), request);
    if (opened.error().details.isEmpty())
        return protocol::Failure(opened.error());
    return AdminSocket::ask(AdminSocket::pathIn(config.dataFolder), request);
}

QStringList linesOf(const HookCommand& command, const QJsonObject& data)
{
    const auto text = [](const QJsonValue& object, const char* name) {
        return object[QLatin1String(name)].toString();
    };
    if (command.command == QLatin1String("create"))
        return {QStringLiteral("id       ") + text(data, "id"),
                QStringLiteral("address  /api/v1/hooks/%1/%2").arg(text(data, "provider"), text(data, "id")),
                QStringLiteral("secret   ") + text(data, "secret")};
    if (command.command == QLatin1String("revoke"))
        return {QStringLiteral("revoked  ") + text(data, "id")};
    QStringList lines;
    const QJsonArray hooks = data[QLatin1String("hooks")].toArray();
    for (const auto& hook : hooks)
        lines.append(QStringList{text(hook, "id"), text(hook, "createdAt"), text(hook, "provider"),
                                 text(hook, "project")}
                         .join(QStringLiteral("  "))
                         .trimmed());
    return lines;
}

} // namespace

std::optional<HookCommand> readHookCommand(const QStringList& arguments, const QString& project)
{
    const HookCommand command{arguments.value(0), arguments.value(1), project};
    const bool isList = command.command == QLatin1String("list") && arguments.size() == 1;
    const bool isOther =
        (command.command == QLatin1String("create") || command.command == QLatin1String("revoke")) &&
        arguments.size() == 2;
    return isList || isOther ? std::optional(command) : std::nullopt;
}

Result<QStringList> runHookCommand(const HookCommand& command, const Config& config)
{
    PRISM_TRY_ASSIGN(const QByteArray envelope, ask(config, requestOf(command, config)));
    PRISM_TRY_ASSIGN(const QJsonValue data, protocol::openEnvelope(envelope));
    return linesOf(command, data.toObject());
}

} // namespace prism::app
