#pragma once

#include <QByteArray>

#include <functional>

namespace prism::realtime {

/// What a client asked for that opens a WebSocket; the request was found to be one.
struct UpgradeRequest
{
    QByteArray key;    ///< Sec-WebSocket-Key
    QByteArray query;  ///< of the address, as it was sent
    QByteArray behind; ///< what arrived behind the request's head

    /// Asked for each frame from the client: whether all that are counted together with it send no more than
    /// they may. None where nobody counts.
    std::function<bool()> mayTakeFrame = {};
};

} // namespace prism::realtime
