#include "server/realtime/intake.h"

#include <algorithm>
#include <utility>

namespace prism::realtime {

Intake::Intake(const Settings& settings, Clock::time_point now)
    : m_rate(settings.clientRate)
    , m_mostPieces(double(m_rate.pieces) * double(ClientRate::saved.count()))
    , m_mostBytes(std::max(double(m_rate.bytes) * double(ClientRate::saved.count()),
                           2.0 * double(settings.messageBytes)))
    , m_pieces(m_mostPieces)
    , m_bytes(m_mostBytes)
    , m_filled(now)
{
}

bool Intake::take(qint64 pieces, qint64 bytes, Clock::time_point now)
{
    const double seconds = std::chrono::duration<double>(now - std::exchange(m_filled, now)).count();
    m_pieces = std::min(m_mostPieces, m_pieces + seconds * double(m_rate.pieces)) - double(pieces);
    m_bytes = std::min(m_mostBytes, m_bytes + seconds * double(m_rate.bytes)) - double(bytes);
    return m_pieces >= 0 && m_bytes >= 0;
}

} // namespace prism::realtime
