#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/role.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

class QJsonObject;

namespace prism::net {

/// What somebody signs in by, without what they sign in by.
struct TokenEntry
{
    QString id;
    QString name;
    protocol::Role role = protocol::Role::Viewer;
    protocol::Timestamp created{};
    QString createdBy = {}; ///< a token's name; empty for the sub-command
    protocol::Timestamp expires{};
    std::optional<protocol::Timestamp> used = {};          ///< to the minute
    std::optional<protocol::Timestamp> previousUntil = {}; ///< until when the secret before is good

    bool operator==(const TokenEntry&) const = default;
};

/// A token that is wanted.
struct TokenDraft
{
    QString name;
    protocol::Role role = protocol::Role::Viewer;
    int days = 365; ///< how long it is good
};

/// One that was made, or made anew, as it is told once.
struct MadeToken
{
    TokenEntry entry;
    QByteArray token; ///< what one signs in by

    bool operator==(const MadeToken&) const = default;
};

/// A dashboard that waits to be let in. Nobody is told its code.
struct WaitingPairing
{
    QString id;
    QString name; ///< as it calls itself
    QString address;
    protocol::Timestamp since{};
    protocol::Timestamp until{};

    bool operator==(const WaitingPairing&) const = default;
};

/// Whom to let in, and as what.
struct PairingApproval
{
    QString code;
    protocol::Role role = protocol::Role::Viewer;
    int days = 365;
};

/// A dashboard that was let in.
struct ApprovedPairing
{
    QString name;
    QString address;
    protocol::Role role = protocol::Role::Viewer;
};

/// One that cannot be read, as of a newer server, hides no other.
protocol::Result<QList<TokenEntry>> tokensFromJson(const QJsonObject& json);
protocol::Result<MadeToken> madeTokenFromJson(const QJsonObject& json);
protocol::Result<QList<WaitingPairing>> pairingsFromJson(const QJsonObject& json);
protocol::Result<ApprovedPairing> approvedPairingFromJson(const QJsonObject& json);

} // namespace prism::net
