#include "client/ui/window/connection_badge.h"
#include "tests/support/test_program.h"
#include "tests/ui/painted_parts.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace tst_connection_badge {

using namespace prism;
using namespace std::chrono_literals;
using net::FeedState;
using ui::Connection;
using ui::ConnectionBadge;

class TestConnectionBadge : public QObject
{
    Q_OBJECT

private slots:
    void text_data();
    void text();
    void retry_isOfferedInTroubleOnly();
    void retry_isPassedOn();
    void same_paintsNothing();
};

void TestConnectionBadge::text_data()
{
    QTest::addColumn<Connection>("connection");
    QTest::addColumn<QString>("text");
    const auto since = protocol::fromIso(u"2026-02-07T14:02:30Z");
    QTest::newRow("at first") << Connection{} << QStringLiteral("connecting…");
    QTest::newRow("live, before any event") << Connection{.state = FeedState::Live} << QStringLiteral("live");
    QTest::newRow("live") << Connection{.state = FeedState::Live, .behind = 12ms}
                          << QStringLiteral("live, 12 ms behind");
    QTest::newRow("live, late") << Connection{.state = FeedState::Live, .behind = 1'440ms}
                                << QStringLiteral("live, 1.4 s behind");
    QTest::newRow("polling") << Connection{.state = FeedState::Polling, .dataAge = 18'700ms, .retryIn = 4s}
                             << QStringLiteral("polling, 18 s old");
    QTest::newRow("refused") << Connection{.state = FeedState::Polling, .dataAge = 18s, .refused = true}
                             << QStringLiteral("polling: the server refuses to push to this dashboard");
    QTest::newRow("offline") << Connection{.state = FeedState::Offline,
                                           .lostSince = since,
                                           .retryIn = 4'100ms}
                             << QStringLiteral("offline since 14:02, retrying in 5 s");
    QTest::newRow("offline, trying") << Connection{.state = FeedState::Offline, .lostSince = since}
                                     << QStringLiteral("offline since 14:02, retrying…");
}

void TestConnectionBadge::text()
{
    QFETCH(Connection, connection);
    ConnectionBadge badge;
    badge.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    badge.display(connection);
    QTEST(badge.text(), "text");
    QTEST(badge.accessibleDescription(), "text");
}

void TestConnectionBadge::retry_isOfferedInTroubleOnly()
{
    ConnectionBadge badge;
    badge.display({.state = FeedState::Live});
    QVERIFY(!badge.offersRetry());
    badge.display({.state = FeedState::Polling});
    QVERIFY(badge.offersRetry());
    badge.display({.state = FeedState::Offline});
    QVERIFY(badge.offersRetry());
    QVERIFY(badge.sizeHint().height() <= badge.heightWithRetry());
}

void TestConnectionBadge::retry_isPassedOn()
{
    ConnectionBadge badge;
    badge.display({.state = FeedState::Offline});
    const QSignalSpy retries(&badge, &ConnectionBadge::retryRequested);
    badge.findChild<QPushButton*>()->click();
    QCOMPARE(retries.size(), 1);
}

void TestConnectionBadge::same_paintsNothing()
{
    QWidget window;
    window.resize(400, 100);
    auto* badge = new ConnectionBadge(&window);
    badge->setGeometry(20, 20, 300, 60);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    badge->display({.state = FeedState::Live, .behind = 3ms});
    test::paintAll(window);
    const test::PaintedParts parts(*badge);
    badge->display({.state = FeedState::Live, .behind = 3ms});
    test::paintAll(window);
    QCOMPARE(parts.times(), 0);
    badge->display({.state = FeedState::Live, .behind = 4ms});
    test::paintAll(window);
    QVERIFY(parts.times() > 0);
}

PRISM_WIDGET_TEST(TestConnectionBadge)

} // namespace tst_connection_badge

#include "tst_connection_badge.moc"
