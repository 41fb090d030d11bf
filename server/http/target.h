#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <tl/expected.hpp>

namespace prism::http {

/// What the first line of a request asks for (RFC 9112, section 3.2), in whichever of its forms. A value.
struct Target
{
    QByteArray path;      ///< encoded, begins with a slash and has no dot segments; or "*"; empty for CONNECT
    QByteArray query;     ///< encoded, without the question mark
    QByteArray authority; ///< "host:port" where the target itself names them; counts instead of Host then

    /// Reads the target of a request with this method, or says what is wrong with it. Addresses that are
    /// equivalent (RFC 3986, section 6.2.2.3) become the same path.
    static tl::expected<Target, QString> read(QByteArrayView method, QByteArrayView target);
};

/// Whether this is a host with or without a port, as a Host field has it (RFC 9110, section 7.2): not empty,
/// and without a user.
bool isAuthority(QByteArrayView text);

} // namespace prism::http
