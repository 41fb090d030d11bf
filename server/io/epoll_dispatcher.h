#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QSocketNotifier>
#include <QThread>

#include <atomic>
#include <chrono>
#include <map>
#include <sys/epoll.h>
#include <vector>

namespace prism::io {

/// Runs the event loop of a thread with many sockets: waking up costs the same however many there are, where
/// Qt's own dispatchers for Unix look at each socket at each turn (poll). Hand a new one to
/// QThread::setEventDispatcher() before the thread starts. Owns its epoll and eventfd descriptors. Lives on
/// that thread; wakeUp() and interrupt() may be called from any.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject* parent = nullptr);
    ~EpollDispatcher() override;

    /// Whether there were descriptors for it. One that is not open is not to be used.
    bool isOpen() const { return m_epoll >= 0 && m_wake >= 0; }

    /// Starts a thread that has one, and moves `object` there first. False when the system has no descriptors
    /// or no thread left.
    static bool start(QThread& thread, QObject& object);

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier* notifier) override;
    void unregisterSocketNotifier(QSocketNotifier* notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject* object) override;
    QList<TimerInfo> registeredTimers(QObject* object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    using Clock = std::chrono::steady_clock;
    using Deadlines = std::multimap<Clock::time_point, int>;

    /// What is watched of one descriptor, by QSocketNotifier::Type.
    struct Watch
    {
        QSocketNotifier* notifiers[3] = {nullptr, nullptr, nullptr};
        quint32 generation = 0; ///< tells a descriptor from an earlier one with the same number
        quint32 known = 0;      ///< the events that the kernel was told of
        bool changed = false;   ///< whether `known` may be out of date

        quint32 wanted() const;
    };

    struct Timer
    {
        std::chrono::milliseconds interval;
        Qt::TimerType type;
        QObject* object;
        Deadlines::iterator deadline;
        bool firing = false; ///< its event is being delivered
    };

    void tellKernel(int descriptor, Watch& watch);
    void tellChanges();
    int waitTime(bool mayWait) const;
    int activateSockets(int ready);
    void activate(int descriptor, QSocketNotifier::Type type);
    int activateTimers();

    const int m_epoll;
    const int m_wake;
    std::vector<Watch> m_watches; ///< by descriptor
    std::vector<int> m_changed;
    std::vector<epoll_event> m_ready;
    quint32 m_lastGeneration = 0;
    QHash<int, Timer> m_timers;
    Deadlines m_deadlines;
    bool m_wokenHere = false; ///< woken by the thread itself, which needs no descriptor for it
    std::atomic<bool> m_wokenElsewhere{false};
    std::atomic<bool> m_interrupted{false};
};

} // namespace prism::io
