#include "server/telemetry/telemetry.h"

namespace prism::telemetry {

Telemetry::Telemetry(std::function<Levels()> levels)
    : m_levels(std::move(levels))
    , m_started(protocol::now())
    , m_begin(Rate::Clock::now())
{
}

RequestStats& Telemetry::addRequests(const std::vector<RequestStats::Route>& routes)
{
    const std::lock_guard lock(m_mutex);
    return *m_requests.emplace_back(std::make_unique<RequestStats>(routes));
}

void Telemetry::sampleRates()
{
    const quint64 delivered = m_levels().sessions.deliveries;
    const auto now = Rate::Clock::now();
    const std::lock_guard lock(m_mutex);
    m_publishedRate.sample(now, m_published.value());
    m_deliveredRate.sample(now, delivered);
}

Figures Telemetry::figures() const
{
    Figures figures;
    figures.started = m_started;
    figures.uptime = std::chrono::duration_cast<std::chrono::milliseconds>(Rate::Clock::now() - m_begin);
    figures.levels = m_levels();
    figures.commits = m_commits.figures();
    figures.published = m_published.value();
    figures.process = ProcessFigures::read();
    figures.process.openDescriptors = m_descriptors.at(DescriptorCount::Clock::now());
    const std::lock_guard lock(m_mutex);
    for (const std::unique_ptr<RequestStats>& worker : m_requests)
        figures.requests.merge(worker->figures());
    const auto now = Rate::Clock::now();
    figures.publishedPerSecond = m_publishedRate.perSecond(now, figures.published);
    figures.deliveredPerSecond = m_deliveredRate.perSecond(now, figures.levels.sessions.deliveries);
    return figures;
}

} // namespace prism::telemetry
