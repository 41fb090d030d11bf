#pragma once

#include "client/ui/widgets/panel.h"
#include "shared/protocol/dashboard.h"
#include "shared/protocol/forecast.h"

namespace prism::ui {

class Legend;
class TrendChart;

/// The violations of the period over time and which way they go.
class TrendPanel : public Panel
{
    Q_OBJECT

public:
    explicit TrendPanel(QWidget* parent = nullptr);

    void display(const protocol::Trend& trend, protocol::Period period);
    /// Shown while its period is that of the trend.
    void displayForecast(const std::optional<protocol::ForecastReport>& forecast);
    QString directionText() const;
    TrendChart* chart() const { return m_chart; }

protected:
    void retranslate() override;

private:
    QString valuesText() const;

    std::optional<protocol::Direction> m_direction; ///< nothing before the first numbers
    protocol::Period m_period = protocol::Period::Week;
    bool m_foresees = false;
    Text* m_directionText;
    TrendChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
