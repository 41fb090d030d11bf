#pragma once

#include <QByteArray>

namespace prism::http {

/// What an Accept-Encoding field says of the two codings known here (RFC 9110, section 12.5.3).
struct AcceptedCodings
{
    bool gzip = false;
    bool identity = true;
    bool prefersGzip = false; ///< it is accepted, and no less wanted than identity

    static AcceptedCodings of(const QByteArray& acceptEncoding);
};

/// How a body was coded before it was sent.
enum class Coding { Identity, Gzip, Unknown };

/// The coding that a Content-Encoding field names; an absent one names none.
Coding codingOf(const QByteArray& contentEncoding);

/// Fast: for speed rather than size. Stored: as they are, which costs no more than a copy.
enum class Packing { Fast, Stored };

/// The bytes as a gzip file (RFC 1952).
QByteArray gzip(const QByteArray& bytes, Packing packing = Packing::Fast);

} // namespace prism::http
