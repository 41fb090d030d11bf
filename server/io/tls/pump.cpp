#include "server/io/tls/pump.h"

#include <algorithm>
#include <pthread.h>
#include <system_error>
#include <utility>

namespace prism::io::tls {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds betweenLooks{100};

} // namespace

Pump::Pump(const ReadingFloor& floor, std::function<void()> onIdle)
    : m_floor(floor)
    , m_onIdle(std::move(onIdle))
{
}

Pump::~Pump()
{
    stop();
}

bool Pump::start()
{
    if (!m_poller.isOpen())
        return false;
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        return false;
    }
    ::pthread_setname_np(m_thread.native_handle(), "tls-pump");
    return true;
}

void Pump::take(std::unique_ptr<Link> link)
{
    m_open.fetch_add(1, std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_arrived.push_back(std::move(link));
    }
    m_poller.wake();
}

void Pump::stop()
{
    m_isStopping = true;
    m_poller.wake();
    if (m_thread.joinable())
        m_thread.join();
    m_queue.clear();
    m_left.clear();
    m_links.clear();
    m_arrived.clear();
    m_open = 0;
}

void Pump::run()
{
    while (!m_isStopping) {
        for (const epoll_event& event : m_poller.wait(waitTime())) {
            const auto* const end = static_cast<const Link::End*>(event.data.ptr);
            const bool wasLeft = end->link->isLeft();
            end->link->note(*end, event.events);
            if (!wasLeft && end->link->isLeft())
                m_left.push_back(end->link);
            queue(end->link);
        }
        adopt();
        advanceQueued();
        endSlow();
    }
}

int Pump::waitTime() const
{
    if (!m_queue.empty())
        return 0;
    return m_left.empty() ? -1 : int(betweenLooks.count());
}

void Pump::adopt()
{
    std::vector<std::unique_ptr<Link>> arrived;
    {
        const std::lock_guard lock(m_mutex);
        arrived.swap(m_arrived);
    }
    for (std::unique_ptr<Link>& taken : arrived) {
        Link* const link = taken.get();
        const bool isWatched = m_poller.add(link->peerNumber(), link->peerEnd()) &&
                               m_poller.add(link->localNumber(), link->localEnd());
        m_links.emplace(link, std::move(taken));
        if (isWatched)
            queue(link);
        else
            remove(link);
    }
}

void Pump::queue(Link* link)
{
    if (link->takeTurn())
        m_queue.push_back(link);
}

/// Each once. Who goes is gone only after all events of this turn have been looked at, since two of them may
/// be of one connection.
void Pump::advanceQueued()
{
    std::vector<Link*> turn;
    turn.swap(m_queue);
    for (Link* const link : turn) {
        link->endTurn();
        switch (link->advance(m_bytes)) {
        case Link::State::Waits:
            break;
        case Link::State::HasMore:
            queue(link);
            break;
        case Link::State::Over:
            remove(link);
            break;
        }
    }
}

void Pump::remove(Link* link)
{
    if (link->isLeft())
        m_left.erase(std::remove(m_left.begin(), m_left.end(), link), m_left.end());
    m_links.erase(link);
    if (m_open.fetch_sub(1, std::memory_order_relaxed) == 1 && m_onIdle)
        m_onIdle();
}

void Pump::endSlow()
{
    const auto now = Link::Clock::now();
    if (m_left.empty() || now - m_looked < betweenLooks)
        return;
    m_looked = now;
    std::vector<Link*> slow;
    std::copy_if(m_left.begin(), m_left.end(), std::back_inserter(slow),
                 [&](Link* link) { return !link->keepsUp(now, m_floor); });
    for (Link* const link : slow) {
        m_queue.erase(std::remove(m_queue.begin(), m_queue.end(), link), m_queue.end());
        remove(link);
    }
}

} // namespace prism::io::tls
