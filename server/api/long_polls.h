#pragma once

#include "server/realtime/publisher.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <vector>

namespace prism::api {

/// Requests that wait until there is an event to answer with, or until their time is over. Lives on its
/// worker's thread; the publisher outlives it.
class LongPolls : public QObject
{
    Q_OBJECT

public:
    explicit LongPolls(const realtime::Publisher& publisher);

    /// Tries to answer; false when there is nothing to answer with yet. With `final` it must answer.
    using Attempt = std::function<bool(bool final)>;

    /// Whether somebody still waits for the answer, and may have it.
    using IsWanted = std::function<bool()>;

    /// Attempts now and again whenever events were published, until it succeeds, is not wanted any more or
    /// `most` is over; a few hundred attempts in one turn of the event loop, the others in the next ones.
    /// False when as many requests wait here as may, or after drain().
    bool wait(Attempt attempt, IsWanted isWanted, std::chrono::milliseconds most);

    /// Answers all that wait; from here on wait() is false.
    void drain();

private:
    using Clock = std::chrono::steady_clock;

    struct Poll
    {
        Attempt attempt;
        IsWanted isWanted;
        Clock::time_point deadline;

        bool isOver(Clock::time_point now) const { return deadline <= now || !isWanted(); }
    };

    void attemptAll();
    void attemptSome();
    void expire();
    void listen();
    void update();

    const realtime::Publisher& m_publisher;
    QTimer m_timer;
    QMetaObject::Connection m_published; ///< only while somebody waits
    std::vector<Poll> m_polls;           ///< wait for an event or their deadline
    std::deque<Poll> m_due;              ///< are to be attempted
    QTimer m_turn;                       ///< runs while some are
    bool m_draining = false;
};

} // namespace prism::api
