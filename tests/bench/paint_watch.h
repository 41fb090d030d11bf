#pragma once

#include <QEvent>
#include <QObject>
#include <QWidget>

#include <functional>

namespace prism::bench {

/// Tells when a widget has painted after it was armed. Lives on the GUI thread, as long as the widget's
/// filter.
class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget& widget, std::function<void()> painted)
        : m_painted(std::move(painted))
    {
        widget.installEventFilter(this);
    }

    void arm() { m_armed = true; }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (m_armed && event->type() == QEvent::Paint) {
            m_armed = false;
            QMetaObject::invokeMethod(this, m_painted, Qt::QueuedConnection); // after the whole window is
        }
        return false;
    }

private:
    const std::function<void()> m_painted;
    bool m_armed = false;
};

} // namespace prism::bench
