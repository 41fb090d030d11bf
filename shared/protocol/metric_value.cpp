#include "shared/protocol/metric_value.h"

#include "shared/protocol/json_reader.h"

namespace prism::protocol {

bool isRate(QStringView metric)
{
    return metric.endsWith(QLatin1String("Rate")) || metric.endsWith(QLatin1String("Accuracy"));
}

std::optional<double> wireNumber(QStringView metric, std::optional<double> value)
{
    return numberOf(wireJson(metric, value));
}

QJsonValue wireJson(QStringView metric, std::optional<double> value)
{
    return isRate(metric) ? rateJson(value) : numberJson(value);
}

} // namespace prism::protocol
