#include "server/realtime/update.h"

namespace prism::realtime {

std::vector<Part> partsOf(const protocol::View& view)
{
    std::vector<Part> parts{{Part::Kind::Dashboard, view.period, {}, 0, view.projects}};
    for (const protocol::TrendMetric metric : view.trends)
        parts.push_back({Part::Kind::Trend, view.period, metric, 0, view.projects});
    if (view.forecast)
        parts.push_back(
            {Part::Kind::Forecast, view.period, view.forecast->metric, view.forecast->steps, view.projects});
    return parts;
}

QLatin1String fieldOf(Part::Kind kind)
{
    switch (kind) {
    case Part::Kind::Dashboard:
        return QLatin1String("dashboard");
    case Part::Kind::Trend:
        return QLatin1String("trend");
    case Part::Kind::Forecast:
        return QLatin1String("forecast");
    }
    return {};
}

} // namespace prism::realtime
