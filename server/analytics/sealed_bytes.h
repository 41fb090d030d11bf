#pragma once

#include "server/analytics/byte_codec.h"

#include <optional>

namespace prism::analytics {

/// Puts the hash of the bytes behind them, so that no damage is taken for numbers. `context` stands for what
/// they belong to, and has to be the same when they are read.
void seal(ByteWriter& writer, quint64 context);

/// What was sealed; nothing when the seal is broken.
std::optional<QByteArrayView> unseal(QByteArrayView bytes, quint64 context);

} // namespace prism::analytics
