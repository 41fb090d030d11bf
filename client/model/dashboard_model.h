#pragma once

#include "client/model/latest.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace prism::model {

/// The numbers of the chosen period, and how old they are. The server tells them while it does; where it does
/// not, they are fetched: at once after a lone change, and a bounded number of times a second however many
/// changes there are. The last change is always included. What is shown stays until something newer replaces
/// it. Borrows the Api. Lives on the GUI thread.
class DashboardModel : public QObject
{
    Q_OBJECT

public:
    DashboardModel(net::Api& api, const net::Options& options, protocol::Period period,
                   QObject* parent = nullptr);

    /// The period asked for; dashboard()->period is the one shown, until the answer comes.
    protocol::Period period() const { return m_period; }
    void setPeriod(protocol::Period period);

    /// Nothing before the first answer.
    const std::optional<protocol::Dashboard>& dashboard() const { return m_dashboard; }

    /// How long ago the numbers shown were last known to be true: 0 while live with nothing outstanding.
    /// Nothing before the first answer.
    std::optional<std::chrono::milliseconds> age() const;

    /// The numbers may be wrong by now, or are another period's: to be shown dimmed. Becomes true only after
    /// a moment of grace, or at once for numbers of an earlier run. False before the first answer.
    bool isStale() const;

    /// Shows numbers of an earlier run, last known to be true at `seenAt`, until an answer comes. Before the
    /// first answer only; those of another period than the one asked for are not taken.
    void restore(const protocol::Dashboard& dashboard, protocol::Timestamp seenAt);

    /// When the numbers shown were seen, while they are an earlier run's.
    std::optional<protocol::Timestamp> rememberedFrom() const { return m_rememberedFrom; }

    /// Why the latest fetch failed; nothing when it worked.
    std::optional<protocol::Error> lastError() const { return m_lastError; }

    /// Fetches now, whatever is known (conditionally: unchanged numbers cost nothing).
    void refresh();

    /// What was known of the server's log does not hold any more: fetches as if for the first time, but keeps
    /// showing what there is.
    void startOver();

    /// The server says by itself how the numbers are.
    void tell(const protocol::Dashboard& dashboard);

    /// It did so last, and is trusted to go on: nothing is fetched but after a silence.
    bool isTold() const { return m_isTold; }

    /// Something up to `latest` has happened: fetches as soon as the pace allows, unless it is told.
    void noteEvents(const protocol::Position& latest);

    /// While live, numbers without outstanding changes are taken to be true. `lastHeard` (Clock::elapsed) is
    /// when the server last said anything.
    void setLive(bool live, std::chrono::milliseconds lastHeard);

signals:
    /// dashboard() is another one.
    void changed();
    void periodChanged(prism::protocol::Period period);

    /// age() or isStale() changed; once a second while the age grows.
    void freshnessChanged();

    /// A fetch failed (or works again, when lastError() is empty): a line that goes away by itself.
    void lastErrorChanged();

private:
    using Numbers = Latest<net::DashboardQuestion, protocol::Dashboard>;

    /// Asks as soon as the pace allows, unless an answer is under way.
    void schedule();
    void onAnswer(std::chrono::milliseconds asked, const Numbers::Answer& answer);
    void show(const protocol::Dashboard& dashboard);
    bool isOlderThanShown(const protocol::Dashboard& dashboard) const;
    bool includesAll() const;
    void confirm(std::chrono::milliseconds when);
    void onSilence();
    void fail(const protocol::Error& error);
    void markDirty();
    void updateFreshness();

    const net::Clock m_clock;
    const net::Timing m_timing;
    protocol::Period m_period;
    std::optional<protocol::Dashboard> m_dashboard;
    std::optional<protocol::Position> m_wanted; ///< the latest event that has to be included
    bool m_live = false;
    bool m_isTold = false;
    std::chrono::milliseconds m_confirmed{0}; ///< when the numbers shown were last known to be true
    std::optional<protocol::Timestamp> m_rememberedFrom;
    std::optional<std::chrono::milliseconds> m_dirtySince;
    std::optional<protocol::Error> m_lastError;
    QTimer m_ageTimer;
    QTimer m_idleTimer;
    QTimer m_silence; ///< since something was to be told
    Numbers m_numbers;
};

} // namespace prism::model
