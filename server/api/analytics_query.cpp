#include "server/api/analytics_query.h"

namespace prism::api {

using protocol::Failure;
using protocol::Position;
using protocol::Result;

Moment readMoment(QueryReader& query)
{
    const QString name = QStringLiteral("at");
    const std::optional<protocol::Timestamp> at = query.timestamp(name);
    const protocol::Timestamp now = protocol::now();
    if (at && *at > now + protocol::farthestAhead)
        query.refuse(protocol::ErrorCode::BadFormat, name,
                     QStringLiteral("is later than the server's clock allows"));
    return {at.value_or(now), at.has_value()};
}

Result<Position> readPosition(const Context& context)
{
    const Result<protocol::Seq> head = context.numbers.refresh();
    if (!head)
        return Failure(head.error());
    return Position{context.epoch, *head};
}

void addOrigin(QJsonObject& data, protocol::Timestamp generatedAt, const Position& position,
               bool isApproximate)
{
    data.insert(QLatin1String("generatedAt"), protocol::toIso(generatedAt));
    data.insert(QLatin1String("epoch"), position.epoch);
    data.insert(QLatin1String("seq"), qint64(position.seq));
    if (isApproximate)
        data.insert(QLatin1String("approximate"), true);
}

} // namespace prism::api
