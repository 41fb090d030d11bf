#pragma once

#include "shared/protocol/dashboard.h"
#include "shared/protocol/origin.h"

namespace prism::protocol {

/// The answer to the question for one part of a dashboard's numbers: Usage, Quality or Performance.
template <typename Part>
struct WindowNumbers
{
    Part numbers = {};
    Period period = Period::Week;
    Origin origin = {};

    bool operator==(const WindowNumbers&) const = default;
};

template <typename Part>
QJsonObject toJson(const WindowNumbers<Part>& answer)
{
    QJsonObject json = toJson(answer.numbers);
    json.insert(QLatin1String("period"), toString(answer.period));
    addTo(json, answer.origin);
    return json;
}

} // namespace prism::protocol
