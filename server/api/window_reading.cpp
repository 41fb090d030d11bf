#include "server/api/window_reading.h"

#include "shared/protocol/try.h"

namespace prism::api {

Moment Moment::of(QueryReader& query)
{
    const QString name = QStringLiteral("at");
    const std::optional<protocol::Timestamp> at = query.timestamp(name);
    if (at && *at > protocol::now() + protocol::farthestAhead)
        query.refuse(protocol::ErrorCode::BadFormat, name, protocol::tooFarAhead());
    return {at};
}

WindowReading::WindowReading(const Numbers& numbers, const Moment& moment, QStringList projects)
    : m_numbers(numbers)
    , m_moment(moment.asked.value_or(protocol::now()))
    , m_isOfAMoment(moment.asked.has_value())
    , m_projects(std::move(projects))
{
}

protocol::Result<void> WindowReading::begin()
{
    PRISM_TRY_ASSIGN(store::Snapshot snapshot, store::Snapshot::begin(m_numbers.database));
    m_snapshot.emplace(std::move(snapshot));
    PRISM_TRY_ASSIGN(m_rollups, m_numbers.rollups.of(m_projects));
    PRISM_TRY_ASSIGN(const protocol::Seq head, m_rollups->refresh());
    m_position = {m_numbers.epoch, head};
    PRISM_TRY_ASSIGN(m_earliest, m_rollups->earliest());
    return {};
}

NoiseBook::Entry WindowReading::noise(protocol::Period period) const
{
    return m_isOfAMoment ? NoiseBook::Entry() : m_numbers.noise.of(period, m_projects, m_moment, m_earliest);
}

analytics::Window WindowReading::window(protocol::Period period) const
{
    return analytics::Window::make(period, m_moment, m_numbers.zone, m_isOfAMoment);
}

} // namespace prism::api
