#pragma once

#include "client/ui/theme/theme.h"
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
    /// The direction, or why none is said.
    QString directionText() const;
    const Legend* legend() const { return m_legend; }
    TrendChart* chart() const { return m_chart; }

protected:
    void retranslate() override;

private:
    void sayDirection();
    void explainMarks();
    Tone tone() const;
    QString valuesText() const;

    std::optional<protocol::Trend> m_trend; ///< nothing before the first numbers
    protocol::Period m_period = protocol::Period::Week;
    std::optional<protocol::ForecastReport> m_forecast;
    Text* m_directionText;
    TrendChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
