#pragma once

#include "server/analytics/principle_counts.h"

#include <optional>

namespace prism::analytics {

/// What principles were violated how often in a span, for finding those that were violated most, however many
/// there are: keeps each of a few thousand, and of more only the greatest and a bound that no other exceeds.
/// What is found is exact; where it cannot be told from what is kept, nothing is found. A plain value of
/// 400 KB at most.
class PrincipleSum
{
public:
    static constexpr std::size_t mostKept = 8'192;

    explicit PrincipleSum(std::size_t most = mostKept)
        : m_most(most)
    {
    }

    /// Of a principle that was not counted yet, with a greater number than all that were.
    void append(const NumberedCount& entry);

    /// Counts what came later.
    void add(const PrincipleCounts& more);

    /// All principles with as many violations as the `limit`-th has, or more, by number; none with 0. Nothing
    /// when one that is not kept may be among them.
    std::optional<PrincipleCounts> top(std::size_t limit) const;

    std::size_t bytes() const { return (m_kept.capacity() + m_late.capacity()) * sizeof(NumberedCount); }

private:
    bool isComplete() const { return m_bound == 0; }
    void leaveOutSmallest();
    qint64 mostOfOthers() const;

    std::size_t m_most;
    PrincipleCounts m_kept;
    qint64 m_bound = 0;     ///< none that was left out had more when it was
    PrincipleCounts m_late; ///< what was added to some of those since
    bool m_isLost = false;  ///< it was added to too many of them
};

} // namespace prism::analytics
