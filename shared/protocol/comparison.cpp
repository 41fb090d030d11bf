#include "shared/protocol/comparison.h"

#include "shared/protocol/metric_value.h"

namespace prism::protocol {

namespace {

constexpr QLatin1String baselineField("baseline"), currentField("current"), changeField("change"),
    changePercentField("changePercent"), trendField("trend"), betterField("better"), periodField("period"),
    metricsField("metrics"), summaryField("summary"), totalChangesField("totalChanges"),
    improvementsField("improvements"), degradationsField("degradations"), perDayField("perDay");

QJsonObject toJson(const Difference& difference)
{
    const auto number = [&](std::optional<double> value) { return wireJson(difference.name, value); };
    QJsonObject json{
        {baselineField, number(difference.baseline)},
        {currentField, number(difference.current)},
        {changeField, number(difference.change)},
        {changePercentField, numberJson(difference.changePercent)},
        {trendField, toString(difference.trend)},
        {betterField, difference.better ? QJsonValue(*difference.better) : QJsonValue(QJsonValue::Null)}};
    if (difference.perDay)
        json.insert(perDayField, true);
    addTo(json, difference.assessment);
    return json;
}

} // namespace

QJsonObject toJson(const Comparison& comparison)
{
    QJsonObject families;
    for (const QLatin1String family : comparisonFamilies)
        families.insert(family, QJsonObject());
    for (const Difference& difference : comparison.differences) {
        QJsonObject family = families.value(difference.family).toObject();
        family.insert(difference.name, toJson(difference));
        families.insert(difference.family, family);
    }
    QJsonObject json{{periodField, QJsonObject{{baselineField, toString(comparison.baseline)},
                                               {currentField, toString(comparison.current)}}},
                     {metricsField, families},
                     {summaryField, QJsonObject{{totalChangesField, comparison.changes},
                                                {improvementsField, comparison.improvements},
                                                {degradationsField, comparison.degradations}}}};
    addTo(json, comparison.origin);
    return json;
}

} // namespace prism::protocol
