#include "client/model/workspace.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace prism;
using namespace std::chrono_literals;
using model::FeedModel;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

/// The models together, as one window uses them.
class TestWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void start_fillsEverything();
    void event_reachesNumbersAndTable();
    void live_isToldAndAsksForNothing();
    void notTold_asks();
    void alertEvent_reachesTheAlerts();
    void acknowledging_reachesEveryDashboard();
    void acknowledging_thatFails_leavesTheAlert();
    void marking_asksTheServer();
    void manyEvents_areAllShownOnce();
    void outage_keepsEverythingAndIsToldAfterAMoment();
    void outage_shorterThanAMoment_isNotTold();
    void outage_isRememberedAsARecovery();
    void anotherEpoch_replacesTheRowsWithoutBlanking();
    void history_thatFails_isTriedAgain();
    void history_isReadToItsEnd();
    void reload_keepsTheRows();
    void older_areLoadedUntilThereAreNone_data();
    void older_areLoadedUntilThereAreNone();
    void older_thatAreNotKept_areNotPromised();
    void older_thatFail_canBeAskedForAgain();
    void deletedRecord_isNamed_data();
    void deletedRecord_isNamed();

private:
    static net::Options quick();
};

net::Options TestWorkspace::quick()
{
    net::Options options;
    options.timing.firstRetry = 30ms;
    options.timing.longestRetry = 60ms;
    options.timing.pollInterval = 40ms;
    options.timing.grace = 150ms;
    return options;
}

void TestWorkspace::start_fillsEverything()
{
    StubServer server;
    for (int i = 0; i < 250; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Month, quick());
    QAbstractItemModelTester tester(&workspace.activity());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QCOMPARE(workspace.activity().entry(0).seq, 250);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    QVERIFY(workspace.dashboard().dashboard()->period == Period::Month);
    QTRY_COMPARE(*workspace.feed().dataAge(), 0ms);
    QVERIFY(workspace.feed().completeSince());
    QVERIFY(!workspace.feed().isBannerVisible());
    QVERIFY(workspace.feed().recoveries().isEmpty());
}

void TestWorkspace::event_reachesNumbersAndTable()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    server.publish();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1);
    QVERIFY(workspace.feed().behind());
}

void TestWorkspace::live_isToldAndAsksForNothing()
{
    StubServer server;
    server.tells = true;
    QStringList asked;
    server.override = [&](const StubRequest& request) -> std::optional<StubAnswer> {
        asked.append(request.path);
        return std::nullopt;
    };
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().isTold());
    QTRY_VERIFY(!asked.isEmpty()); // the first rows, and numbers unless they were told before
    for (int i = 1; i <= 50; ++i) {
        server.publish();
        QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, i);
        if (i == 10) // by now all has come that was asked before it was told
            asked.clear();
    }
    workspace.dashboard().setPeriod(Period::Month);
    QTRY_VERIFY(workspace.dashboard().dashboard()->period == Period::Month);
    QTRY_COMPARE(*workspace.feed().dataAge(), 0ms);
    QCOMPARE(asked.join(QLatin1Char(' ')), QString());

    server.closeSessions(); // and it says again what it looks at
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().isTold());
    server.publish();
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 51);
    QVERIFY(workspace.dashboard().dashboard()->period == Period::Month);
}

void TestWorkspace::notTold_asks()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    server.publish();
    QTRY_COMPARE(
        workspace.dashboard().dashboard() ? workspace.dashboard().dashboard()->summary.totalChecks : 0, 1);
    QVERIFY(!workspace.dashboard().isTold());
}

void TestWorkspace::alertEvent_reachesTheAlerts()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    protocol::Event event = server.eventAt(1);
    event.type = protocol::event_type::alert;
    protocol::Alert alert;
    alert.id = QStringLiteral("a");
    alert.message = QStringLiteral("Checks are slow");
    alert.metric = QStringLiteral("avgCheckTime");
    alert.timestamp = event.timestamp;
    event.data = protocol::toJson(alert);
    server.log.append(event);
    server.sendToAll(event);
    QTRY_COMPARE(workspace.alerts().rowCount(), 1);
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
}

void TestWorkspace::acknowledging_reachesEveryDashboard()
{
    StubServer server;
    Workspace ours(server.url(), Period::Week, quick());
    Workspace another(server.url(), Period::Week, quick());
    for (Workspace* workspace : {&ours, &another}) {
        workspace->start();
        QTRY_COMPARE(workspace->feed().state(), FeedState::Live);
    }
    QSignalSpy raised(&another, &Workspace::alertRaised);
    QSignalSpy acknowledged(&another, &Workspace::alertAcknowledged);
    server.raiseAlert(QStringLiteral("a"));
    QTRY_COMPARE(ours.alerts().unacknowledged(), 1);
    QTRY_COMPARE(raised.size(), 1);
    ours.interventions().acknowledge(QStringLiteral("a"));
    ours.interventions().acknowledge(QStringLiteral("a")); // under way already
    QTRY_COMPARE(acknowledged.size(), 1);
    QTRY_COMPARE(ours.alerts().unacknowledged(), 0);
    QCOMPARE(another.alerts().unacknowledged(), 0);
    QCOMPARE(another.alerts().alert(0).acknowledgement->by, model::Interventions::loggedInPerson());
    QCOMPARE(server.requests(QStringLiteral("/api/v1/analytics/anomalies/a/ack")), 1);
}

