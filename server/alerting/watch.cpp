#include "server/alerting/watch.h"

#include "server/alerting/failing_gates.h"
#include "server/service/alerts.h"
#include "server/service/gates.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

Q_LOGGING_CATEGORY(lcAlerting, "prism.alerting")

namespace prism::alerting {

using analytics::HistorySource;
using protocol::Result;
using std::chrono::milliseconds;

Watch::Watch(store::WriteQueue& writes, const store::SettingsBook& settings, const QTimeZone& zone,
             OpenSource openSource, Clock clock, const Pace& pace)
    : m_writes(writes)
    , m_settings(settings)
    , m_zone(zone)
    , m_openSource(std::move(openSource))
    , m_clock(std::move(clock))
    , m_pace(pace)
    , m_thread([this] { run(); })
{
}

Watch::~Watch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Watch::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_written, true))
            return; // it knows already, and would only look again
    }
    m_changed.notify_all();
}

void Watch::run()
{
    std::unique_ptr<HistorySource> source;
    while (waitForWork()) {
        if (!source)
            source = m_openSource();
        if (source)
            pass(*source);
        else
            qCWarning(lcAlerting) << "the database cannot be read, so no alert is raised for now";
    }
}

/// Until something was written, a bucket is closed or a gate has failed for too long; false when the watch
/// ends.
bool Watch::waitForWork()
{
    std::unique_lock lock(m_mutex);
    const auto isStopping = [this] { return m_stopping; };
    m_changed.wait_for(lock, m_pace.rest, isStopping);
    m_changed.wait_for(lock, untilDue(), [this] { return m_stopping || m_written; });
    if (m_written)
        m_changed.wait_for(lock, m_pace.gather, isStopping);
    m_written = false;
    return !m_stopping;
}

milliseconds Watch::untilDue() const
{
    constexpr milliseconds longest = std::chrono::minutes(1); // the clock may be set meanwhile
    const Timestamp now = m_clock();
    Timestamp next = analytics::Calendar(m_zone).hourOf(now - analytics::closing).to + analytics::closing;
    if (m_nextGate)
        next = std::min(next, *m_nextGate);
    return std::clamp(next - now, milliseconds(0), longest);
}

void Watch::pass(HistorySource& source)
{
    const Timestamp now = m_clock();
    const Detector::Alerts alerts = judge(source, now);
    if (!alerts)
        return tryAgain(); // the database has logged why
    const store::SettingsPtr settings = m_settings.current();
    for (const Alert& alert : *alerts) {
        if (alert.state == protocol::AlertState::Resolved || !settings->isMuted(alert.kind, now))
            submit(alert);
    }
}

Detector::Alerts Watch::judge(HistorySource& source, Timestamp now)
{
    PRISM_TRY(source.begin());
    const protocol::AlertSettings settings = m_settings.current()->alerts;
    Detector::Alerts alerts = Detector(source, m_zone, settings, now).alerts();
    if (alerts) {
        const auto ofGates = FailingGates(source, settings, now).alerts();
        const auto nextGate = FailingGates(source, settings, now).next();
        m_nextGate = nextGate ? *nextGate : std::nullopt;
        if (ofGates)
            alerts->insert(alerts->end(), ofGates->begin(), ofGates->end());
        else
            alerts = protocol::Failure(ofGates.error());
    }
    const Result<bool> areUncounted = source.areGatesUncounted();
    source.end();
    if (areUncounted && *areUncounted)
        countGates();
    return alerts;
}

/// Some at a time, so that other writes come between.
void Watch::countGates()
{
    m_writes.submit<bool>(
        [](store::Transaction& transaction) {
            return service::Gates::recountSome(transaction, {service::Actor::Kind::Gateway});
        },
        [this](const Result<bool>&) { tryAgain(); });
}

void Watch::submit(const Alert& alert)
{
    m_writes.submit<bool>(
        [alert](store::Transaction& transaction) {
            return service::Alerts::note(transaction, {service::Actor::Kind::Gateway}, alert);
        },
        [this](const Result<bool>& noted) {
            if (!noted)
                tryAgain();
        });
}

void Watch::tryAgain()
{
    {
        const std::lock_guard lock(m_mutex);
        m_written = true;
    }
    m_changed.notify_all();
}

} // namespace prism::alerting
