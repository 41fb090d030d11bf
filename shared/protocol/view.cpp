#include "shared/protocol/view.h"

#include "shared/protocol/forecast.h"
#include "shared/protocol/json_reader.h"

#include <QJsonArray>

namespace prism::protocol {

namespace {

const QLatin1String periodField("period"), trendsField("trends"), forecastField("forecast"),
    projectsField("projects"), metricField("metric"), stepsField("periods");

QList<TrendMetric> readTrends(ObjectReader& reader)
{
    constexpr qsizetype longestName = 100;
    QList<TrendMetric> trends;
    const auto names =
        reader.texts(trendsField, Presence::Optional, qsizetype(trendMetricNames.size()), longestName);
    for (const QString& name : names.value_or(QStringList())) {
        const std::optional<TrendMetric> metric = valueOf(trendMetricNames, name);
        if (!metric || trends.contains(*metric)) {
            reader.refuse(ErrorCode::Validation, trendsField,
                          choices(trendMetricNames) + QStringLiteral(", each once"));
            return {};
        }
        trends.append(*metric);
    }
    return trends;
}

QStringList readProjects(ObjectReader& reader, qsizetype most)
{
    constexpr qsizetype longestName = 100; // as checks have it
    QStringList projects =
        reader.texts(projectsField, Presence::Optional, most, longestName).value_or(QStringList());
    projects.removeAll(QString());
    projects.removeDuplicates();
    projects.sort();
    return projects;
}

} // namespace

QJsonObject toJson(const View& view)
{
    QJsonObject json{{periodField, toString(view.period)}};
    if (!view.trends.isEmpty()) {
        QJsonArray trends;
        for (const TrendMetric metric : view.trends)
            trends.append(nameOf(trendMetricNames, metric));
        json.insert(trendsField, trends);
    }
    if (view.forecast) {
        json.insert(forecastField,
                    QJsonObject{{metricField, nameOf(forecastMetricNames, view.forecast->metric)},
                                {stepsField, view.forecast->steps}});
    }
    if (!view.projects.isEmpty())
        json.insert(projectsField, QJsonArray::fromStringList(view.projects));
    return json;
}

Result<View> viewFromJson(const QJsonObject& json, qsizetype mostProjects)
{
    Problems problems;
    ObjectReader reader(json, problems);
    View view;
    view.period = reader.choice(periodField, Presence::Required, periodNames).value_or(view.period);
    view.trends = readTrends(reader);
    reader.nested(forecastField, Presence::Optional, [&](ObjectReader& forecast) {
        const auto metric = forecast.choice(metricField, Presence::Required, forecastMetricNames);
        const auto steps = forecast.integer(stepsField, Presence::Required, 1, mostForecastSteps);
        forecast.refuseUnknown();
        if (metric && steps)
            view.forecast = Outlook{*metric, int(*steps)};
    });
    view.projects = readProjects(reader, mostProjects);
    reader.refuseUnknown();
    if (!problems.isEmpty())
        return Failure(problems.toError(QStringLiteral("The view is not valid.")));
    return view;
}

} // namespace prism::protocol
