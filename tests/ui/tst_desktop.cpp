#include "client/desktop/dbus_notifier.h"
#include "client/desktop/herald.h"
#include "client/desktop/single_instance.h"
#include "client/desktop/tray_icon.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QMenu>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace prism;
using namespace std::chrono_literals;
using desktop::DbusNotifier;
using desktop::Herald;
using desktop::Notification;
using desktop::SingleInstance;
using desktop::TrayIcon;
using model::AlertSeverity;
using net::FeedState;

namespace {

/// Keeps what it is told to show.
class Board : public desktop::Notifier
{
public:
    void show(const Notification& notification) override { shown.append(notification); }
    void withdraw(const QString& key) override { withdrawn.append(key); }

    QStringList keys() const
    {
        QStringList list;
        for (const Notification& notification : shown)
            list.append(notification.key);
        return list;
    }

    QList<Notification> shown;
    QStringList withdrawn;
};

model::Alert alertOf(const QString& id, AlertSeverity severity = AlertSeverity::High)
{
    model::Alert alert;
    alert.id = id;
    alert.kind = model::AlertKind::ViolationSpike;
    alert.message = QStringLiteral("3 < 12 violations");
    alert.severity = severity;
    alert.time = protocol::now();
    return alert;
}

} // namespace

/// What shows notifications on a desktop, as far as the dashboard can tell: it numbers them, takes them away,
/// and tells everybody what was clicked. It draws nothing.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        uint replaces = 0;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Shown> shown;
    QList<uint> closed;

public slots:
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
                const QStringList& actions, const QVariantMap& hints, int)
    {
        shown.append({replaces, title, text, actions, hints});
        return replaces != 0 ? replaces : uint(shown.size());
    }
    void CloseNotification(uint id)
    {
        closed.append(id);
        emit NotificationClosed(id, 3);
    }

signals:
    void ActionInvoked(uint, const QString&); // id, action
    void NotificationClosed(uint, uint);      // id, reason
};

class TestDesktop : public QObject
{
    Q_OBJECT

private slots:
    void alert_isToldOnce();
    void manyAlerts_areToldInOneSentence();
    void acknowledged_isTakenAway();
    void unwanted_isNotToldNorMadeUpFor();
    void deadFeed_isToldAndSoIsItsReturn();
    void shortOutage_isNotTold();
    void bus_showsAndAcknowledges();
    void withoutABus_nothingBreaks();
    void crashedInstance_isInNobodysWay();
    void message_saysWhatIsWanted_data();
    void message_saysWhatIsWanted();
    void messages_thatMakeNoSense_areIgnored_data();
    void messages_thatMakeNoSense_areIgnored();
    void program_startedTwice_endsWithZeroAndTellsTheFirst();
    void closing_quitsUnlessThereIsATrayAndItIsWanted();
    void trayGone_bringsTheWindowBack();
    void tray_tellsConnectionAndAlerts();
};

void TestDesktop::alert_isToldOnce()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.alertRaised(alertOf(QStringLiteral("a"))); // caught up after an outage, say
    QCOMPARE(board.keys(), QStringList{QStringLiteral("a")});
    QCOMPARE(board.shown[0].title, QStringLiteral("Many violations (staging)"));
    QCOMPARE(board.shown[0].text, QStringLiteral("3 < 12 violations"));
    QVERIFY(board.shown[0].urgency == Notification::Urgency::Critical);
    QVERIFY(board.shown[0].canAcknowledge);
}

void TestDesktop::manyAlerts_areToldInOneSentence()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {3, 100ms, 60s});
    for (int i = 0; i < 50; ++i)
        herald.alertRaised(alertOf(QString::number(i)));
    herald.alertAcknowledged(QStringLiteral("40"));
    QCOMPARE(board.shown.size(), 3);
    QTRY_COMPARE(board.shown.size(), 4);
    QVERIFY2(board.shown[3].text.startsWith(QStringLiteral("46 ")), qPrintable(board.shown[3].text));
    QVERIFY(!board.shown[3].canAcknowledge);
}

void TestDesktop::acknowledged_isTakenAway()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.alertAcknowledged(QStringLiteral("a"));
    QCOMPARE(board.withdrawn, QStringList{QStringLiteral("a")});
}

void TestDesktop::unwanted_isNotToldNorMadeUpFor()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.setWanted(false);
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.setWanted(true);
    herald.alertRaised(alertOf(QStringLiteral("b")));
    QCOMPARE(board.keys(), QStringList{QStringLiteral("b")});
}

