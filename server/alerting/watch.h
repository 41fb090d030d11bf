#pragma once

#include "server/alerting/detector.h"
#include "server/store/tables/settings_book.h"
#include "server/store/writing/write_queue.h"

#include <QHash>

#include <condition_variable>
#include <thread>

namespace prism::alerting {

/// Examines the running hour and day after writes, and once more when they are over, and hands the alerts to
/// the writer. An alert is raised once; when its bucket gets graver, the same alert is raised once more with
/// the higher severity. Owns the thread that examines, and on it the source. What is over when the server
/// starts is not examined any more.
class Watch
{
public:
    /// Called on the watch's own thread; null when it cannot be opened.
    using OpenSource = std::function<std::unique_ptr<analytics::HistorySource>()>;
    using Clock = std::function<Timestamp()>;

    struct Pace
    {
        std::chrono::milliseconds gather{200};   ///< what is written together is examined together
        std::chrono::milliseconds rest{800};     ///< between one examination and the next
        std::chrono::milliseconds closing{1000}; ///< after the end of a bucket, for what is still on its way
    };

    /// What is borrowed outlives the watch, and the watch outlives the writer.
    Watch(store::WriteQueue& writes, const store::SettingsBook& settings, const QTimeZone& zone,
          OpenSource openSource, Clock clock = protocol::now)
        : Watch(writes, settings, zone, std::move(openSource), std::move(clock), Pace())
    {
    }
    Watch(store::WriteQueue& writes, const store::SettingsBook& settings, const QTimeZone& zone,
          OpenSource openSource, Clock clock, const Pace& pace);

    /// Ends the thread.
    ~Watch();

    /// Something was written. From any thread, and cheap.
    void wake();

private:
    void run();
    bool waitForWork();
    std::chrono::milliseconds untilClosing() const;
    void pass(analytics::HistorySource& source);
    std::vector<protocol::Alert> examine(analytics::HistorySource& source, Timestamp now);
    void submit(const protocol::Alert& alert);
    void onSubmitted(const protocol::Alert& alert, const protocol::Result<bool>& raised);

    store::WriteQueue& m_writes;
    const store::SettingsBook& m_settings;
    const QTimeZone m_zone;
    const OpenSource m_openSource;
    const Clock m_clock;
    const Pace m_pace;
    Span m_hour;
    Span m_day;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_written = true; ///< what was written before the start may not have been examined
    bool m_stopping = false;
    QHash<QString, protocol::AlertSeverity> m_raised; ///< since the day began, or under way
    std::thread m_thread;
};

} // namespace prism::alerting
