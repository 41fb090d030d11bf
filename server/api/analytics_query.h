#pragma once

#include "server/analytics/window.h"
#include "server/api/context.h"
#include "server/api/query_reader.h"
#include "shared/protocol/names.h"

namespace prism::api {

/// The moment an answer is about: `at=`, else now.
struct Moment
{
    protocol::Timestamp time;
    bool isAsked = false; ///< by `at=`

    analytics::Window window(protocol::Period period, const QTimeZone& zone) const
    {
        return analytics::Window::make(period, time, zone, isAsked);
    }
};

/// Reads `at=`; a moment ahead of the server's clock is refused.
Moment readMoment(QueryReader& query);

/// Reads `name=`, which is one of `names`; required unless there is a fallback.
template <typename E, std::size_t N>
E readChoice(QueryReader& query, const QString& name, const std::array<protocol::Name<E>, N>& names,
             std::optional<E> fallback = {})
{
    const std::optional<QString> given = query.text(name);
    if (!given && fallback)
        return *fallback;
    const std::optional<E> value = protocol::valueOf(names, given.value_or(QString()));
    if (!value)
        query.refuse(protocol::ErrorCode::Validation, name, protocol::choices(names));
    return value.value_or(names[0].value);
}

/// Brings the worker's numbers up to what was committed, and says how far that is. Ask within the snapshot of
/// the answer, before any number.
protocol::Result<protocol::Position> readPosition(const Context& context);

/// Says of an answer when and of what it was made: generatedAt, epoch, seq, and approximate where it is.
void addOrigin(QJsonObject& data, protocol::Timestamp generatedAt, const protocol::Position& position,
               bool isApproximate);

} // namespace prism::api