void TestWorkspace::acknowledging_thatFails_leavesTheAlert()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    server.raiseAlert(QStringLiteral("a"));
    QTRY_COMPARE(workspace.alerts().rowCount(), 1);
    server.alerts.clear();
    QSignalSpy failed(&workspace.interventions(), &model::Interventions::failed);
    workspace.interventions().acknowledge(QStringLiteral("a"));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<protocol::Error>().code, protocol::ErrorCode::NotFound);
    QCOMPARE(workspace.alerts().unacknowledged(), 1);
    workspace.interventions().acknowledge(QStringLiteral("a")); // may be tried again
    QTRY_COMPARE(failed.size(), 2);
}

void TestWorkspace::marking_asksTheServer()
{
    StubServer server;
    QList<StubRequest> seen;
    server.override = [&](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.method == "PATCH")
            seen.append(request);
        return std::nullopt;
    };
    Workspace workspace(server.url(), Period::Week, quick());
    QSignalSpy failed(&workspace.interventions(), &model::Interventions::failed);
    workspace.interventions().markFalsePositive(QStringLiteral("a/b c"), 1, true);
    QTRY_COMPARE(failed.size(), 1); // the stub knows no checks
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen[0].path, // as the stub decodes it
             QStringLiteral("/api/v1/gateway/checks/a/b c/violations/1"));
    QCOMPARE(seen[0].body, QByteArray(R"({"falsePositive":true})"));
    QVERIFY(!seen[0].headers.value("idempotency-key").isEmpty());
}

void TestWorkspace::manyEvents_areAllShownOnce()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    QAbstractItemModelTester tester(&workspace.activity());
    workspace.start();
    for (int i = 0; i < 1'000; ++i) {
        server.publish();
        if (i % 100 == 0)
            QCoreApplication::processEvents(); // the first load happens in the middle of it
    }
    QTRY_COMPARE(workspace.activity().rowCount() > 0 ? workspace.activity().entry(0).seq : 0, 1'000);
    for (int row = 1; row < workspace.activity().rowCount(); ++row)
        QCOMPARE(workspace.activity().entry(row).seq, 1'000 - row);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1'000);
}

void TestWorkspace::outage_keepsEverythingAndIsToldAfterAMoment()
{
    StubServer server;
    server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    QSignalSpy reset(&workspace.activity(), &QAbstractItemModel::modelReset);

    server.goAway();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Offline);
    QVERIFY(workspace.feed().disconnectedSince());
    QVERIFY(workspace.feed().error());
    QTRY_VERIFY(workspace.feed().isBannerVisible());
    QTRY_VERIFY(workspace.dashboard().isStale());
    QVERIFY(*workspace.feed().dataAge() >= 150ms);
    QVERIFY(workspace.dashboard().dashboard());
    QCOMPARE(workspace.activity().rowCount(), 1);

    QVERIFY(server.listenAgain());
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QVERIFY(!workspace.feed().isBannerVisible());
    QTRY_VERIFY(!workspace.dashboard().isStale());
    QVERIFY(reset.isEmpty());
}

void TestWorkspace::outage_shorterThanAMoment_isNotTold()
{
    StubServer server;
    net::Options options = quick();
    options.timing.grace = 1s;
    Workspace workspace(server.url(), Period::Week, options);
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    bool told = false;
    connect(&workspace.feed(), &FeedModel::changed, this,
            [&] { told = told || workspace.feed().isBannerVisible() || workspace.dashboard().isStale(); });
    server.closeSessions();
    QTRY_COMPARE(workspace.feed().recoveries().size(), 1);
    QCOMPARE(workspace.feed().state(), FeedState::Live);
    QVERIFY(!QTest::qWaitFor([&] { return told; }, 1'500)); // nor later, when the moment is over
}

void TestWorkspace::outage_isRememberedAsARecovery()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    const auto since = workspace.feed().completeSince();
    server.closeSessions();
    server.publish(false);
    server.publish(false);
    QTRY_COMPARE(workspace.feed().recoveries().size(), 1);
    QCOMPARE(workspace.feed().recoveries()[0].events, 2);
    QVERIFY(workspace.feed().recoveries()[0].complete);
    QCOMPARE(workspace.feed().completeSince(), since);
}

void TestWorkspace::anotherEpoch_replacesTheRowsWithoutBlanking()
{
    StubServer server;
    for (int i = 0; i < 10; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 10);
    int fewest = 10;
    connect(&workspace.activity(), &QAbstractItemModel::rowsRemoved, this,
            [&] { fewest = std::min(fewest, workspace.activity().rowCount()); });
    connect(&workspace.activity(), &QAbstractItemModel::modelReset, this,
            [&] { fewest = std::min(fewest, workspace.activity().rowCount()); });

    server.epoch = QStringLiteral("second");
    server.log.resize(4);
    server.closeSessions();
    QTRY_COMPARE(workspace.activity().rowCount(), 4);
    QCOMPARE(fewest, 4);
    server.publish();
    QTRY_COMPARE(workspace.activity().entry(0).seq, 5);
    QTRY_COMPARE(workspace.feed().recoveries().size(), 1);
    QVERIFY(!workspace.feed().recoveries()[0].complete);
    QCOMPARE(workspace.feed().completeSince(), workspace.feed().recoveries()[0].back);
}

void TestWorkspace::history_thatFails_isTriedAgain()
{
    StubServer server;
    server.publish();
    server.override = [&](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.path != QLatin1String("/api/v1/events"))
            return std::nullopt;
        server.override = {};
        return StubAnswer{500, "broken"};
    };
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QCOMPARE(server.requests(QStringLiteral("/api/v1/events")), 2);
}

