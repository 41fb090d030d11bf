#include "server/analytics/principle_sum.h"

#include <algorithm>

namespace prism::analytics {

void PrincipleSum::append(const NumberedCount& entry)
{
    if (entry.count == 0)
        return;
    m_kept.push_back(entry);
    if (m_kept.size() >= 2 * m_most)
        leaveOutSmallest();
}

void PrincipleSum::add(const PrincipleCounts& more)
{
    PrincipleCounts others;
    auto place = m_kept.begin();
    for (const NumberedCount& entry : more) {
        place = std::lower_bound(
            place, m_kept.end(), entry.principle,
            [](const NumberedCount& each, qint64 principle) { return each.principle < principle; });
        if (place != m_kept.end() && place->principle == entry.principle)
            place->count += entry.count;
        else
            others.push_back(entry);
    }
    if (others.empty())
        return;
    if (isComplete()) {
        m_kept = sumOf(m_kept, others);
        if (m_kept.size() >= 2 * m_most)
            leaveOutSmallest();
        return;
    }
    m_late = sumOf(m_late, others);
    if (m_late.size() > m_most) {
        m_late = {};
        m_isLost = true;
    }
}

std::optional<PrincipleCounts> PrincipleSum::top(std::size_t limit) const
{
    std::vector<qint64> greatest;
    for (const NumberedCount& entry : m_kept) {
        if (entry.count > 0)
            greatest.push_back(entry.count);
    }
    qint64 least = 1;
    if (limit > 0 && greatest.size() >= limit) {
        const auto last = greatest.begin() + std::ptrdiff_t(limit) - 1;
        std::nth_element(greatest.begin(), last, greatest.end(), std::greater<>());
        least = *last;
    }
    // A principle that is not kept may not even have as many: of equal ones the id decides.
    const bool isFull = greatest.size() >= limit;
    if (!isComplete() && (m_isLost || !isFull || least <= mostOfOthers()))
        return std::nullopt;
    PrincipleCounts top;
    std::copy_if(m_kept.begin(), m_kept.end(), std::back_inserter(top),
                 [least](const NumberedCount& entry) { return entry.count >= least; });
    return top;
}

qint64 PrincipleSum::mostOfOthers() const
{
    qint64 later = 0;
    for (const NumberedCount& entry : m_late)
        later = std::max(later, entry.count);
    return m_bound + later;
}

void PrincipleSum::leaveOutSmallest()
{
    const auto kept = m_kept.begin() + std::ptrdiff_t(m_most);
    std::nth_element(m_kept.begin(), kept, m_kept.end(),
                     [](const NumberedCount& a, const NumberedCount& b) { return a.count > b.count; });
    // *kept is the greatest of those that go. What is not above 0 does not bound anything by itself.
    m_bound = std::max({m_bound, kept->count, qint64(1)});
    m_kept.erase(kept, m_kept.end());
    std::sort(m_kept.begin(), m_kept.end(),
              [](const NumberedCount& a, const NumberedCount& b) { return a.principle < b.principle; });
}

} // namespace prism::analytics
