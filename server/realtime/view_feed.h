#pragma once

#include "server/realtime/update.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace prism::realtime {

/// How often what clients look at is told anew, and how much there may be of it.
struct ViewPace
{
    std::chrono::milliseconds dashboards{50}; ///< between one and the next
    std::chrono::milliseconds charts{250};    ///< the same of trends and forecasts
    std::chrono::milliseconds clock{60'000};  ///< time itself moves windows, with each minute
    std::chrono::milliseconds retry{1'000};   ///< of what could not be computed
    std::size_t mostParts = 64; ///< different ones, over all clients; dashboards of everything always may
    std::size_t mostPartsOfOne = 32; ///< that nobody looks at but the clients of one address
};

/// Keeps what sessions look at up to date: after a change, and as time moves, each part is computed and
/// encoded once, however many sessions look, and delivered where it says something new. Has a thread of its
/// own, which makes its source when somebody looks for the first time.
class ViewFeed
{
public:
    /// Called on the feed's thread.
    using Deliver = std::function<void(const UpdatePtr&)>;

    ViewFeed(UpdateSourceFactory makeSource, const ViewPace& pace, Deliver deliver);
    ~ViewFeed();
    ViewFeed(const ViewFeed&) = delete;
    ViewFeed& operator=(const ViewFeed&) = delete;

    /// Something was committed, or numbers are judged otherwise. From any thread; costs next to nothing while
    /// nobody looks.
    void changed();

    /// Delivers this part now, and after each change for as long as what is returned lives, which the feed
    /// outlives. Null where as many different ones are looked at as may be, by all or from this address. From
    /// any thread.
    std::shared_ptr<void> look(const Part& part, const QByteArray& address = {});

    /// Joins the thread; nothing is delivered any more.
    void stop();

private:
    using SteadyClock = std::chrono::steady_clock;

    struct State
    {
        std::map<QByteArray, int> lookers = {}; ///< by address
        bool isAsked = true;                    ///< somebody looks who has nothing yet
        bool isChanged = true;                  ///< since it was computed
        SteadyClock::time_point next = {};
        UpdatePtr newest = {};
    };

    void run();
    bool mayLook(const Part& part, const QByteArray& address) const;
    void leave(const Part& part, const QByteArray& address);
    void noteChanges();
    std::vector<Part> due();
    SteadyClock::time_point nextTurn() const;
    void repeat(std::unique_lock<std::mutex>& lock);
    void compute(const std::vector<Part>& parts);
    bool isNews(const UpdatePtr& update);
    void noteFailure(const Part& part);

    const UpdateSourceFactory m_makeSource;
    const ViewPace m_pace;
    const Deliver m_deliver;
    UpdateSource m_source; ///< of the feed's thread
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<Part, State> m_parts;
    bool m_isAsked = false;
    bool m_isChanged = false;
    bool m_isStopping = false;
    SteadyClock::time_point m_nextMinute; ///< when windows move
    std::thread m_thread;
};

} // namespace prism::realtime
