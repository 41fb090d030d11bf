#pragma once

#include "shared/protocol/event.h"
#include "shared/protocol/reach.h"

#include <QSet>
#include <QStringList>

namespace prism::realtime {

/// Which events a session wants: all of them until its first subscription, then those it subscribed to; and,
/// once it joined a room, of the events of projects only those of its rooms. Bounded.
class SessionFilter
{
public:
    /// Of these projects alone, whatever it asks for.
    explicit SessionFilter(const protocol::Reach& reach = {})
        : m_reach(reach)
    {
    }

    const protocol::Reach& reach() const { return m_reach; }

    /// Whether it may hear of such an event at all.
    bool reaches(const QString& type, const QString& project) const
    {
        return protocol::mayHear(m_reach, type, project);
    }

    /// `pattern` is a type, its beginning up to a colon, or any beginning followed by '*'. NotFound when no
    /// type is so named.
    protocol::Result<void> subscribe(const QString& pattern);
    void unsubscribe(const QString& pattern);
    protocol::Result<void> join(const QString& room);
    void leave(const QString& room);

    /// Whether there is no event that it does not want.
    bool wantsAll() const { return !m_reach.isLimited() && !m_subscribed && m_rooms.isEmpty(); }

    /// Of those within its reach.
    bool wants(const QString& type, const QString& project) const;

private:
    protocol::Reach m_reach;
    bool m_subscribed = false;
    QSet<QString> m_rooms;
    QStringList m_patterns;
};

} // namespace prism::realtime
