#include "client/model/trends_model.h"

#include "client/model/log.h"

namespace prism::model {

namespace {

constexpr std::array names{"checks", "usage", "avgCheckTime"};

} // namespace

TrendsModel::TrendsModel(net::ApiClient& api, const net::Options& options, QObject* parent)
    : QObject(parent)
{
    for (int i = 0; i < MetricCount; ++i) {
        const auto metric = Metric(i);
        m_fetches[std::size_t(i)] = new PacedFetch(
            api, options, options.timing.trendGap,
            [this, metric](const PacedFetch::Wish&, const auto& answer) { onAnswer(metric, answer); }, this);
    }
}

void TrendsModel::follow(protocol::Period period, std::optional<protocol::Timestamp> at)
{
    QUrlQuery query({{QStringLiteral("period"), protocol::toString(period)}});
    if (at)
        query.addQueryItem(QStringLiteral("at"), protocol::toIso(*at));
    for (std::size_t i = 0; i < m_fetches.size(); ++i)
        m_fetches[i]->ask(
            {QStringLiteral("/api/v1/analytics/trends/%1").arg(QLatin1String(names[i])), query});
}

void TrendsModel::forget()
{
    for (PacedFetch* fetch : m_fetches)
        fetch->forget();
    m_known.fill({});
}

std::optional<protocol::Trend> TrendsModel::trend(Metric metric, protocol::Period period) const
{
    const std::optional<Known>& known = m_known[metric];
    return known && known->period == period ? std::optional(known->trend) : std::nullopt;
}

void TrendsModel::onAnswer(Metric metric, const protocol::Result<net::Answer>& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "trend:" << answer.error().message;
        return;
    }
    const auto report = protocol::trendReportFromJson(answer->data.toObject());
    if (!report) {
        qCInfo(modelLog) << "trend:" << report.error().message << report.error().details;
        return;
    }
    m_known[metric] = Known{report->period, report->trend};
    emit changed();
}

} // namespace prism::model
