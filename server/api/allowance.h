#pragma once

#include "server/http/buckets.h"
#include "server/http/connection_quota.h"
#include "server/http/request.h"
#include "server/telemetry/telemetry.h"
#include "shared/protocol/error.h"

#include <functional>
#include <optional>

namespace prism::api {

/// How much each token, and each address, may do. The numbers stand with their options.
struct AllowanceLimits
{
    struct Share
    {
        qint64 requests = 0; ///< a second; 0 for no limit, as everywhere here
        qint64 bytes = 0;    ///< of bodies, a second
        qint64 frames = 0;   ///< of WebSockets, a second
    };

    Share ofToken;
    Share ofAddress;
    int connectionsOfToken = 0;   ///< that last: WebSockets, streams, waits for events
    bool isLoopbackExempt = true; ///< from what is counted by the second
};

/// Counts what each token and each address does, and says when that is too much. Used from any thread.
class Allowance
{
public:
    explicit Allowance(const AllowanceLimits& limits);

    /// The answer to a request that its address, or who signed in for it, has none left for: 429. Else notes
    /// in the request what is left, for headers().
    std::optional<http::Response> refusalOfAddress(http::Request& head);
    std::optional<http::Response> refusalOfToken(http::Request& head);

    /// A body has arrived whole. What it had too much of is missing to the next.
    void noteBody(const http::Request& request);

    /// Asked for each frame that a WebSocket's client sends, on any thread: whether that is not too much.
    /// None where nobody counts.
    std::function<bool()> frames(const http::Request& head);

    /// A place among the lasting connections of who signed in; null where they have as many as they may, and
    /// the answer to that.
    http::ConnectionQuota::Ticket takePlace(const http::Request& head);
    static http::Response noPlace(const http::Request& head);

    /// What tells the client how much is left (draft-ietf-httpapi-ratelimit-headers).
    void addTo(http::Headers& headers, const http::Request& head) const;

    telemetry::RateRefusals refusals() const;

private:
    struct Counted
    {
        http::Buckets requests;
        http::Buckets bytes;
        http::Buckets frames;
    };

    bool isExempt(const http::Request& head) const;
    std::optional<http::Response> refusal(http::Request& head, Counted& counted, quint64 key, bool isToken);

    const AllowanceLimits m_limits;
    const std::size_t m_seed;
    Counted m_ofTokens;
    Counted m_ofAddresses;
    const QByteArray m_policy;
    std::mutex m_mutex;
    QHash<QString, int> m_places; ///< that each token has taken
    std::atomic<quint64> m_placesRefused{0};
};

} // namespace prism::api
