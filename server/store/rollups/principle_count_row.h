#pragma once

#include "server/analytics/principle_counts.h"

#include <QByteArray>

#include <optional>

/// A row's bytes. `part` says of which numbers it is: from `part` times PrincipleCountReader::numbersARow on.
namespace prism::store::principle_count_row {

QByteArray encode(qint64 part, const analytics::PrincipleCounts& counts);

/// Nothing when the bytes are damaged or of another part.
std::optional<analytics::PrincipleCounts> decode(qint64 part, QByteArrayView bytes);

} // namespace prism::store::principle_count_row
