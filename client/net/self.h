#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/reach.h"
#include "shared/protocol/role.h"
#include "shared/protocol/timestamp.h"

#include <QString>

#include <optional>

class QJsonObject;

namespace prism::net {

/// Whom the server takes this client for.
struct Self
{
    protocol::Role role = protocol::Role::Admin;
    QString name = {}; ///< of the token; empty where nobody has to sign in
    std::optional<protocol::Timestamp> expires = {};
    QString id = {}; ///< of the token; no secret
    protocol::Reach reach = {};

    bool operator==(const Self&) const = default;
};

protocol::Result<Self> selfFromJson(const QJsonObject& json);

} // namespace prism::net
