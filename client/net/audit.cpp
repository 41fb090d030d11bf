#include "client/net/audit.h"

namespace prism::net {

protocol::Result<AuditEntry> auditEntryFromJson(const QJsonObject& json)
{
    const auto text = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
    const auto at = protocol::fromIso(text("at"));
    const qint64 id = json.value(QLatin1String("id")).toInteger();
    if (!at || id <= 0)
        return protocol::Failure(protocol::Error{
            protocol::ErrorCode::Validation, QStringLiteral("The entry is not complete."), {}});
    return AuditEntry{id,
                      *at,
                      text("tokenId"),
                      text("tokenName"),
                      text("address"),
                      text("action"),
                      text("subject"),
                      json.value(QLatin1String("before")).toObject(),
                      json.value(QLatin1String("after")).toObject(),
                      text("requestId"),
                      json.value(QLatin1String("count")).toInteger(1),
                      protocol::fromIso(text("lastAt"))};
}

} // namespace prism::net
