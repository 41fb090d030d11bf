#include "server/api/window_reading.h"

#include "shared/protocol/try.h"

namespace prism::api {

WindowReading::WindowReading(const Numbers& numbers)
    : m_numbers(numbers)
    , m_moment(protocol::now())
{
}

WindowReading::WindowReading(const Numbers& numbers, QueryReader& query)
    : WindowReading(numbers)
{
    const QString name = QStringLiteral("at");
    const std::optional<protocol::Timestamp> at = query.timestamp(name);
    if (!at)
        return;
    if (*at > m_moment + protocol::farthestAhead)
        query.refuse(protocol::ErrorCode::BadFormat, name, protocol::tooFarAhead());
    m_moment = *at;
    m_isOfAMoment = true;
}

protocol::Result<void> WindowReading::begin()
{
    m_snapshot.emplace(m_numbers.database);
    PRISM_TRY_ASSIGN(const protocol::Seq head, m_numbers.rollups.refresh());
    m_position = {m_numbers.epoch, head};
    return {};
}

analytics::Window WindowReading::window(protocol::Period period) const
{
    return analytics::Window::make(period, m_moment, m_numbers.zone, m_isOfAMoment);
}

} // namespace prism::api
