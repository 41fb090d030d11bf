#pragma once

#include "server/http/presence.h"
#include "shared/protocol/error.h"

#include <atomic>
#include <memory>
#include <optional>

namespace prism::api {

/// How long one read is worth waiting for: while its client is there, while its time is not over, and while
/// the server runs. Once it is over it stays so. Belongs to whoever has the read in hand.
class Patience
{
public:
    using Clock = std::chrono::steady_clock;

    /// `most` is for how long it may wait for its turn, and then how long it may take. `stopping` is looked
    /// at where it is not null. A client who only says that it will send no more is given a second.
    Patience(std::shared_ptr<const http::Presence> client, std::chrono::milliseconds most,
             const std::atomic<bool>* stopping);

    /// Its turn has come: its time begins anew.
    void begin();

    /// To be asked often: it costs a look at the clock.
    bool isOver();

    /// Why it is over, for the caller; nothing while it is not.
    const std::optional<protocol::Error>& reason() const { return m_reason; }

    /// Over, and nobody is there to be told.
    bool isForNobody() const { return m_isForNobody; }

private:
    protocol::Error late() const;

    std::shared_ptr<const http::Presence> m_client;
    std::chrono::milliseconds m_most;
    const std::atomic<bool>* m_stopping;
    Clock::time_point m_deadline;
    std::optional<protocol::Error> m_reason;
    bool m_hasBegun = false;
    bool m_isForNobody = false;
};

} // namespace prism::api
