#include "server/api/patience.h"

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// A client may say that it sends no more, and still read.
constexpr std::chrono::seconds graceOfLeaving{1};

} // namespace

Patience::Patience(std::shared_ptr<const http::Presence> client, std::chrono::milliseconds most,
                   const std::atomic<bool>* stopping)
    : m_client(std::move(client))
    , m_most(most)
    , m_stopping(stopping)
    , m_deadline(Clock::now() + most)
{
}

void Patience::begin()
{
    m_hasBegun = true;
    m_deadline = Clock::now() + m_most;
}

bool Patience::isOver()
{
    if (m_reason)
        return true;
    if (m_client && m_client->isOver() && m_client->isOverFor(graceOfLeaving)) {
        m_isForNobody = true;
        m_reason = Error{ErrorCode::Unavailable, QStringLiteral("Nobody waited for the answer any more.")};
    } else if (m_stopping != nullptr && m_stopping->load(std::memory_order_relaxed)) {
        m_reason = Error{ErrorCode::Unavailable, QStringLiteral("The server is stopping.")};
    } else if (Clock::now() >= m_deadline) {
        m_reason = late();
    }
    return m_reason.has_value();
}

Error Patience::late() const
{
    const QString most = QString::number(double(m_most.count()) / 1000);
    if (!m_hasBegun)
        return {
            ErrorCode::Unavailable,
            QStringLiteral("Others' reads took the %1 s that a read may wait for its turn. Try again later.")
                .arg(most)};
    return {ErrorCode::Unavailable,
            QStringLiteral("The answer was not ready within the %1 s that a read may take. Ask for less: a "
                           "shorter period, or fewer entries.")
                .arg(most)};
}

} // namespace prism::api
