#pragma once

#include "client/report/server.h"
#include "client/report/spool.h"

#include <QDeadlineTimer>

namespace prism::report {

/// Sends what waits in a spool, the oldest first. What the server took is removed, what it refuses is set
/// aside, and all else stays. The caller holds the SenderLock.
class Sender
{
public:
    Sender(const Spool& spool, Server& server)
        : m_spool(spool)
        , m_server(server)
    {
    }

    /// Tries until nothing waits or the time is over, with growing pauses, and once at least.
    void send(const QDeadlineTimer& until);

    /// Why something waits still; empty where nothing does.
    QString trouble() const { return m_trouble; }

    /// Whether none of them came after the last try.
    bool hasTried(const QStringList& names) const;

private:
    enum class Fate { Sent, Refused, Waits };

    void pass(const QDeadlineTimer& until);
    Fate send(const Entry& entry, const QDeadlineTimer& until);
    std::chrono::milliseconds patience(const QDeadlineTimer& until) const;

    const Spool& m_spool;
    Server& m_server;
    QStringList m_tried; ///< in the latest pass
    QString m_trouble;
    QStringList m_refusals;          ///< of the parts of one entry
    std::chrono::seconds m_pause{0}; ///< that the server asks for
    bool m_isOnce = false;
    bool m_isAway = false;
};

} // namespace prism::report
