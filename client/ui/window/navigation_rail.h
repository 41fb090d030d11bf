#pragma once

#include "client/ui/window/page.h"

#include <QWidget>

class QButtonGroup;

namespace prism::ui {

/// The pages of the window, one below the other at its left. Alt+1 … Alt+3 choose as well.
class NavigationRail : public QWidget
{
    Q_OBJECT

public:
    explicit NavigationRail(QWidget* parent = nullptr);

    Page page() const;
    /// Does not emit.
    void setPage(Page page);

signals:
    /// A person chose it.
    void chosen(prism::ui::Page page);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QButtonGroup* m_buttons;
};

} // namespace prism::ui
