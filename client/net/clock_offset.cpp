#include "client/net/clock_offset.h"

#include <algorithm>

namespace prism::net {

void ClockOffset::add(protocol::Timestamp asked, protocol::Timestamp answered, protocol::Timestamp heard)
{
    if (heard < asked)
        return;
    const auto roundTrip = heard - asked;
    m_samples.push_back({roundTrip, answered - (asked + roundTrip / 2)});
    if (m_samples.size() > kept)
        m_samples.pop_front();
}

std::chrono::milliseconds ClockOffset::value() const
{
    const auto quickest =
        std::min_element(m_samples.begin(), m_samples.end(),
                         [](const Sample& a, const Sample& b) { return a.roundTrip < b.roundTrip; });
    return quickest == m_samples.end() ? std::chrono::milliseconds(0) : quickest->offset;
}

} // namespace prism::net
