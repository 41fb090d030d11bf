#include "client/net/self.h"

#include <QJsonArray>
#include <QJsonObject>

namespace prism::net {

namespace {

protocol::Reach reachOf(const QJsonObject& json)
{
    QStringList projects;
    const QJsonArray names = json.value(QLatin1String("projects")).toArray();
    for (const auto& name : names)
        projects.append(name.toString());
    return protocol::Reach(projects);
}

} // namespace

protocol::Result<Self> selfFromJson(const QJsonObject& json)
{
    const auto role = protocol::valueOf(protocol::roleNames, json.value(QLatin1String("role")).toString());
    if (!role)
        return protocol::Failure(protocol::Error{protocol::ErrorCode::Validation,
                                                 QStringLiteral("The role is not known."),
                                                 {QStringLiteral("role: is not known")}});
    return Self{*role, json.value(QLatin1String("name")).toString(),
                protocol::fromIso(json.value(QLatin1String("expiresAt")).toString()),
                json.value(QLatin1String("id")).toString(), reachOf(json)};
}

} // namespace prism::net
