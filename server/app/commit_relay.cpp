#include "server/app/commit_relay.h"

#include "server/app/sources.h"
#include "shared/protocol/event.h"

#include <algorithm>
#include <utility>

namespace prism::app {

namespace {

/// What alerts themselves bring about is no reason to judge anew.
bool isOfAlert(const store::StoredEvent& event)
{
    return event.type == protocol::event_type::alert || event.type == protocol::event_type::alertAcknowledged;
}

} // namespace

CommitRelay::CommitRelay(realtime::Publisher& publisher, http::AnswerBell& answers, alerting::Watch& watch,
                         telemetry::Telemetry& telemetry, std::function<void()> end)
    : m_publisher(publisher)
    , m_answers(answers)
    , m_watch(watch)
    , m_telemetry(telemetry)
    , m_end(std::move(end))
{
}

void CommitRelay::committed(const store::Commit& commit)
{
    if (commit.succeeded)
        m_telemetry.commits().countCommit(commit.weight.jobs, commit.events, commit.duration);
    else
        m_telemetry.commits().countFailure();
}

void CommitRelay::publish(const std::vector<store::StoredEvent>& events)
{
    m_publisher.publish(framesOf(events));
    m_telemetry.countPublished(events.size());
    m_watchIsDue = !std::all_of(events.begin(), events.end(), isOfAlert);
}

/// Answers first: they are few, where a push may go to thousands.
void CommitRelay::settled()
{
    m_answers.ring();
    m_publisher.announce();
    if (std::exchange(m_watchIsDue, false))
        m_watch.wake();
}

} // namespace prism::app
