#pragma once

#include <QString>

#include <cstdint>

namespace prism::protocol {

/// The place of an event in the one order of its database: 1 for the first, one more for each, no gaps.
using Seq = std::int64_t;

/// Names an event for ever: the database's epoch (random, made once) and the event's place in it.
struct Position
{
    QString epoch;
    Seq seq = 0;

    bool operator==(const Position&) const = default;
};

} // namespace prism::protocol
