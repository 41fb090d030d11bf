#pragma once

#include "server/alerting/detector.h"
#include "server/store/tables/settings_book.h"
#include "server/store/writing/write_queue.h"

#include <condition_variable>
#include <thread>

namespace prism::alerting {

/// Judges the hours and days after writes, and when one is closed, and the gates as time passes, and hands
/// what has become of the alerts to the writer. Has the gates counted anew when the main branches are others.
/// Owns the thread that judges, and on it the source. Remembers nothing: what is under way to the writer may
/// be handed over once more, which changes nothing.
class Watch
{
public:
    /// Called on the watch's own thread; null when it cannot be opened.
    using OpenSource = std::function<std::unique_ptr<analytics::HistorySource>()>;
    using Clock = std::function<Timestamp()>;

    struct Pace
    {
        std::chrono::milliseconds gather{200}; ///< what is written together is judged together
        std::chrono::milliseconds rest{800};   ///< between one time and the next
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
    std::chrono::milliseconds untilDue() const;
    void pass(analytics::HistorySource& source);
    Detector::Alerts judge(analytics::HistorySource& source, Timestamp now);
    void countGates();
    void submit(const Alert& alert);
    void tryAgain();

    store::WriteQueue& m_writes;
    const store::SettingsBook& m_settings;
    const QTimeZone m_zone;
    const OpenSource m_openSource;
    const Clock m_clock;
    const Pace m_pace;
    std::optional<Timestamp>
        m_nextGate; ///< when one will have failed for too long; on the watch's own thread
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_written = true; ///< what was written before the start may not have been judged
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace prism::alerting
