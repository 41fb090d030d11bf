#include "client/net/self.h"

#include <QJsonObject>

namespace prism::net {

protocol::Result<Self> selfFromJson(const QJsonObject& json)
{
    const auto role = protocol::valueOf(protocol::roleNames, json.value(QLatin1String("role")).toString());
    if (!role)
        return protocol::Failure(protocol::Error{protocol::ErrorCode::Validation,
                                                 QStringLiteral("The role is not known."),
                                                 {QStringLiteral("role: is not known")}});
    return Self{*role, json.value(QLatin1String("name")).toString(),
                protocol::fromIso(json.value(QLatin1String("expiresAt")).toString()),
                json.value(QLatin1String("id")).toString()};
}

} // namespace prism::net
