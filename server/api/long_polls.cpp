#include "server/api/long_polls.h"

#include <algorithm>
#include <iterator>

namespace prism::api {

namespace {

constexpr std::size_t mostPolls = 10'000;

/// How often it is looked after whose time is over, and who has gone.
constexpr std::chrono::milliseconds lookInterval{200};

} // namespace

LongPolls::LongPolls(const realtime::Hub& hub)
    : m_hub(hub)
{
    connect(&m_timer, &QTimer::timeout, this, &LongPolls::expire);
}

bool LongPolls::wait(Attempt attempt, std::shared_ptr<const bool> isGone, std::chrono::milliseconds most)
{
    if (m_draining || m_polls.size() >= mostPolls)
        return false;
    // Listening begins before the first attempt, so that no event falls between the two.
    listen();
    if (!attempt(false))
        m_polls.push_back({std::move(attempt), std::move(isGone), Clock::now() + most});
    update();
    return true;
}

/// An answer may bring the next request of its connection, and that one may wait here too. So nothing is
/// held of the list while answers are given.
void LongPolls::answer(const std::function<bool(const Poll&)>& attempt)
{
    std::vector<Poll> polls = std::exchange(m_polls, {});
    std::erase_if(polls, attempt);
    m_polls.insert(m_polls.end(), std::make_move_iterator(polls.begin()),
                   std::make_move_iterator(polls.end()));
    update();
}

void LongPolls::attemptAll()
{
    answer([](const Poll& poll) { return poll.attempt(false); });
}

void LongPolls::expire()
{
    const Clock::time_point now = Clock::now();
    answer([now](const Poll& poll) {
        return ((poll.isGone && *poll.isGone) || poll.deadline <= now) && poll.attempt(true);
    });
}

void LongPolls::drain()
{
    m_draining = true;
    answer([](const Poll& poll) { return poll.attempt(true); });
}

void LongPolls::listen()
{
    if (!m_published)
        m_published =
            connect(&m_hub, &realtime::Hub::published, this, &LongPolls::attemptAll, Qt::QueuedConnection);
}

void LongPolls::update()
{
    if (!m_polls.empty()) {
        listen();
        if (!m_timer.isActive())
            m_timer.start(lookInterval);
        return;
    }
    m_timer.stop();
    disconnect(m_published);
    m_published = {};
}

} // namespace prism::api
