#include "client/desktop/dbus_notifier.h"
#include "client/desktop/herald.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QDBusContext>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

namespace tst_notifications {

using namespace prism;
using namespace std::chrono_literals;
using desktop::DbusNotifier;
using desktop::Herald;
using desktop::Notification;
using net::FeedState;
using protocol::AlertSeverity;

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

protocol::Alert alertOf(const QString& id, AlertSeverity severity = AlertSeverity::High)
{
    protocol::Alert alert;
    alert.id = id;
    alert.kind = protocol::AlertKind::ViolationSpike;
    alert.message = QStringLiteral("3 < 12 violations");
    alert.severity = severity;
    alert.timestamp = protocol::now();
    return alert;
}

} // namespace

/// What shows notifications on a desktop, as far as the dashboard can tell: it numbers them, takes them away,
/// and tells everybody what was clicked. It draws nothing.
class NotificationService : public QObject, protected QDBusContext
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
    bool refuses = false; ///< the next one

public slots:
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
                const QStringList& actions, const QVariantMap& hints, int)
    {
        if (std::exchange(refuses, false)) {
            sendErrorReply(QDBusError::NoReply, QStringLiteral("starting"));
            return 0;
        }
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

/// A session's bus of the test's own, with somebody on it who shows notifications.
class Bus
{
public:
    Bus()
    {
        m_daemon.start(
            QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        while (!m_daemon.canReadLine() && m_daemon.waitForReadyRead())
            ;
        m_address = QString::fromLatin1(m_daemon.readLine().trimmed());
        QDBusConnection theirs = connection(QStringLiteral("service"));
        m_ready =
            theirs.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
            theirs.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~Bus()
    {
        for (const QString& name : std::as_const(m_names))
            QDBusConnection::disconnectFromBus(name);
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Bus)

    bool isReady() const { return m_ready; }
    QDBusConnection connection(const QString& name)
    {
        m_names.append(name);
        return QDBusConnection::connectToBus(m_address, name);
    }

    NotificationService service;

private:
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
    bool m_ready = false;
};

class TestNotifications : public QObject
{
    Q_OBJECT

private slots:
    void alert_isToldOnce();
    void alert_isToldAgainWhenThatIsNews_data();
    void alert_isToldAgainWhenThatIsNews();
    void manyAlerts_areToldInOneSentence();
    void acknowledged_isTakenAway();
    void unwanted_isNotToldNorMadeUpFor();
    void deadFeed_isToldAndSoIsItsReturn();
    void shortOutage_isNotTold();
    void outage_withNotificationsOff_isNotTold();
    void bus_showsAndAcknowledges();
    void sameAgain_takesTheFirstsPlace();
    void refused_doesNotTakeTheNextWithIt();
    void withoutABus_nothingBreaks();
};

void TestNotifications::alert_isToldOnce()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.alertRaised(alertOf(QStringLiteral("a"))); // caught up after an outage, say
    QCOMPARE(board.keys(), QStringList{QStringLiteral("a")});
    QCOMPARE(board.shown[0].title, QStringLiteral("Violation spike (staging)"));
    QCOMPARE(board.shown[0].text, QStringLiteral("3 < 12 violations"));
    QVERIFY(board.shown[0].urgency == Notification::Urgency::Critical);
    QVERIFY(board.shown[0].canAcknowledge);
}

void TestNotifications::alert_isToldAgainWhenThatIsNews_data()
{
    QTest::addColumn<QList<protocol::Alert>>("alerts");
    QTest::addColumn<QStringList>("titles");
    const auto raised = [](AlertSeverity severity, int hour = 0) {
        protocol::Alert alert = alertOf(QStringLiteral("a"), severity);
        alert.bucket = protocol::Timestamp(std::chrono::hours(hour));
        return alert;
    };
    protocol::Alert over = raised(AlertSeverity::Medium);
    over.state = protocol::AlertState::Resolved;
    protocol::Alert seen = raised(AlertSeverity::High);
    seen.acknowledgement = protocol::Acknowledgement{};
    const QString title = QStringLiteral("Violation spike (staging)");
    const QString end = QStringLiteral("Over: Violation spike (staging)");
    const protocol::Alert medium = raised(AlertSeverity::Medium);
    QTest::newRow("graver") << QList{medium, raised(AlertSeverity::High)} << QStringList{title, title};
    QTest::newRow("graver, but seen") << QList{medium, seen} << QStringList{title};
    QTest::newRow("over") << QList{medium, over, over} << QStringList{title, end};
    QTest::newRow("the end of what nobody was told") << QList{over} << QStringList();
    QTest::newRow("goes on after its end")
        << QList{medium, over, raised(AlertSeverity::Medium, 5)} << QStringList{title, end, title};
}

void TestNotifications::alert_isToldAgainWhenThatIsNews()
{
    QFETCH(QList<protocol::Alert>, alerts);
    QFETCH(QStringList, titles);
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    for (const protocol::Alert& alert : alerts)
        herald.alertRaised(alert);
    QStringList told;
    for (const Notification& notification : board.shown)
        told.append(notification.title);
    QCOMPARE(told, titles);
}

void TestNotifications::manyAlerts_areToldInOneSentence()
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

void TestNotifications::acknowledged_isTakenAway()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.alertAcknowledged(QStringLiteral("a"));
    QCOMPARE(board.withdrawn, QStringList{QStringLiteral("a")});
}

void TestNotifications::unwanted_isNotToldNorMadeUpFor()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {});
    herald.setWanted(false);
    herald.alertRaised(alertOf(QStringLiteral("a")));
    herald.setWanted(true);
    herald.alertRaised(alertOf(QStringLiteral("b")));
    QCOMPARE(board.keys(), QStringList{QStringLiteral("b")});
}

