#include "server/analytics/comparison.h"

#include "shared/protocol/metric_value.h"

namespace prism::analytics {

using protocol::Comparison;
using protocol::Difference;
using protocol::Direction;

Comparison compare(const QList<DashboardNumber>& baseline, const QList<DashboardNumber>& current)
{
    Comparison comparison;
    for (qsizetype i = 0; i < current.size(); ++i) {
        Difference difference{current[i].family, current[i].name, baseline[i].value, current[i].value};
        if (difference.baseline && difference.current) {
            difference.change = *difference.current - *difference.baseline;
            if (*difference.baseline != 0)
                difference.changePercent = 100 * *difference.change / *difference.baseline;
            const double visible = protocol::wireNumber(difference.name, difference.change).value_or(0);
            if (visible != 0) {
                difference.trend = visible > 0 ? Direction::Up : Direction::Down;
                difference.better = (visible > 0) == (current[i].wish == Wish::More);
                ++(*difference.better ? comparison.improvements : comparison.degradations);
            }
        }
        comparison.differences.append(difference);
    }
    return comparison;
}

} // namespace prism::analytics
