#pragma once

#include "client/ui/panel.h"

class QListView;
class QStackedLayout;
class QLabel;

namespace prism::model {
class AlertsModel;
}

namespace prism::ui {

/// The alerts there are, newest first; and a calm word when there are none. Borrows the model, which outlives
/// it.
class AlertsPanel : public Panel
{
    Q_OBJECT

public:
    explicit AlertsPanel(model::AlertsModel& alerts, QWidget* parent = nullptr);

    /// Whether it says that there are none.
    bool isEmptyShown() const;

protected:
    void retranslate() override;

private:
    void showCount();

    model::AlertsModel& m_alerts;
    QStackedLayout* m_pages;
    QListView* m_list;
    QLabel* m_emptyIcon;
    Text* m_emptyTitle;
    Text* m_emptyText;
    Text* m_count;
};

} // namespace prism::ui
