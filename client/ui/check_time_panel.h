#pragma once

#include "client/model/check_time_limits.h"
#include "client/ui/panel.h"
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

protected:
    void retranslate() override;

private:
    PercentileChart* m_chart;
    Legend* m_legend;
    model::CheckTimeLimits m_limits;
};

} // namespace prism::ui
