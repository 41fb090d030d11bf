#pragma once

#include "server/http/address_key.h"

#include <QHash>

#include <chrono>
#include <mutex>

namespace prism::api {

/// Counts by address who tried to sign in and could not, a minute at a time. Used from any thread.
class RefusedSignIns
{
public:
    using Clock = std::chrono::steady_clock;

    /// Counts one more. How long this address is to wait before its next try; nothing while it may try on.
    std::optional<std::chrono::seconds> add(const QHostAddress& peer, Clock::time_point now = Clock::now());

private:
    std::mutex m_mutex;
    Clock::time_point m_end; ///< of the minute that is counted
    QHash<http::AddressKey, int> m_counts;
    int m_ofOthers = 0; ///< of addresses that are beyond those that are counted apart
};

} // namespace prism::api
