#pragma once

#include <QByteArrayView>

namespace prism::analytics {

/// 64 bits that depend on these bytes alone: the same on every machine and in every version of this program,
/// as they are stored. Every bit of the result depends on every bit of the text. Not against an adversary.
quint64 stableHash(QByteArrayView bytes);

} // namespace prism::analytics
