#include "server/api/long_polls.h"

#include <algorithm>

namespace prism::api {

namespace {

constexpr std::size_t mostPolls = 10'000;

} // namespace

LongPolls::LongPolls(const realtime::Hub& hub)
    : m_hub(hub)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LongPolls::expire);
}

bool LongPolls::wait(Attempt attempt, std::chrono::milliseconds most)
{
    if (m_polls.size() >= mostPolls)
        return false;
    m_polls.push_back({std::move(attempt), Clock::now() + most});
    // Listening begins before the first attempt, so that no event falls between the two.
    update();
    if (m_polls.back().attempt(false)) {
        m_polls.pop_back();
        update();
    }
    return true;
}

void LongPolls::attemptAll()
{
    std::erase_if(m_polls, [](const Poll& poll) { return poll.attempt(false); });
    update();
}

void LongPolls::expire()
{
    const Clock::time_point now = Clock::now();
    std::erase_if(m_polls, [now](const Poll& poll) { return poll.deadline <= now && poll.attempt(true); });
    update();
}

void LongPolls::answerAll()
{
    for (const Poll& poll : std::exchange(m_polls, {}))
        poll.attempt(true);
    update();
}

void LongPolls::update()
{
    if (m_polls.empty()) {
        m_timer.stop();
        disconnect(m_published);
        m_published = {};
        return;
    }
    if (!m_published)
        m_published =
            connect(&m_hub, &realtime::Hub::published, this, &LongPolls::attemptAll, Qt::QueuedConnection);
    const auto next = std::min_element(m_polls.begin(), m_polls.end(),
                                       [](const Poll& a, const Poll& b) { return a.deadline < b.deadline; });
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(next->deadline - Clock::now());
    m_timer.start(std::max(rest, std::chrono::milliseconds(0)));
}

} // namespace prism::api
