#pragma once

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

protected:
    void retranslate() override;

private:
    PercentileChart* m_chart;
    Legend* m_legend;
};

} // namespace prism::ui
