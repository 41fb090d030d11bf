#include "server/api/long_polls.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace prism::api {

namespace {

constexpr std::size_t mostPolls = 10'000;

/// How many are attempted before whatever else waits for the event loop has its turn.
constexpr std::size_t attemptsATurn = 200;
constexpr std::chrono::milliseconds longestTurn{2};

/// How often it is looked after whose time is over, and who has gone.
constexpr std::chrono::milliseconds pollInterval{200};

} // namespace

LongPolls::LongPolls(const realtime::Publisher& publisher)
    : m_publisher(publisher)
{
    connect(&m_timer, &QTimer::timeout, this, &LongPolls::expire);
    connect(&m_turn, &QTimer::timeout, this, &LongPolls::attemptSome);
}

bool LongPolls::wait(Attempt attempt, IsWanted isWanted, std::chrono::milliseconds most)
{
    if (m_draining || m_polls.size() + m_due.size() >= mostPolls)
        return false;
    // Listening begins before the first attempt, so that no event falls between the two.
    listen();
    if (!attempt(false))
        m_polls.push_back({std::move(attempt), std::move(isWanted), Clock::now() + most});
    update();
    return true;
}

void LongPolls::attemptAll()
{
    std::move(m_polls.begin(), m_polls.end(), std::back_inserter(m_due));
    m_polls.clear();
    update();
}

/// An answer may bring the next request of its connection, and that one may wait here too. So nothing is
/// held of the lists while answers are given.
void LongPolls::attemptSome()
{
    const Clock::time_point now = Clock::now();
    for (std::size_t i = 0; i < attemptsATurn && !m_due.empty() && Clock::now() < now + longestTurn; ++i) {
        Poll poll = std::move(m_due.front());
        m_due.pop_front();
        if (!poll.attempt(poll.isOver(now)))
            m_polls.push_back(std::move(poll));
    }
    update();
}

void LongPolls::expire()
{
    const Clock::time_point now = Clock::now();
    const auto over = std::stable_partition(m_polls.begin(), m_polls.end(),
                                            [now](const Poll& poll) { return !poll.isOver(now); });
    std::move(over, m_polls.end(), std::back_inserter(m_due));
    m_polls.erase(over, m_polls.end());
    update();
}

void LongPolls::drain()
{
    m_draining = true;
    attemptAll();
    for (const Poll& poll : std::exchange(m_due, {}))
        poll.attempt(true);
    update();
}

void LongPolls::listen()
{
    if (!m_published)
        m_published = connect(&m_publisher, &realtime::Publisher::published, this, &LongPolls::attemptAll,
                              Qt::QueuedConnection);
}

void LongPolls::update()
{
    if (m_due.empty())
        m_turn.stop();
    else if (!m_turn.isActive())
        m_turn.start(0);
    if (!m_polls.empty() || !m_due.empty()) {
        listen();
        if (!m_timer.isActive())
            m_timer.start(pollInterval);
        return;
    }
    m_timer.stop();
    disconnect(m_published);
    m_published = {};
}

} // namespace prism::api
