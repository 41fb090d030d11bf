#include "client/desktop/tray_icon.h"

#include "client/ui/theme/icons.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/pill_delegate.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QWidget>

namespace prism::desktop {

using net::FeedState;
using ui::Tone;

namespace {

constexpr int side = 64;
constexpr std::chrono::seconds betweenLooks{5};

Tone toneOf(FeedState state)
{
    switch (state) {
    case FeedState::Live:
        return Tone::Good;
    case FeedState::Polling:
    case FeedState::Connecting:
        return Tone::Caution;
    case FeedState::Offline:
    case FeedState::SignedOut:
        break;
    }
    return Tone::Bad;
}

} // namespace

TrayIcon::TrayIcon(QWidget& window, const QString& server, const std::function<bool()>& hasTray,
                   QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_server(ui::isolated(server))
    , m_hasTray(hasTray)
    , m_show(m_menu.addAction(QString()))
    , m_keep(m_menu.addAction(QString()))
    , m_quit(m_menu.addAction(QString()))
{
    m_keep->setCheckable(true);
    m_icon.setContextMenu(&m_menu);
    connect(m_show, &QAction::triggered, this, &TrayIcon::showWindow);
    connect(m_quit, &QAction::triggered, qApp, &QCoreApplication::quit);
    connect(m_keep, &QAction::toggled, this, [this](bool kept) {
        checkTray();
        emit keptChanged(kept);
    });
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            showWindow();
    });
    connect(&m_trayTimer, &QTimer::timeout, this, &TrayIcon::checkTray);
    m_trayTimer.start(betweenLooks);
    m_window.installEventFilter(this);
    retranslate();
    draw();
    checkTray();
}

void TrayIcon::setState(const TrayState& state)
{
    if (m_state == state)
        return;
    m_state = state;
    retranslate();
    draw();
}

void TrayIcon::setKept(bool kept)
{
    m_keep->setChecked(kept);
}

bool TrayIcon::isKept() const
{
    return m_keep->isChecked();
}

void TrayIcon::checkTray()
{
    const bool tray = m_hasTray();
    m_icon.setVisible(tray);
    QGuiApplication::setQuitOnLastWindowClosed(!(tray && isKept()));
    if (!tray && m_window.isHidden() && isKept() && m_window.testAttribute(Qt::WA_WState_ExplicitShowHide))
        showWindow(); // there would be no way back to it
}

void TrayIcon::showWindow()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

bool TrayIcon::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (ui::changesTheme(*event))
        draw();
    else if (event->type() == QEvent::Close)
        checkTray(); // as it is now, not as it was seconds ago
    return QObject::eventFilter(watched, event);
}

void TrayIcon::retranslate()
{
    m_show->setText(tr("Show the window"));
    m_keep->setText(tr("Stay here when the window is closed"));
    m_quit->setText(tr("Quit"));
    QString state;
    switch (m_state.feed) {
    case FeedState::Live:
        state = tr("live");
        break;
    case FeedState::Polling:
        state = tr("polling");
        break;
    case FeedState::Connecting:
        state = tr("connecting");
        break;
    case FeedState::Offline:
        state = tr("offline");
        break;
    case FeedState::SignedOut:
        state = tr("signed out");
        break;
    }
    QString text = tr("%1: %2", "server, state of the connection").arg(m_server, state);
    if (m_state.open > 0)
        text += QLatin1Char('\n') + tr("%Ln alert(s) that nobody has acknowledged", nullptr, m_state.open);
    m_icon.setToolTip(text);
}

void TrayIcon::draw()
{
    const ui::Theme theme = ui::Theme::of(&m_window);
    QPixmap picture = ui::applicationIcon().pixmap(side, side);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.surface, 3));
    constexpr qreal size = side * 0.4;
    const auto outlined = [&] {
        painter.setBrush(theme.surface);
        painter.setPen(QPen(theme.fill(Tone::Bad), 6));
    };
    painter.setBrush(theme.fill(toneOf(m_state.feed)));
    // Told apart by shape as well: full while the server is heard.
    if (m_state.feed == FeedState::Offline || m_state.feed == FeedState::SignedOut)
        outlined();
    painter.drawEllipse(QRectF(side - size - 3, side - size - 3, size, size));
    if (m_state.worst) {
        painter.setPen(QPen(theme.surface, 3));
        painter.setBrush(theme.fill(ui::toneOf(*m_state.worst)));
        painter.drawPolygon(
            QPolygonF{{side - size / 2 - 3, 3}, {side - 3.0, size + 3}, {side - size - 3, size + 3}});
    }
    painter.end();
    m_icon.setIcon(picture);
}

} // namespace prism::desktop
