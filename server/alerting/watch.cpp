#include "server/alerting/watch.h"

#include "server/service/alerts.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

Q_LOGGING_CATEGORY(lcAlerting, "prism.alerting")

namespace prism::alerting {

using analytics::HistorySource;
using protocol::Alert;
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
    , m_hour(hourOf(m_clock(), m_zone))
    , m_day(dayOf(m_clock(), m_zone))
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

/// Until something was written or a bucket is over; false when the watch ends.
bool Watch::waitForWork()
{
    std::unique_lock lock(m_mutex);
    const auto isStopping = [this] { return m_stopping; };
    m_changed.wait_for(lock, m_pace.rest, isStopping);
    m_changed.wait_for(lock, untilClosing(), [this] { return m_stopping || m_written; });
    if (m_written)
        m_changed.wait_for(lock, m_pace.gather, isStopping);
    m_written = false;
    return !m_stopping;
}

milliseconds Watch::untilClosing() const
{
    constexpr milliseconds longest = std::chrono::minutes(1); // the clock may be set meanwhile
    const Timestamp next = std::min(m_hour.to, m_day.to) + m_pace.closing;
    return std::clamp(next - m_clock(), milliseconds(0), longest);
}

void Watch::pass(HistorySource& source)
{
    const Timestamp now = m_clock();
    const store::SettingsPtr settings = m_settings.current();
    for (const Alert& alert : examine(source, now)) {
        if (!settings->isMuted(alert.kind, now))
            submit(alert);
    }
}

/// What cannot be read, which the database has logged, is examined with the next write, and what is over
/// until it can be.
std::vector<Alert> Watch::examine(HistorySource& source, Timestamp now)
{
    const protocol::AlertSettings settings = m_settings.current()->alerts;
    std::vector<Alert> alerts;
    if (!source.begin())
        return alerts;
    Detector detector(source, m_zone);
    const auto take = [&](const Detector::Alerts& found) {
        if (found)
            alerts.insert(alerts.end(), found->begin(), found->end());
        return found.has_value();
    };
    if (now < m_hour.from) // the clock was ahead
        m_hour = hourOf(now, m_zone);
    if (now < m_day.from)
        m_day = dayOf(now, m_zone);
    if (now >= m_hour.to + m_pace.closing && take(detector.hour(m_hour, settings, now)))
        m_hour = hourOf(now, m_zone);
    if (now >= m_day.to + m_pace.closing && take(detector.day(m_day, settings, now))) {
        m_day = dayOf(now, m_zone);
        const std::lock_guard lock(m_mutex);
        m_raised.clear();
    }
    take(detector.hour(hourOf(now, m_zone), settings, now));
    take(detector.day(dayOf(now, m_zone), settings, now));
    source.end();
    return alerts;
}

void Watch::submit(const Alert& alert)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_raised.constFind(alert.id);
        if (known != m_raised.constEnd() && *known >= alert.severity)
            return;
        m_raised.insert(alert.id, alert.severity);
    }
    m_writes.submit<bool>(
        [alert](store::Transaction& transaction) {
            return service::Alerts::raise(transaction, {service::Actor::Kind::Gateway}, alert);
        },
        [this, alert](const Result<bool>& raised) { onSubmitted(alert, raised); });
}

/// What was not raised is tried again: after a refusal soon, else with the next write.
void Watch::onSubmitted(const Alert& alert, const Result<bool>& raised)
{
    if (raised && *raised)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_raised.remove(alert.id);
        m_written = m_written || !raised;
    }
    m_changed.notify_all();
}

} // namespace prism::alerting
