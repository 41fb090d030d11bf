#pragma once

#include "shared/protocol/reach.h"
#include "shared/protocol/role.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace prism::store {

/// What somebody signs in by. Its secret is stored by its hash alone.
struct Token
{
    QString id;
    QString name; ///< whose it is, or of what
    protocol::Role role = protocol::Role::Reporter;
    protocol::Reach reach = {};
    QByteArray hash;     ///< the secret's SHA-256
    QByteArray previous; ///< that of the one before it, which holds until `previousUntil`; empty for none
    protocol::Timestamp previousUntil{};
    protocol::Timestamp created{};
    QString createdBy; ///< the name of the token by which it was made; empty for whoever has the data folder
    protocol::Timestamp expires{};
    std::optional<protocol::Timestamp> used = {}; ///< when last, to the minute

    bool operator==(const Token&) const = default;
};

} // namespace prism::store
