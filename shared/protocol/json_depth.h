#pragma once

#include <QByteArray>

namespace prism::protocol {

/// Whether objects and arrays are nested more than `maxDepth` deep in this JSON text. To be asked before
/// parsing: QJsonDocument's own limit of 1,024 is fixed.
bool isNestedDeeperThan(const QByteArray& text, int maxDepth);

} // namespace prism::protocol
