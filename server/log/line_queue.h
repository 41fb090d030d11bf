#pragma once

#include "server/log/repetitions.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace prism::log {

/// Lines on their way from who logs, on any thread, to the one thread that writes them. Holds no more than it
/// may, and makes nobody wait who adds.
class LineQueue
{
public:
    LineQueue(Format format, qint64 mostBytes);

    void add(const Entry& entry);

    /// The lines that wait, as soon as there are any; for the writing thread. Empty when it is to end.
    QByteArray take();

    /// What take() gave is written, but for the last `lost` entries.
    void done(quint64 lost);

    /// take() gives what still waits, and then nothing any more. Nobody need be patient any more after
    /// `longest`.
    void close(std::chrono::milliseconds longest);

    /// Whether the time that close() gave is over.
    bool isLate() const;

    /// Waits until everything is written, or the time is over.
    void waitUntilWritten(std::chrono::milliseconds longest);

    quint64 dropped() const;

private:
    void append(const Entry& entry);
    void tellWhatIsOver();
    void tellDropped();

    const Format m_format;
    const qsizetype m_most;
    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_changed;
    Repetitions m_repetitions;
    QByteArray m_waiting;
    bool m_isWriting = false;
    quint64 m_dropped = 0; ///< for want of room
    quint64 m_toldDropped = 0;
    quint64 m_lost = 0; ///< on the way out
    std::optional<std::chrono::steady_clock::time_point> m_end;
};

} // namespace prism::log
