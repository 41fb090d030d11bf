#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QString>

#include <chrono>

class QJsonObject;

namespace prism::net {

/// That a dashboard may be let in now, as that dashboard alone is told.
struct BegunPairing
{
    QString id;
    QString code;                   ///< to be shown to whoever lets it in
    QByteArray secret;              ///< by which it collects its token
    std::chrono::milliseconds life; ///< of the code, by the server's own clock

    bool operator==(const BegunPairing&) const = default;
};

protocol::Result<BegunPairing> begunPairingFromJson(const QJsonObject& json);

/// The token that it was let in by; empty while it waits.
protocol::Result<QByteArray> collectedTokenFromJson(const QJsonObject& json);

} // namespace prism::net