/// A page may end before as many events as were asked for.
void TestWorkspace::history_isReadToItsEnd()
{
    StubServer server;
    server.mostEvents = 60;
    for (int i = 0; i < 250; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QCOMPARE(workspace.activity().entry(0).seq, 250);
    QCOMPARE(workspace.activity().entry(199).seq, 51);
    QCOMPARE(server.requests(QStringLiteral("/api/v1/events")), 4);
}

void TestWorkspace::reload_keepsTheRows()
{
    StubServer server;
    server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    for (int i = 0; i < 300; ++i)
        server.publish();
    QTRY_COMPARE(workspace.activity().rowCount(), 301);
    const QPersistentModelIndex selected = workspace.activity().index(250, 0);
    QSignalSpy resets(&workspace.activity(), &QAbstractItemModel::modelReset);
    workspace.reload();
    server.publish();
    QTRY_COMPARE(workspace.activity().rowCount(), 302);
    QVERIFY(selected.isValid());
    QCOMPARE(resets.count(), 0);
}

void TestWorkspace::older_areLoadedUntilThereAreNone_data()
{
    QTest::addColumn<qsizetype>("onAPage");
    QTest::newRow("in one answer") << qsizetype(1000);
    QTest::newRow("in answers that end by their size") << qsizetype(70);
}

void TestWorkspace::older_areLoadedUntilThereAreNone()
{
    QFETCH(const qsizetype, onAPage);
    StubServer server;
    for (int i = 0; i < 450; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    model::ActivityModel& activity = workspace.activity();
    const QAbstractItemModelTester tester(&activity);
    workspace.start();
    QTRY_COMPARE(activity.rowCount(), 200);
    server.mostEvents = onAPage;
    for (const int rows : {400, 450}) {
        QTRY_VERIFY(activity.mayExtend());
        workspace.olderEvents().load();
        workspace.olderEvents().load(); // they are on their way
        QTRY_COMPARE(activity.rowCount(), rows);
    }
    QTRY_VERIFY(!activity.hasOlder());
    for (int row = 0; row < activity.rowCount(); ++row)
        QCOMPARE(activity.entry(row).seq, 450 - row);
}

void TestWorkspace::older_thatAreNotKept_areNotPromised()
{
    StubServer server;
    for (int i = 0; i < 300; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QVERIFY(workspace.activity().hasOlder());
    server.oldestKept = 90;
    workspace.olderEvents().load();
    QTRY_VERIFY(!workspace.activity().hasOlder());
}

void TestWorkspace::older_thatFail_canBeAskedForAgain()
{
    StubServer server;
    for (int i = 0; i < 300; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QSignalSpy failed(&workspace.olderEvents(), &model::OlderEvents::failed);
    server.override = [](const StubRequest& request) {
        return request.path.endsWith(QStringLiteral("/events")) ? std::optional(StubAnswer{503, "busy"})
                                                                : std::nullopt;
    };
    workspace.olderEvents().load();
    QTRY_COMPARE(failed.size(), 1);
    server.override = nullptr;
    workspace.olderEvents().load();
    QTRY_COMPARE(workspace.activity().rowCount(), 300);
}

void TestWorkspace::deletedRecord_isNamed_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("made while somebody looked") << true;
    QTest::newRow("of before") << false;
}

void TestWorkspace::deletedRecord_isNamed()
{
    QFETCH(const bool, isKnown);
    namespace type = protocol::event_type;
    const QString id = QStringLiteral("0190a000-0000-7000-8000-000000000001");
    StubServer server;
    Workspace workspace(server.url(), Period::Week, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    const QJsonObject record{{QStringLiteral("id"), id}, {QStringLiteral("name"), QStringLiteral("Weekly")}};
    if (isKnown)
        server.publish(type::recordCreated, {{QStringLiteral("record"), record}});
    server.publish(type::recordDeleted, {{QStringLiteral("id"), id}});
    QTRY_COMPARE(workspace.activity().rowCount(), isKnown ? 2 : 1);
    QCOMPARE(workspace.activity().entry(0).subject, isKnown ? QStringLiteral("Weekly") : QString());
}

PRISM_TEST(TestWorkspace)
#include "tst_workspace.moc"
