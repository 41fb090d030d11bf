#pragma once

#include <QByteArray>
#include <QString>

namespace prism::api {

/// The Content-Disposition of an answer that is to be saved under this name (RFC 6266), whatever it is. What
/// has a meaning in a path or forges a header becomes '_'; a name beyond ASCII is there twice, as ASCII for
/// those who know no better and percent-encoded (RFC 8187).
QByteArray attachment(const QString& fileName);

} // namespace prism::api
