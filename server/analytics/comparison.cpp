#include "server/analytics/comparison.h"

namespace prism::analytics {

using protocol::Direction;

Comparison compare(const QList<DashboardNumber>& baseline, const QList<DashboardNumber>& current)
{
    Comparison comparison;
    for (qsizetype i = 0; i < current.size(); ++i) {
        Difference difference;
        difference.current = current[i];
        difference.baseline = baseline[i].value;
        if (difference.baseline && difference.current.value) {
            difference.change = *difference.current.value - *difference.baseline;
            if (*difference.baseline != 0)
                difference.changePercent = 100 * *difference.change / *difference.baseline;
            const double visible = wireValue(difference.change, difference.current.isRate).toDouble();
            if (visible != 0) {
                difference.trend = visible > 0 ? Direction::Up : Direction::Down;
                difference.better = (visible > 0) == (difference.current.wish == Wish::More);
                ++(*difference.better ? comparison.improvements : comparison.degradations);
            }
        }
        comparison.differences.append(difference);
    }
    return comparison;
}

} // namespace prism::analytics
