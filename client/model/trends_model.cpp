#include "client/model/trends_model.h"

#include "client/model/log.h"

#include <algorithm>

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

QList<TrendMetric> TrendsModel::metrics()
{
    return {asked.begin(), asked.end()};
}

void TrendsModel::tell(const protocol::TrendReport& report)
{
    const auto metric = std::ranges::find(asked, report.metric);
    if (metric == asked.end())
        return;
    const auto index = std::size_t(metric - asked.begin());
    m_courses[index]->forget(); // an answer that is on its way is of before
    m_known[index] = report;
    emit changed();
}

void TrendsModel::forget()
{
    for (const auto& course : m_courses)
        course->forget();
    m_known.fill({});
}

std::optional<protocol::Trend> TrendsModel::trend(Metric metric, protocol::Period period) const
{
    const std::optional<protocol::TrendReport>& known = m_known[metric];
    return known && known->period == period ? std::optional(known->trend) : std::nullopt;
}

QList<protocol::TrendReport> TrendsModel::reports() const
{
    QList<protocol::TrendReport> reports;
    for (const std::optional<protocol::TrendReport>& known : m_known) {
        if (known)
            reports.append(*known);
    }
    return reports;
}

void TrendsModel::restore(const QList<protocol::TrendReport>& reports)
{
    for (const protocol::TrendReport& report : reports) {
        const auto metric = std::size_t(std::ranges::find(asked, report.metric) - asked.begin());
        if (metric < m_known.size() && !m_known[metric])
            m_known[metric] = report;
    }
    emit changed();
}

void TrendsModel::onAnswer(Metric metric, const Course::Answer& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "trend:" << answer.error().message << answer.error().details;
        return;
    }
    if (!answer->value)
        return;
    m_known[metric] = *answer->value;
    emit changed();
}

} // namespace prism::model
