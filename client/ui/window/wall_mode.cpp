#include "client/ui/window/wall_mode.h"

#include <QApplication>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace prism::ui {

WallMode::WallMode(QWidget& window, std::chrono::milliseconds rest)
    : QObject(&window)
    , m_window(window)
{
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(rest);
    connect(&m_restTimer, &QTimer::timeout, this, &WallMode::hidePointer);
}

WallMode::~WallMode()
{
    showPointer();
    if (m_on)
        QApplication::setFont(m_usualFont);
}

double WallMode::typeScale(int screenHeight)
{
    constexpr double designedFor = 720; // the height at which usual type fills the window well
    return std::clamp(screenHeight / designedFor, 1.2, 4.0);
}

void WallMode::set(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    emit changed(on);
    if (on) {
        m_usualFont = QApplication::font();
        QFont larger = m_usualFont;
        larger.setPointSizeF(m_usualFont.pointSizeF() * typeScale(m_window.screen()->size().height()));
        setFont(larger);
        QApplication::instance()->installEventFilter(this);
        m_window.setWindowState(m_window.windowState() | Qt::WindowFullScreen);
        m_restTimer.start();
    } else {
        QApplication::instance()->removeEventFilter(this);
        m_restTimer.stop();
        showPointer();
        setFont(m_usualFont);
        m_window.setWindowState(m_window.windowState() &
                                ~Qt::WindowFullScreen); // maximised as before, or not
    }
}

/// Qt tells windows alone; ours have widgets with fonts of their own, made from the application's.
void WallMode::setFont(const QFont& font)
{
    QApplication::setFont(font);
    QEvent event(QEvent::FontChange);
    const QList<QWidget*> all = m_window.findChildren<QWidget*>();
    for (QWidget* widget : all)
        QCoreApplication::sendEvent(widget, &event);
}

bool WallMode::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonPress) {
        showPointer();
        m_restTimer.start();
    }
    return QObject::eventFilter(watched, event);
}

void WallMode::hidePointer()
{
    if (m_pointerHidden)
        return;
    m_pointerHidden = true;
    QApplication::setOverrideCursor(Qt::BlankCursor);
}

void WallMode::showPointer()
{
    if (!m_pointerHidden)
        return;
    m_pointerHidden = false;
    QApplication::restoreOverrideCursor();
}

} // namespace prism::ui
