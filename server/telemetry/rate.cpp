#include "server/telemetry/rate.h"

namespace prism::telemetry {

namespace {

constexpr std::chrono::seconds span{60};

} // namespace

void Rate::sample(Clock::time_point now, quint64 value)
{
    m_samples.push_back({now, value});
    while (m_samples.size() > 1 && now - m_samples[1].time >= span)
        m_samples.pop_front();
}

double Rate::perSecond(Clock::time_point now, quint64 value) const
{
    if (m_samples.empty() || now <= m_samples.front().time || value < m_samples.front().value)
        return 0;
    const std::chrono::duration<double> elapsed = now - m_samples.front().time;
    return double(value - m_samples.front().value) / elapsed.count();
}

} // namespace prism::telemetry
