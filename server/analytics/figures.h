#pragma once

#include "shared/protocol/check.h"
#include "shared/protocol/retro.h"

#include <array>
#include <optional>

namespace prism::analytics {

class ByteReader;
class ByteWriter;

/// The part of the whole that a part is, from 0 to 1; nothing of an empty whole.
std::optional<double> ratio(qint64 part, qint64 whole);

/// What happened, in numbers that add up. A plain value.
struct Figures
{
    static constexpr qint64 mostHits = 10;

    qint64 checks = 0;
    qint64 passed = 0;
    qint64 checksWithViolations = 0;    ///< with at least one that is not marked false positive
    qint64 violations = 0;              ///< not marked false positive
    qint64 falsePositives = 0;          ///< violations that are
    std::array<qint64, 3> bySeverity{}; ///< of `violations`, in the order of protocol::Severity
    qint64 hits = 0; ///< of `violations`, at most `mostHits` a check: a report of thousands says no more
    qint64 retros = 0;
    qint64 timedRetros = 0;   ///< with a duration above 0
    double retroDuration = 0; ///< of those together, in ms

    void add(const protocol::Check& check);
    void add(const protocol::Retro& retro);

    /// Counts the violations alone, `sign` times (1 or −1).
    void countViolations(const protocol::Check& check, int sign);

    Figures& operator+=(const Figures& other);
    Figures& operator-=(const Figures& other);

    /// Of those above 0; nothing when there are none.
    std::optional<double> meanRetroDuration() const;

    /// Whether none is negative, as of all that happened. What a mark changes may be.
    bool areCounts() const;

    void write(ByteWriter& writer) const;
    static Figures read(ByteReader& reader);

    bool operator==(const Figures&) const = default;

    /// The same, but for what adding up in another order makes of the sum of durations.
    bool agrees(const Figures& other) const;
};

/// Whether two sums may be of the same numbers, added up in another order.
bool agreeAsSums(double a, double b);

} // namespace prism::analytics
