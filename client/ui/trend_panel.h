#pragma once

#include "client/ui/panel.h"
#include "shared/protocol/dashboard.h"

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
    QString directionText() const;

protected:
    void retranslate() override;

private:
    QString valuesText() const;

    std::optional<protocol::Direction> m_direction; ///< nothing before the first numbers
    protocol::Period m_period = protocol::Period::Week;
    Text* m_directionText;
    TrendChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