void TestDesktop::deadFeed_isToldAndSoIsItsReturn()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {3, 10s, 20ms});
    herald.feedChanged(FeedState::Connecting);
    herald.feedChanged(FeedState::Offline);
    QTRY_COMPARE(board.shown.size(), 1);
    QCOMPARE(board.shown[0].title, QStringLiteral("staging cannot be reached"));
    herald.feedChanged(FeedState::Live);
    QCOMPARE(board.shown.size(), 2);
    QCOMPARE(board.shown[1].title, QStringLiteral("staging is back"));
    QCOMPARE(board.shown[1].key, board.shown[0].key); // in its place
}

void TestDesktop::shortOutage_isNotTold()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {3, 10s, 100ms});
    herald.feedChanged(FeedState::Offline);
    herald.feedChanged(FeedState::Polling);
    QVERIFY(!QTest::qWaitFor([&] { return !board.shown.isEmpty(); }, 300));
}

void TestDesktop::bus_showsAndAcknowledges()
{
    QProcess daemon;
    daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                                 QStringLiteral("--print-address")});
    QVERIFY2(daemon.waitForStarted(), qPrintable(daemon.errorString()));
    while (!daemon.canReadLine())
        QVERIFY(daemon.waitForReadyRead());
    const QString address = QString::fromLatin1(daemon.readLine().trimmed());
    QDBusConnection theirs = QDBusConnection::connectToBus(address, QStringLiteral("service"));
    NotificationService service;
    QVERIFY(theirs.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(theirs.registerService(QStringLiteral("org.freedesktop.Notifications")));
    {
        DbusNotifier notifier(QDBusConnection::connectToBus(address, QStringLiteral("dashboard")));
        QSignalSpy acknowledged(&notifier, &DbusNotifier::acknowledged);
        QSignalSpy activated(&notifier, &DbusNotifier::activated);
        notifier.show({QStringLiteral("a"), QStringLiteral("Title"), QStringLiteral("3 < 12"),
                       Notification::Urgency::Critical, true});
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown[0].title, QStringLiteral("Title"));
        QCOMPARE(service.shown[0].text, QStringLiteral("3 &lt; 12"));
        QCOMPARE(service.shown[0].actions.value(2), QStringLiteral("acknowledge"));
        QCOMPARE(service.shown[0].hints.value(QStringLiteral("urgency")).toInt(), 2);

        // The same again takes its place once the first has its number.
        QTRY_VERIFY(([&] {
            notifier.show({QStringLiteral("a"), QStringLiteral("Later"), {}, {}, true});
            return QTest::qWaitFor([&] { return service.shown.constLast().replaces == 1; }, 200);
        }()));
        emit service.ActionInvoked(99, QStringLiteral("acknowledge")); // somebody else's
        emit service.ActionInvoked(1, QStringLiteral("acknowledge"));
        QTRY_COMPARE(acknowledged.size(), 1);
        QCOMPARE(acknowledged[0][0].toString(), QStringLiteral("a"));
        emit service.ActionInvoked(1, QStringLiteral("default"));
        QTRY_COMPARE(activated.size(), 1);

        notifier.withdraw(QStringLiteral("a"));
        QTRY_COMPARE(service.closed, QList<uint>{1});
        notifier.show({QStringLiteral("b"), QStringLiteral("Title"), {}, {}, false});
        notifier.withdraw(QStringLiteral("b")); // before it has a number
        QTRY_COMPARE(service.closed.size(), 2);
    }
    QDBusConnection::disconnectFromBus(QStringLiteral("dashboard"));
    QDBusConnection::disconnectFromBus(QStringLiteral("service"));
    daemon.terminate();
    QVERIFY(daemon.waitForFinished());
}

void TestDesktop::withoutABus_nothingBreaks()
{
    DbusNotifier notifier(QDBusConnection(QStringLiteral("nowhere")));
    notifier.show({QStringLiteral("a"), QStringLiteral("Title"), {}, {}, true});
    notifier.withdraw(QStringLiteral("a"));
}

void TestDesktop::crashedInstance_isInNobodysWay()
{
    const QTemporaryDir dir;
    QFile remains(dir.filePath(QStringLiteral("prism-dashboard-p"))); // where the socket was
    QVERIFY(remains.open(QIODevice::WriteOnly));
    remains.close();
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    SingleInstance other(dir.path(), QStringLiteral("q"));
    QVERIFY(other.claim() == SingleInstance::Role::First); // another profile
}

