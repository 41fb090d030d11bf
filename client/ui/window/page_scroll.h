#pragma once

#include <QScrollArea>

namespace prism::ui {

/// A page in a window that may be smaller than the page can be: it fills the window, and where it cannot get
/// that small it is scrolled. What gets the focus by the keyboard comes into sight.
class PageScroll : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes the page.
    explicit PageScroll(QWidget* page, QWidget* parent = nullptr);

    /// Where it is not, there are no scroll bars whatever the page needs.
    void setScrolling(bool scrolls);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void reveal(const QWidget* focused);
};

} // namespace prism::ui
