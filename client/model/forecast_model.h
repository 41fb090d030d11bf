#pragma once

#include "client/model/forecast.h"
#include "client/model/paced_fetch.h"
#include "shared/protocol/timestamp.h"

namespace prism::model {

/// What to expect of the violations of a period, as of now or of a moment. What it has stays until the server
/// says something newer. Lives on the GUI thread.
class ForecastModel : public QObject
{
    Q_OBJECT

public:
    ForecastModel(net::ApiClient& api, const net::Options& options, QObject* parent = nullptr);

    /// To be called whenever the numbers changed; fetches at its own pace, and nothing where looking ahead
    /// makes no sense.
    void follow(protocol::Period period, std::optional<protocol::Timestamp> at = {});
    void forget();

    /// Of the period it names.
    const std::optional<Forecast>& forecast() const { return m_forecast; }

signals:
    void changed();

private:
    void onAnswer(const protocol::Result<net::Answer>& answer);
    void set(const std::optional<Forecast>& forecast);

    PacedFetch m_fetch;
    std::optional<Forecast> m_forecast;
};

} // namespace prism::model
