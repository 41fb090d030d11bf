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
    m_watched.clear();
    m_links.clear();
    m_arrived.clear();
    m_open = 0;
}

void Pump::run()
{
    while (!m_isStopping) {
        for (const epoll_event& event : m_poller.wait(waitTime())) {
            const auto* const end = static_cast<const Link::End*>(event.data.ptr);
            end->link->note(*end, event.events);
            queue(end->link);
        }
        adopt();
        advanceQueued();
        lookAtWatched();
    }
}

int Pump::waitTime() const
{
    if (!m_queue.empty())
        return 0;
    return m_watched.empty() ? -1 : int(betweenLooks.count());
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
    if (!std::exchange(link->hasTurn, true))
        m_queue.push_back(link);
}

/// Each once. Who goes is gone only after all events of this turn have been looked at, since two of them may
/// be of one connection.
void Pump::advanceQueued()
{
    std::vector<Link*> turn;
    turn.swap(m_queue);
    for (Link* const link : turn) {
        link->hasTurn = false;
        const Link::State state = link->advance(m_bytes);
        if (state == Link::State::Over) {
            remove(link);
            continue;
        }
        if (state == Link::State::HasMore)
            queue(link);
        if (link->isToBeWatched())
            watch(link);
    }
}

void Pump::remove(Link* link)
{
    if (link->isWatched)
        m_watched.erase(std::find(m_watched.begin(), m_watched.end(), link));
    m_links.erase(link);
    if (m_open.fetch_sub(1, std::memory_order_relaxed) == 1 && m_onIdle)
        m_onIdle();
}

/// The first look is at once, so that whoever writes knows from the beginning.
void Pump::watch(Link* link)
{
    if (std::exchange(link->isWatched, true))
        return;
    m_watched.push_back(link);
    (void)link->look(Link::Clock::now(), m_floor);
}

void Pump::lookAtWatched()
{
    const auto now = Link::Clock::now();
    if (m_watched.empty() || now - m_looked < betweenLooks)
        return;
    m_looked = now;
    std::vector<Link*> slow;
    std::vector<Link*> watched;
    for (Link* const link : m_watched) {
        if (!link->look(now, m_floor))
            slow.push_back(link);
        link->isWatched = link->isToBeWatched();
        if (link->isWatched)
            watched.push_back(link);
    }
    m_watched.swap(watched);
    for (Link* const link : slow) {
        m_queue.erase(std::remove(m_queue.begin(), m_queue.end(), link), m_queue.end());
        remove(link);
    }
}

} // namespace prism::io::tls