void TestDesktop::message_saysWhatIsWanted_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("period");
    QTest::addColumn<QString>("page");
    const desktop::Activation both{protocol::Period::Today, ui::Page::Settings};
    QTest::newRow("nothing") << desktop::Activation{}.toMessage() << QString() << QString();
    QTest::newRow("both") << both.toMessage() << QStringLiteral("today") << QStringLiteral("settings");
    QTest::newRow("unknown") << QByteArray("{\"period\": \"eon\", \"page\": 7, \"more\": []}\n") << QString()
                             << QString();
}

void TestDesktop::message_saysWhatIsWanted()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, period);
    QFETCH(QString, page);
    const QTemporaryDir dir;
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    desktop::Activation wanted;
    int count = 0;
    connect(&instance, &SingleInstance::activationRequested, this, [&](const desktop::Activation& told) {
        wanted = told;
        ++count;
    });
    QLocalSocket later;
    later.connectToServer(dir.filePath(QStringLiteral("prism-dashboard-p")));
    QVERIFY(later.waitForConnected());
    const qsizetype half = message.size() / 2;
    later.write(message.first(half)); // it may come in pieces
    later.flush();
    QCoreApplication::processEvents();
    later.write(message.sliced(half));
    later.flush();
    QTRY_COMPARE(later.bytesAvailable(), qint64(6));
    QCOMPARE(later.readAll(), QByteArray("shown\n"));
    QCOMPARE(count, 1);
    QVERIFY(wanted.period == protocol::periodFromString(period));
    QVERIFY(wanted.page == ui::pageFromString(page));
}

void TestDesktop::messages_thatMakeNoSense_areIgnored_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no JSON") << QByteArray("period=today\n");
    QTest::newRow("no object") << QByteArray("[1]\n");
    QTest::newRow("empty") << QByteArray("\n");
    QTest::newRow("too long") << "{\"page\": \"" + QByteArray(desktop::Activation::longest, 'x') + "\"}\n";
    QTest::newRow("without end") << QByteArray(100'000, 'x');
}

void TestDesktop::messages_thatMakeNoSense_areIgnored()
{
    QFETCH(QByteArray, message);
    const QTemporaryDir dir;
    SingleInstance instance(dir.path(), QStringLiteral("p"));
    QVERIFY(instance.claim() == SingleInstance::Role::First);
    int count = 0;
    connect(&instance, &SingleInstance::activationRequested, this, [&] { ++count; });
    QLocalSocket stranger;
    stranger.connectToServer(dir.filePath(QStringLiteral("prism-dashboard-p")));
    QVERIFY(stranger.waitForConnected());
    stranger.write(message);
    QTRY_COMPARE(stranger.state(), QLocalSocket::UnconnectedState);
    QVERIFY(stranger.readAll().isEmpty());
    QCOMPARE(count, 0);
}

void TestDesktop::program_startedTwice_endsWithZeroAndTellsTheFirst()
{
    const QTemporaryDir dir;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), dir.path());
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    const QStringList arguments{QStringLiteral("--profile"), QStringLiteral("ours"),
                                QStringLiteral("--server"), QStringLiteral("http://127.0.0.1:1")};
    const QString program = qEnvironmentVariable("PRISM_DASHBOARD_BINARY");
    QProcess first;
    first.setProcessEnvironment(environment);
    first.start(program, arguments);
    const auto isUp = [&] {
        return !QDir(dir.path()).entryList({QStringLiteral("prism-dashboard-*")}, QDir::System).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isUp(), 30'000);

    QProcess second;
    second.setProcessEnvironment(environment);
    second.start(program, QStringList(arguments) << QStringLiteral("--period") << QStringLiteral("month")
                                                 << QStringLiteral("--page") << QStringLiteral("records"));
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);

    first.terminate(); // as the desktop does at the end of its session: it ends in order
    QTRY_COMPARE_WITH_TIMEOUT(first.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
    QCOMPARE(first.exitCode(), 0);
    QFile windows(dir.filePath(QStringLiteral("prism-dashboard/windows.ini")));
    QVERIFY(windows.open(QIODevice::ReadOnly));
    const QByteArray remembered = windows.readAll();
    QVERIFY(remembered.contains("geometry="));
    QVERIFY2(remembered.contains("period=month") && remembered.contains("page=records"),
             remembered.constData());
    const QByteArray said = first.readAllStandardError().toLower();
    QVERIFY2(!said.contains("bus"), said.constData()); // that there is none is nobody's business
}

void TestDesktop::closing_quitsUnlessThereIsATrayAndItIsWanted()
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

void TestDesktop::trayGone_bringsTheWindowBack()
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

void TestDesktop::tray_tellsConnectionAndAlerts()
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

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
