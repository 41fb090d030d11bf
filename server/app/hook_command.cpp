#include "server/app/hook_command.h"

#include "server/app/admin_client.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

namespace prism::app {

using protocol::Result;

namespace {

QJsonObject requestOf(const HookCommand& command)
{
    if (command.command == QLatin1String("revoke"))
        return {{QLatin1String("id"), command.subject}};
    QJsonObject json;
    if (command.command == QLatin1String("create")) {
        json.insert(QLatin1String("provider"), command.subject);
        if (!command.project.isEmpty())
            json.insert(QLatin1String("project"), command.project);
    }
    return json;
}

QStringList linesOf(const HookCommand& command, const QString& publicUrl, const QJsonObject& data)
{
    const auto text = [](const QJsonValue& object, const char* name) {
        return object[QLatin1String(name)].toString();
    };
    if (command.command == QLatin1String("create"))
        return {QStringLiteral("id       ") + text(data, "id"),
                QStringLiteral("address  %1/api/v1/hooks/%2/%3")
                    .arg(publicUrl, text(data, "provider"), text(data, "id")),
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
    PRISM_TRY_ASSIGN(const QJsonObject data,
                     askAdmin(config, QStringLiteral("hook ") + command.command, requestOf(command)));
    return linesOf(command, config.publicUrl, data);
}

} // namespace prism::app
