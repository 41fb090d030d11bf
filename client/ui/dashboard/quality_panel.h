#pragma once

#include "client/ui/widgets/panel.h"
#include "shared/protocol/dashboard.h"

namespace prism::ui {

class FormScroll;
class Meter;

/// How clean the period's checks were, and which principles were violated most.
class QualityPanel : public Panel
{
    Q_OBJECT

public:
    explicit QualityPanel(QWidget* parent = nullptr);

    void display(const protocol::Quality& quality);

    /// For a wall: nothing scrolls.
    void setReduced(bool reduced);

    QString violationRateText() const;
    QString falsePositiveRateText() const;
    /// The names of the top violated principles, as shown.
    QStringList topNames() const;

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showTop();
    void showWhole();

    std::optional<protocol::Quality> m_quality; ///< nothing before the first numbers
    Meter* m_violationRate;
    Meter* m_falsePositiveRate;
    Text* m_topTitle;
    Text* m_noTop;
    QVBoxLayout* m_topLayout;
    QList<Meter*> m_top;
    FormScroll* m_scroll;
    bool m_reduced = false;
};

} // namespace prism::ui
