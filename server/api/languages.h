#pragma once

#include <QByteArray>
#include <QStringList>

namespace prism::api {

/// The languages of an Accept-Language header, the most wanted first (RFC 9110, section 12.5.4), without
/// those that are not wanted and without "*".
QStringList preferredLanguages(const QByteArray& header);

} // namespace prism::api