void TestNotifications::deadFeed_isToldAndSoIsItsReturn()
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

/// Nor is its end, even to who wants them again by then.
void TestNotifications::outage_withNotificationsOff_isNotTold()
{
    Board board;
    Board wanting;
    Herald herald(board, QStringLiteral("staging"), {}, {3, 10s, 20ms});
    Herald other(wanting, QStringLiteral("staging"), {}, {3, 10s, 40ms});
    herald.setWanted(false);
    herald.feedChanged(FeedState::Offline);
    other.feedChanged(FeedState::Offline);
    QTRY_COMPARE(wanting.shown.size(), 1); // later than the one would have told of it
    herald.setWanted(true);
    herald.feedChanged(FeedState::Live);
    QCOMPARE(board.shown.size(), 0);
}

void TestNotifications::shortOutage_isNotTold()
{
    Board board;
    Herald herald(board, QStringLiteral("staging"), {}, {3, 10s, 100ms});
    herald.feedChanged(FeedState::Offline);
    herald.feedChanged(FeedState::Polling);
    QVERIFY(!QTest::qWaitFor([&] { return !board.shown.isEmpty(); }, 300));
}

void TestNotifications::bus_showsAndAcknowledges()
{
    Bus bus;
    QVERIFY(bus.isReady());
    NotificationService& service = bus.service;
    DbusNotifier notifier(bus.connection(QStringLiteral("dashboard")));
    QSignalSpy acknowledged(&notifier, &DbusNotifier::acknowledged);
    QSignalSpy activated(&notifier, &DbusNotifier::activated);
    notifier.show({QStringLiteral("a"), QStringLiteral("Title"), QStringLiteral("3 < 12"),
                   Notification::Urgency::Critical, true});
    QTRY_COMPARE(service.shown.size(), 1);
    QCOMPARE(service.shown[0].title, QStringLiteral("Title"));
    QCOMPARE(service.shown[0].text, QStringLiteral("3 &lt; 12"));
    QCOMPARE(service.shown[0].actions.value(2), QStringLiteral("acknowledge"));
    QCOMPARE(service.shown[0].hints.value(QStringLiteral("urgency")).toInt(), 2);

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

void TestNotifications::sameAgain_takesTheFirstsPlace()
{
    Bus bus;
    QVERIFY(bus.isReady());
    NotificationService& service = bus.service;
    DbusNotifier notifier(bus.connection(QStringLiteral("dashboard")));
    for (const char* title : {"First", "Skipped", "Later"}) // before the first has its number
        notifier.show({QStringLiteral("a"), QString::fromLatin1(title), {}, {}, true});
    QTRY_COMPARE(service.shown.size(), 2);
    QCOMPARE(service.shown[0].replaces, 0U);
    QCOMPARE(service.shown[1].replaces, 1U);
    QCOMPARE(service.shown[1].title, QStringLiteral("Later"));

    notifier.show({QStringLiteral("a"), QStringLiteral("Last"), {}, {}, true});
    notifier.withdraw(QStringLiteral("a"));
    QTRY_COMPARE(service.closed, QList<uint>{1});
    QVERIFY(service.shown.constLast().replaces == 1);
}

void TestNotifications::refused_doesNotTakeTheNextWithIt()
{
    Bus bus;
    QVERIFY(bus.isReady());
    bus.service.refuses = true;
    DbusNotifier notifier(bus.connection(QStringLiteral("dashboard")));
    for (const char* title : {"First", "Later"})
        notifier.show({QStringLiteral("a"), QString::fromLatin1(title), {}, {}, true});
    QTRY_COMPARE(bus.service.shown.size(), 1);
    QCOMPARE(bus.service.shown[0].title, QStringLiteral("Later"));
}

void TestNotifications::withoutABus_nothingBreaks()
{
    DbusNotifier notifier(QDBusConnection(QStringLiteral("nowhere")));
    notifier.show({QStringLiteral("a"), QStringLiteral("Title"), {}, {}, true});
    notifier.withdraw(QStringLiteral("a"));
}

PRISM_WIDGET_TEST(TestNotifications)

} // namespace tst_notifications

#include "tst_notifications.moc"
