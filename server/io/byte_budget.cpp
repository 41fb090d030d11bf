#include "server/io/byte_budget.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace prism::io {

namespace {

/// Paces that differ by less are the same, and then who holds more goes.
constexpr double samePace = 1024;

constexpr std::chrono::milliseconds shortestLife{1};

/// What is so old counts so much.
double weight(std::chrono::duration<double> age)
{
    return std::exp2(-std::max(age.count(), 0.0));
}

} // namespace

ByteBudget::Holder::Holder(ByteBudget& budget, QObject* owner, std::function<void()> end)
    : m_budget(budget)
    , m_owner(owner)
    , m_end(std::move(end))
    , m_begun(Clock::now())
    , m_movedAt(m_begun.time_since_epoch().count())
{
}

ByteBudget::Holder::~Holder()
{
    hold(0);
}

void ByteBudget::Holder::hold(qint64 bytes)
{
    if (!m_isListed && bytes <= m_budget.m_free)
        return;
    const qint64 more = bytes - m_held.exchange(bytes, std::memory_order_relaxed);
    const qint64 all = m_budget.m_held.fetch_add(more, std::memory_order_relaxed) + more;
    if (m_isListed != (bytes > 0)) {
        const std::lock_guard lock(m_budget.m_mutex);
        m_isListed = bytes > 0;
        if (m_isListed)
            m_budget.m_holders.push_back(this);
        else
            m_budget.m_holders.erase(std::find(m_budget.m_holders.begin(), m_budget.m_holders.end(), this));
    }
    if (more > 0 && all > m_budget.m_most)
        m_budget.makeRoom();
}

void ByteBudget::Holder::moved(qint64 bytes)
{
    const Clock::time_point now = Clock::now();
    m_recent.store(recent(now) + double(bytes), std::memory_order_relaxed);
    m_movedAt.store(now.time_since_epoch().count(), std::memory_order_relaxed);
}

double ByteBudget::Holder::recent(Clock::time_point now) const
{
    const Clock::time_point then{Clock::duration(m_movedAt.load(std::memory_order_relaxed))};
    return m_recent.load(std::memory_order_relaxed) * weight(now - then);
}

/// The time is weighed as the bytes are: all of a life that was long are log2(e) seconds.
double ByteBudget::Holder::pace(Clock::time_point now) const
{
    const double seconds =
        (1 - weight(std::max<Clock::duration>(now - m_begun, shortestLife))) / std::log(2.0);
    return recent(now) / seconds;
}

/// Those who have been told count no more: they go at their next turn. An owner is still there while its
/// holder is listed, and a call that was posted to one that goes is dropped with it.
void ByteBudget::makeRoom()
{
    const std::lock_guard lock(m_mutex);
    qint64 staying = 0;
    qsizetype count = 0;
    for (const Holder* holder : m_holders) {
        if (holder->isEnding())
            continue;
        staying += holder->m_held.load(std::memory_order_relaxed);
        ++count;
    }
    for (; staying > m_most && count > 1; --count) {
        Holder* const holder = slowest();
        staying -= holder->m_held.load(std::memory_order_relaxed);
        holder->m_isEnding.store(true, std::memory_order_relaxed);
        m_ended.fetch_add(1, std::memory_order_relaxed);
        QMetaObject::invokeMethod(holder->m_owner, holder->m_end, Qt::QueuedConnection);
    }
}

/// Of those who have not been told, of whom there is one.
ByteBudget::Holder* ByteBudget::slowest() const
{
    const Holder::Clock::time_point now = Holder::Clock::now();
    Holder* found = nullptr;
    std::pair<double, qint64> least;
    for (Holder* holder : m_holders) {
        if (holder->isEnding())
            continue;
        const std::pair<double, qint64> speed{std::floor(holder->pace(now) / samePace),
                                              -holder->m_held.load(std::memory_order_relaxed)};
        if (found == nullptr || speed < least) {
            found = holder;
            least = speed;
        }
    }
    return found;
}

} // namespace prism::io
