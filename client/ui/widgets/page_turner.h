#pragma once

#include <QWidget>

class QToolButton;

namespace prism::ui {

class Text;

/// Where a list stands that has pages, and the way to the one before and the next.
class PageTurner : public QWidget
{
    Q_OBJECT

public:
    /// The buttons' names begin with `list`; the keyboard goes to `origin` from one that leads nowhere any
    /// more.
    PageTurner(const QString& list, QWidget& origin, QWidget* parent = nullptr);

    /// `place` may be empty.
    void display(const QString& place, bool hasPrevious, bool hasNext);

signals:
    void previousRequested();
    void nextRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QWidget& m_origin;
    Text* m_place;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace prism::ui
