#pragma once

#include "client/ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QListView;
class QPushButton;
class QStackedLayout;

namespace prism::model {
class AlertsModel;
}

namespace prism::ui {

class AlertTexts;

/// The alerts there are, newest first, to be acknowledged one by one or several at once; and a calm word when
/// there are none. Borrows the model, which outlives it.
class AlertsPanel : public Panel
{
    Q_OBJECT

public:
    explicit AlertsPanel(model::AlertsModel& alerts, QWidget* parent = nullptr);

    /// Offers no acknowledging.
    void setReadOnly(bool readOnly);
    /// For a wall: without the controls.
    void setReduced(bool reduced);

    /// Whether it says that there are none.
    bool isEmptyShown() const;

signals:
    /// Somebody has seen to the alert with this id.
    void acknowledgeRequested(const QString& id);

protected:
    void retranslate() override;

private:
    void showCount();
    void showButton();
    void showControls();
    void acknowledgeSelected();
    QStringList openSelected() const; ///< ids of the selected alerts that nobody has acknowledged

    model::AlertsModel& m_alerts;
    AlertTexts* m_texts;
    QStackedLayout* m_pages;
    QListView* m_list;
    QComboBox* m_shown;
    QPushButton* m_acknowledge;
    QLabel* m_emptyIcon;
    Text* m_emptyTitle;
    Text* m_emptyText;
    Text* m_count;
    bool m_readOnly = false;
    bool m_reduced = false;
};

} // namespace prism::ui
