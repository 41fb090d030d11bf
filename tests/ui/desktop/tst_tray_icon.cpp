#include "client/desktop/tray_icon.h"
#include "tests/support/test_program.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

namespace tst_tray_icon {

using namespace prism;
using desktop::TrayIcon;
using net::FeedState;
using protocol::AlertSeverity;

class TestTrayIcon : public QObject
{
    Q_OBJECT

private slots:
    void closing_quitsUnlessThereIsATrayAndItIsWanted();
    void trayGone_bringsTheWindowBack();
    void tray_tellsConnectionAndAlerts();
};

void TestTrayIcon::closing_quitsUnlessThereIsATrayAndItIsWanted()
{
    QWidget window;
    bool hasTray = false;
    TrayIcon tray(window, QStringLiteral("staging"), [&] { return hasTray; });
    QSignalSpy kept(&tray, &TrayIcon::keptChanged);
    window.show();
    tray.setKept(true);
    QCOMPARE(kept.size(), 1);
    QVERIFY(QGuiApplication::quitOnLastWindowClosed()); // wanted, but there is no tray
    hasTray = true;
    tray.checkTray();
    QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
    tray.setKept(false);
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
}

void TestTrayIcon::trayGone_bringsTheWindowBack()
{
    QWidget window;
    bool hasTray = true;
    TrayIcon tray(window, QStringLiteral("staging"), [&] { return hasTray; });
    tray.setKept(true);
    window.show();
    window.close();
    tray.checkTray();
    QVERIFY(window.isHidden());
    hasTray = false;
    tray.checkTray();
    QVERIFY(!window.isHidden());
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
}

void TestTrayIcon::tray_tellsConnectionAndAlerts()
{
    QWidget window;
    TrayIcon tray(window, QStringLiteral("staging"), [] { return true; });
    const QImage before = tray.icon().pixmap(64, 64).toImage();
    tray.setState({FeedState::Live, AlertSeverity::High, 2});
    QVERIFY2(tray.toolTip().startsWith(QStringLiteral("staging: live\n2 ")), qPrintable(tray.toolTip()));
    const QImage live = tray.icon().pixmap(64, 64).toImage();
    QVERIFY(live != before);
    tray.setState({FeedState::Offline, AlertSeverity::High, 2});
    QVERIFY(tray.icon().pixmap(64, 64).toImage() != live);

    tray.menu().actions().constFirst()->trigger();
    QVERIFY(window.isVisible());
}

PRISM_WIDGET_TEST(TestTrayIcon)

} // namespace tst_tray_icon

#include "tst_tray_icon.moc"
