#include "server/realtime/view_feed.h"

#include "server/realtime/frame.h"
#include "shared/protocol/event.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

Q_LOGGING_CATEGORY(lcFeed, "prism.realtime.feed")

namespace prism::realtime {

using std::chrono::milliseconds;

namespace {

/// To the next whole one of the clock's.
milliseconds untilNext(milliseconds step)
{
    const milliseconds now{protocol::now().time_since_epoch().count()};
    return step - now % step;
}

QByteArray messageOf(const Update& update)
{
    const QLatin1String field = fieldOf(update.part.kind);
    const QByteArray data = "{\"" + QByteArray(field.data(), field.size()) + "\":" + update.bytes + '}';
    return protocol::encodeEvent(protocol::message_type::update, 0, data, protocol::now());
}

} // namespace

ViewFeed::ViewFeed(UpdateSourceFactory makeSource, const ViewPace& pace, Deliver deliver)
    : m_makeSource(std::move(makeSource))
    , m_pace(pace)
    , m_deliver(std::move(deliver))
    , m_nextMinute(SteadyClock::now() + untilNext(pace.clock))
    , m_thread([this] { run(); })
{
}

ViewFeed::~ViewFeed()
{
    stop();
}

void ViewFeed::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void ViewFeed::changed()
{
    const std::lock_guard lock(m_mutex);
    if (m_isChanged || m_parts.empty())
        return;
    m_isChanged = true;
    m_wake.notify_all();
}

/// Call under the lock. What somebody looks at already costs nothing more.
bool ViewFeed::mayLook(const Part& part, const QByteArray& address) const
{
    const bool mayAlways = part.kind == Part::Kind::Dashboard && part.projects.isEmpty();
    if (mayAlways || m_parts.contains(part))
        return true;
    const auto isOwn = [&address](const auto& each) {
        const auto& lookers = each.second.lookers;
        return lookers.size() == 1 && lookers.contains(address);
    };
    return m_parts.size() < m_pace.mostParts &&
           std::size_t(std::ranges::count_if(m_parts, isOwn)) < m_pace.mostPartsOfOne;
}

std::shared_ptr<void> ViewFeed::look(const Part& part, const QByteArray& address)
{
    const std::lock_guard lock(m_mutex);
    if (!mayLook(part, address))
        return nullptr;
    State& state = m_parts[part];
    ++state.lookers[address];
    state.isAsked = true;
    m_isAsked = true;
    m_wake.notify_all();
    return {this, [part, address](ViewFeed* feed) { feed->leave(part, address); }};
}

void ViewFeed::leave(const Part& part, const QByteArray& address)
{
    const std::lock_guard lock(m_mutex);
    const auto state = m_parts.find(part);
    auto& lookers = state->second.lookers;
    const auto ofAddress = lookers.find(address);
    if (--ofAddress->second == 0)
        lookers.erase(ofAddress);
    if (lookers.empty())
        m_parts.erase(state);
}

/// Call under the lock, as the others here.
void ViewFeed::noteChanges()
{
    const auto now = SteadyClock::now();
    if (now >= m_nextMinute) {
        m_nextMinute = now + untilNext(m_pace.clock);
        m_isChanged = true;
    }
    if (!std::exchange(m_isChanged, false))
        return;
    for (auto& [part, state] : m_parts)
        state.isChanged = true;
}

std::vector<Part> ViewFeed::due()
{
    const auto now = SteadyClock::now();
    std::vector<Part> parts;
    for (auto& [part, state] : m_parts) {
        if (!state.isChanged || now < state.next)
            continue;
        state.isChanged = false;
        state.next = now + (part.kind == Part::Kind::Dashboard ? m_pace.dashboards : m_pace.charts);
        parts.push_back(part);
    }
    m_isAsked = false;
    return parts;
}

ViewFeed::SteadyClock::time_point ViewFeed::nextTurn() const
{
    auto turn = m_parts.empty() ? SteadyClock::time_point::max() : m_nextMinute;
    for (const auto& [part, state] : m_parts) {
        if (state.isChanged)
            turn = std::min(turn, state.next);
    }
    return turn;
}

void ViewFeed::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        noteChanges();
        repeat(lock);
        const std::vector<Part> parts = due();
        if (!parts.empty()) {
            lock.unlock();
            compute(parts);
            lock.lock();
            // Who asks again and again gets what it asks for at the pace of the dashboards.
            m_wake.wait_for(lock, m_pace.dashboards, [this] { return m_isStopping; });
            continue;
        }
        const auto isWoken = [this] { return m_isStopping || m_isChanged || m_isAsked; };
        if (const auto turn = nextTurn(); turn == SteadyClock::time_point::max())
            m_wake.wait(lock, isWoken);
        else
            m_wake.wait_until(lock, turn, isWoken);
    }
    m_source = {};
}

/// Who asks for what is known already gets that; what is new comes at its pace.
void ViewFeed::repeat(std::unique_lock<std::mutex>& lock)
{
    std::vector<UpdatePtr> known;
    for (auto& [part, state] : m_parts) {
        if (state.newest && std::exchange(state.isAsked, false))
            known.push_back(state.newest);
    }
    lock.unlock();
    for (const UpdatePtr& update : known)
        m_deliver(update);
    lock.lock();
}

void ViewFeed::compute(const std::vector<Part>& parts)
{
    if (!m_source && m_makeSource)
        m_source = m_makeSource();
    if (!m_source)
        return;
    for (const Part& part : parts) {
        const auto computed = m_source(part);
        if (!computed) {
            qCInfo(lcFeed).noquote() << "no" << fieldOf(part.kind) << "to push:" << computed.error().message;
            noteFailure(part);
            continue;
        }
        const auto update =
            std::make_shared<Update>(Update{part, textFrame(messageOf(*computed)), computed->contents});
        if (isNews(update))
            m_deliver(update);
    }
}

bool ViewFeed::isNews(const UpdatePtr& update)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_parts.find(update->part);
    if (found == m_parts.end())
        return false; // nobody looks any more
    State& state = found->second;
    const UpdatePtr before = std::exchange(state.newest, update);
    return std::exchange(state.isAsked, false) || !before || before->contents != update->contents;
}

void ViewFeed::noteFailure(const Part& part)
{
    const std::lock_guard lock(m_mutex);
    const auto state = m_parts.find(part);
    if (state == m_parts.end())
        return;
    state->second.isChanged = true;
    state->second.next = SteadyClock::now() + m_pace.retry;
}

} // namespace prism::realtime
