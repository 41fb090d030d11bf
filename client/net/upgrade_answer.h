#pragma once

#include <QByteArray>
#include <QString>

namespace prism::net {

/// Why a server's answer to a request for a WebSocket with this key opens none (RFC 6455, section 4.1); empty
/// when it does. `head` is the answer's, without the empty line that ends it.
QString upgradeProblem(const QByteArray& head, const QByteArray& key);

} // namespace prism::net
