#pragma once

#include <QByteArray>

namespace prism::realtime {

/// What a client asked for that opens a WebSocket; the request was found to be one.
struct UpgradeRequest
{
    QByteArray key;    ///< Sec-WebSocket-Key
    QByteArray query;  ///< of the address, as it was sent
    QByteArray behind; ///< what arrived behind the request's head
};

} // namespace prism::realtime
