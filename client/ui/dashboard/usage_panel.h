#pragma once

#include "client/ui/widgets/panel.h"
#include "shared/protocol/dashboard.h"

#include <array>

namespace prism::ui {

/// Who used the gateway in the period, and with what success.
class UsagePanel : public Panel
{
    Q_OBJECT

public:
    enum Row { Retrospectives, ActiveSessions, AverageDuration, SuccessRate, DailyActiveUsers, RowCount };

    explicit UsagePanel(QWidget* parent = nullptr);

    void display(const protocol::Usage& usage);
    QString valueText(Row row) const;

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void wrapNames();

    std::optional<protocol::Usage> m_usage; ///< nothing before the first numbers
    std::array<Text*, RowCount> m_names;
    std::array<Text*, RowCount> m_values;
};

} // namespace prism::ui
