#include "client/model/forecast_model.h"

#include "client/model/log.h"

namespace prism::model {

int forecastSteps(protocol::Period period)
{
    switch (period) {
    case protocol::Period::Today:
        return 0;
    case protocol::Period::Week:
    case protocol::Period::All:
        return 3;
    case protocol::Period::Month:
        return 7;
    case protocol::Period::Year:
        return 8;
    }
    return 0;
}

ForecastModel::ForecastModel(net::ApiClient& api, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_fetch(api, options, options.timing.trendGap,
              [this](const PacedFetch::Wish&, const auto& answer) { onAnswer(answer); })
{
}

void ForecastModel::follow(protocol::Period period, std::optional<protocol::Timestamp> at)
{
    const int steps = forecastSteps(period);
    if (steps == 0)
        return forget();
    QUrlQuery query({{QStringLiteral("metric"), QStringLiteral("violations")},
                     {QStringLiteral("historicalPeriod"), protocol::toString(period)},
                     {QStringLiteral("periods"), QString::number(steps)}});
    if (at)
        query.addQueryItem(QStringLiteral("at"), protocol::toIso(*at));
    m_fetch.ask({QStringLiteral("/api/v1/analytics/forecast"), query});
}

void ForecastModel::forget()
{
    m_fetch.forget();
    set({});
}

void ForecastModel::onAnswer(const protocol::Result<net::Answer>& answer)
{
    if (!answer) {
        qCInfo(modelLog) << "forecast:" << answer.error().message;
        return;
    }
    if (const auto forecast = protocol::forecastReportFromJson(answer->data.toObject()))
        set(*forecast);
    else
        qCInfo(modelLog) << "forecast:" << forecast.error().message;
}

void ForecastModel::set(const std::optional<protocol::ForecastReport>& forecast)
{
    if (m_forecast.has_value() == forecast.has_value() &&
        (!forecast || (m_forecast->period == forecast->period && m_forecast->steps == forecast->steps)))
        return;
    m_forecast = forecast;
    emit changed();
}

} // namespace prism::model
