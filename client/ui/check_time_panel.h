#pragma once

#include "client/ui/panel.h"
#include "shared/protocol/dashboard.h"

namespace prism::ui {

class Legend;
class PercentileChart;
struct TimeThresholds;

/// How long the period's checks took.
class CheckTimePanel : public Panel
{
    Q_OBJECT

public:
    explicit CheckTimePanel(QWidget* parent = nullptr);

    void display(const protocol::Performance& performance);
    /// What counts as fast and as acceptable.
    void setThresholds(const TimeThresholds& thresholds);
    PercentileChart* chart() const { return m_chart; }

protected:
    void retranslate() override;

private:
    PercentileChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
