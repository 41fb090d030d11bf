#pragma once

#include "client/model/check_time_limits.h"
#include "client/ui/widgets/panel.h"
#include "shared/protocol/dashboard.h"

namespace prism::ui {

class Legend;
class PercentileChart;

/// How long the period's checks took.
class CheckTimePanel : public Panel
{
    Q_OBJECT

public:
    explicit CheckTimePanel(QWidget* parent = nullptr);

    void display(const protocol::Performance& performance);
    /// Where the colours change.
    void setLimits(const model::CheckTimeLimits& limits);

    QStringList legendTexts() const;
    PercentileChart* chart() const { return m_chart; }

protected:
    void retranslate() override;

private:
    PercentileChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
