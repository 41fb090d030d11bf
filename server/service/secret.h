#pragma once

#include <QByteArray>

namespace prism::service {

/// 256 random bits, as a text without signs that anything takes for its own.
QByteArray makeSecret();

} // namespace prism::service
