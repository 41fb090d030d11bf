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

ForecastModel::ForecastModel(net::Api& api, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_outlook(api, &net::Api::forecast, options, options.timing.trendGap,
                [this](const auto&, auto, const Answers::Answer& answer) { onAnswer(answer); })
{
}

void ForecastModel::follow(protocol::Period period, std::optional<protocol::Timestamp> at)
{
    const int steps = forecastSteps(period);
    if (steps == 0)
        return forget();
    m_outlook.ask({period, steps, at});
}

std::optional<protocol::Outlook> ForecastModel::outlook(protocol::Period period)
{
    const int steps = forecastSteps(period);
    return steps > 0 ? std::optional(protocol::Outlook{protocol::TrendMetric::Violations, steps})
                     : std::nullopt;
}

void ForecastModel::tell(const protocol::ForecastReport& report)
{
    m_outlook.forget(); // an answer that is on its way is of before
    set(report);
}

void ForecastModel::forget()
{
    m_outlook.forget();
    set({});
}

void ForecastModel::onAnswer(const Answers::Answer& answer)
{
    if (!answer)
        qCInfo(modelLog) << "forecast:" << answer.error().message << answer.error().details;
    else if (answer->value)
        set(answer->value);
}

void ForecastModel::set(const std::optional<protocol::ForecastReport>& forecast)
{
    if (m_forecast.has_value() == forecast.has_value() &&
        (!forecast || (m_forecast->period == forecast->period && m_forecast->steps == forecast->steps &&
                       m_forecast->reason == forecast->reason)))
        return;
    m_forecast = forecast;
    emit changed();
}

} // namespace prism::model
