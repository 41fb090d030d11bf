#pragma once

#include "shared/protocol/json_reader.h"
#include "shared/protocol/position.h"
#include "shared/protocol/timestamp.h"

namespace prism::protocol {

/// What a computed answer is made of: as of which moment, and of which events.
struct Origin
{
    Timestamp generatedAt = {};
    Position position = {};
    bool approximate = false; ///< some of what it counts is known to whole hours only, or not kept any more

    bool operator==(const Origin&) const = default;
};

/// Its fields stand among those of the answer itself.
void addTo(QJsonObject& answer, const Origin& origin);
Origin readOrigin(ObjectReader& answer);

} // namespace prism::protocol
