#include "client/model/trends_model.h"

#include "client/model/log.h"

namespace prism::model {

namespace {

using protocol::TrendMetric;

constexpr std::array asked{TrendMetric::Checks, TrendMetric::Usage, TrendMetric::MeanTime};

} // namespace

TrendsModel::TrendsModel(net::Api& api, const net::Options& options, QObject* parent)
    : QObject(parent)
{
    for (int i = 0; i < MetricCount; ++i) {
        const auto metric = Metric(i);
        m_courses[std::size_t(i)] = std::make_unique<Course>(
            api, &net::Api::trend, options, options.timing.trendGap,
            [this, metric](const auto&, auto, const Course::Answer& answer) { onAnswer(metric, answer); });
    }
}

void TrendsModel::follow(protocol::Period period, std::optional<protocol::Timestamp> at)
{
    for (std::size_t i = 0; i < m_courses.size(); ++i)
        m_courses[i]->ask({asked[i], period, at});
}

void TrendsModel::forget()
{
    for (const auto& course : m_courses)
        course->forget();
    m_known.fill({});
}

std::optional<protocol::Trend> TrendsModel::trend(Metric metric, protocol::Period period) const
{
    const std::optional<Known>& known = m_known[metric];
    return known && known->period == period ? std::optional(known->trend) : std::nullopt;
}

void TrendsModel::onAnswer(Metric metric, const Course::Answer& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "trend:" << answer.error().message << answer.error().details;
        return;
    }
    if (!answer->value)
        return;
    m_known[metric] = Known{answer->value->period, answer->value->trend};
    emit changed();
}

} // namespace prism::model
