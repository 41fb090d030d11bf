#pragma once

#include <QApplication>

#include <chrono>

namespace prism::ui {

/// One event that kept the GUI thread from everything else, painting and input first of all.
struct Stall
{
    std::chrono::milliseconds duration;
    std::chrono::milliseconds
        work;         ///< processor time of the thread; the rest it waited, or the machine was busy
    QString receiver; ///< the class, and the object's name if it has one
    int event;        ///< QEvent::Type
};

/// The application, which watches itself: every event on the GUI thread that takes longer than a frame is a
/// stall, and is reported with who took it. A dialog's or menu's own loop within an event is no stall; what
/// it delivers is watched in turn. Lives on the GUI thread.
class WatchedApplication : public QApplication
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds frame{16};

    /// `limit` is how long an event may take; 0 turns the watch off.
    WatchedApplication(int& argc, char** argv, std::chrono::milliseconds limit = defaultLimit());

    /// A frame in debug builds and where the environment says PRISM_WATCH_STALLS=1; else 0.
    static std::chrono::milliseconds defaultLimit();

    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }

    bool notify(QObject* receiver, QEvent* event) override;

    /// Of all events so far while watched: the longest one, and the most work in one.
    std::chrono::microseconds longest() const { return m_longest; }
    std::chrono::microseconds mostWork() const { return m_mostWork; }
    qint64 stallCount() const { return m_stalls; }

    /// Starts all of these over.
    void forgetStalls();

signals:
    void stalled(const prism::ui::Stall& stall);

private:
    void judge(const QString& receiver, int event, std::chrono::microseconds duration,
               std::chrono::microseconds work);

    std::chrono::milliseconds m_limit;
    int m_level = -1;           ///< loop level of the event being measured; -1 for none
    bool m_interrupted = false; ///< an inner loop ran within it
    std::chrono::microseconds m_longest{0};
    std::chrono::microseconds m_mostWork{0};
    qint64 m_stalls = 0;
};

} // namespace prism::ui
