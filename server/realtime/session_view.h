#pragma once

#include "server/realtime/view_feed.h"

#include <optional>

namespace prism::realtime {

/// What one client looks at, and the newest of each part of it as long as that has not been sent. Belongs to
/// its session's thread; the feed is borrowed.
class SessionView
{
public:
    /// `address` is the client's.
    explicit SessionView(ViewFeed& feed, const QByteArray& address = {})
        : m_feed(feed)
        , m_address(address)
    {
    }

    /// From now on this; null for nothing. All of it is to come anew. False, and nothing is looked at, where
    /// clients look at as many different things as they may.
    bool look(const std::optional<protocol::View>& view);

    /// Takes an update that the client looks at, and does not have.
    void offer(const UpdatePtr& update);

    bool isWaiting() const { return m_waiting > 0; }

    /// One that waits; it is sent.
    UpdatePtr take();

private:
    struct Shown
    {
        std::shared_ptr<void> look;
        std::optional<quint64> contents; ///< of what was sent or waits
        UpdatePtr waiting;
    };

    ViewFeed& m_feed;
    const QByteArray m_address;
    std::map<Part, Shown> m_parts;
    int m_waiting = 0;
};

} // namespace prism::realtime
