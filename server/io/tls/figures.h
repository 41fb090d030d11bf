#pragma once

#include <QtGlobal>

namespace prism::io::tls {

/// What TLS was asked for and did, at one moment.
struct Figures
{
    quint64 done = 0;    ///< handshakes that led to a connection
    quint64 failed = 0;  ///< those that the two sides could not agree on, or the peer left
    quint64 late = 0;    ///< those that were given up, since they took too long or had no place
    quint64 plain = 0;   ///< peers that spoke without TLS
    quint64 running = 0; ///< handshakes that are under way, those too that have not begun to speak
    quint64 open = 0;    ///< connections
};

} // namespace prism::io::tls
