#pragma once

#include <QByteArray>

namespace prism::http {

/// Whether an Accept-Encoding field allows gzip (RFC 9110, section 12.5.3).
bool acceptsGzip(const QByteArray& acceptEncoding);

/// The bytes as a gzip file (RFC 1952), made for speed rather than size.
QByteArray gzip(const QByteArray& bytes);

} // namespace prism::http
