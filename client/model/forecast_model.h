#pragma once

#include "client/model/latest.h"
#include "shared/protocol/view.h"

#include <QObject>

namespace prism::model {

/// How many buckets ahead it makes sense to look. None for a day, the rest of which is soon
/// seen.
int forecastSteps(protocol::Period period);

/// What to expect of the violations of a period, as of now or of a moment. What it has stays until the server
/// says something newer. Lives on the GUI thread.
class ForecastModel : public QObject
{
    Q_OBJECT

public:
    ForecastModel(net::Api& api, const net::Options& options, QObject* parent = nullptr);

    /// To be called whenever the numbers changed; fetches at its own pace, and nothing where looking ahead
    /// makes no sense.
    void follow(protocol::Period period, std::optional<protocol::Timestamp> at = {});
    void forget();

    /// What follow() asks for; nothing where looking ahead makes no sense.
    static std::optional<protocol::Outlook> outlook(protocol::Period period);

    /// The server says by itself what to expect.
    void tell(const protocol::ForecastReport& report);

    /// Of the period it names.
    const std::optional<protocol::ForecastReport>& forecast() const { return m_forecast; }

signals:
    void changed();

private:
    using Answers = Latest<net::ForecastQuestion, protocol::ForecastReport>;

    void onAnswer(const Answers::Answer& answer);
    void set(const std::optional<protocol::ForecastReport>& forecast);

    Answers m_outlook;
    std::optional<protocol::ForecastReport> m_forecast;
};

} // namespace prism::model
