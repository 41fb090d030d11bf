#pragma once

#include <QCoreApplication>
#include <QPaintEvent>
#include <QRegion>
#include <QWidget>

namespace prism::test {

/// What a widget was asked to paint, and how often. Lives on the GUI thread.
class PaintedParts : public QObject
{
public:
    explicit PaintedParts(QWidget& widget) { widget.installEventFilter(this); }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            ++m_times;
            m_region += static_cast<QPaintEvent*>(event)->region();
        }
        return false;
    }

    int times() const { return m_times; }
    QRect bounds() const { return m_region.boundingRect(); }

    void forget()
    {
        m_times = 0;
        m_region = {};
    }

private:
    int m_times = 0;
    QRegion m_region;
};

/// Until what has happened is on the screen. Paints nothing but a corner of the window besides.
inline void paintAll(QWidget& window)
{
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
    window.repaint(0, 0, 1, 1);
}

} // namespace prism::test
