#include "server/app/token_command.h"

#include "server/app/admin_client.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

namespace prism::app {

using protocol::Result;

namespace {

constexpr QLatin1String approve("approve");
constexpr QLatin1String create("create");
constexpr QLatin1String list("list");
constexpr QLatin1String revoke("revoke");
constexpr QLatin1String rotate("rotate");

/// What is no number is refused as such by whoever reads it.
QJsonObject limited(QJsonObject request, const TokenCommand& command)
{
    const QString& days = command.days;
    bool isNumber = false;
    const qint64 number = days.toLongLong(&isNumber);
    if (!days.isEmpty())
        request.insert(QLatin1String("expiresInDays"), isNumber ? QJsonValue(number) : QJsonValue(days));
    if (!command.projects.isEmpty())
        request.insert(QLatin1String("projects"), QJsonArray::fromStringList(command.projects));
    return request;
}

QJsonObject requestOf(const TokenCommand& command)
{
    if (command.command == create)
        return limited({{QLatin1String("name"), command.name}, {QLatin1String("role"), command.role}},
                       command);
    if (command.command == list)
        return {};
    if (command.command == approve)
        return limited({{QLatin1String("code"), command.id}, {QLatin1String("role"), command.role}}, command);
    return {{QLatin1String("id"), command.id}};
}

QString text(const QJsonValue& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

QString reachOf(const QJsonValue& token)
{
    QStringList projects;
    const QJsonArray names = token[QLatin1String("projects")].toArray();
    for (const auto& project : names)
        projects.append(project.toString());
    return projects.join(QStringLiteral(", "));
}

/// Whose token is used by whom is told by when it was used last.
QString lineOf(const QJsonValue& token)
{
    const QString used = text(token, "usedAt");
    const QString reach = reachOf(token);
    return QStringList{text(token, "id"), text(token, "role"), text(token, "expiresAt"),
                       used.isEmpty() ? QStringLiteral("never used") : used,
                       text(token, "name") + (reach.isEmpty() ? reach : QStringLiteral("  of ") + reach)}
        .join(QStringLiteral("  "));
}

QStringList linesOf(const TokenCommand& command, const QJsonObject& data)
{
    if (command.command == revoke)
        return {QStringLiteral("revoked  ") + text(data, "id")};
    if (command.command == approve)
        return {QStringLiteral("paired   ") + text(data, "name"),
                QStringLiteral("role     ") + text(data, "role"),
                QStringLiteral("address  ") + text(data, "address")};
    if (command.command != list)
        return {QStringLiteral("id       ") + text(data, "id"),
                QStringLiteral("role     ") + text(data, "role"),
                QStringLiteral("expires  ") + text(data, "expiresAt"),
                QStringLiteral("token    ") + text(data, "token")};
    QStringList lines;
    const QJsonArray tokens = data[QLatin1String("tokens")].toArray();
    for (const auto& token : tokens)
        lines.append(lineOf(token));
    return lines;
}

} // namespace

std::optional<TokenCommand> readTokenCommand(const QStringList& arguments, const QString& name,
                                             const QString& role, const QStringList& projects,
                                             const QString& days)
{
    const TokenCommand command{arguments.value(0), arguments.value(1), name, role, projects, days};
    const bool isWhole = (command.command == create || command.command == list) && arguments.size() == 1;
    const bool isOfOne =
        (command.command == revoke || command.command == rotate || command.command == approve) &&
        arguments.size() == 2;
    return isWhole || isOfOne ? std::optional(command) : std::nullopt;
}

Result<QStringList> runTokenCommand(const TokenCommand& command, const Config& config)
{
    PRISM_TRY_ASSIGN(const QJsonObject data,
                     askAdmin(config, QStringLiteral("token ") + command.command, requestOf(command)));
    return linesOf(command, data);
}

} // namespace prism::app
