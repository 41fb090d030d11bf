#include "client/model/workspace.h"
#include "shared/protocol/envelope.h"
#include "tests/client/model/workspace_test.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_workspace {

using namespace prism;
using namespace std::chrono_literals;
using model::FeedModel;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::impatient;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

/// The models together, as one window uses them.
class TestWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void event_reachesNumbersAndTable();
    void live_isToldAndAsksForNothing();
    void notTold_asks();
    void live_tellsOfABurstAsOne();
    void alertEvent_reachesTheAlerts();
    void acknowledging_reachesEveryDashboard();
    void acknowledging_thatFails_leavesTheAlert();
    void marking_asksTheServer();
    void outage_keepsEverythingAndIsToldAfterAMoment();
    void outage_shorterThanAMoment_isNotTold();
    void outage_isRememberedAsARecovery();
    void role_isAskedForWhilePolling();
};

void TestWorkspace::event_reachesNumbersAndTable()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, impatient());
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
    Workspace workspace(server.url(), Period::Week, impatient());
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
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    server.publish();
    QTRY_COMPARE(
        workspace.dashboard().dashboard() ? workspace.dashboard().dashboard()->summary.totalChecks : 0, 1);
    QVERIFY(!workspace.dashboard().isTold());
}

void TestWorkspace::live_tellsOfABurstAsOne()
{
    StubServer server;
    server.tells = true;
    net::Options options = impatient();
    options.timing.refreshGap = 1h;
    Workspace workspace(server.url(), Period::Week, options);
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().isTold());
    server.publish();
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1);
    const QSignalSpy told(&workspace.feed(), &FeedModel::changed);
    for (int i = 2; i <= 20; ++i) {
        server.publish();
        QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, i);
    }
    QCOMPARE(told.size(), 0); // it was told of the first, an hour ago there was none
}

void TestWorkspace::alertEvent_reachesTheAlerts()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, impatient());
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
    Workspace ours(server.url(), Period::Week, impatient());
    Workspace another(server.url(), Period::Week, impatient());
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
    Workspace workspace(server.url(), Period::Week, impatient());
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
    Workspace workspace(server.url(), Period::Week, impatient());
    QSignalSpy failed(&workspace.interventions(), &model::Interventions::failed);
    workspace.interventions().markFalsePositive(QStringLiteral("a/b c"), 1, true);
    QTRY_COMPARE(failed.size(), 1); // the stub knows no checks
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen[0].path, // as the stub decodes it
             QStringLiteral("/api/v1/gateway/checks/a/b c/violations/1"));
    QCOMPARE(seen[0].body, QByteArray(R"({"falsePositive":true})"));
    QVERIFY(!seen[0].headers.value("idempotency-key").isEmpty());
}

void TestWorkspace::outage_keepsEverythingAndIsToldAfterAMoment()
{
    StubServer server;
    server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
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
    net::Options options = impatient();
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
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspace::role_isAskedForWhilePolling()
{
    StubServer server;
    server.acceptsSessions = false;
    QString role = QStringLiteral("admin");
    server.override = [&](const StubRequest& request) -> std::optional<StubAnswer> {
        if (!request.path.endsWith(QStringLiteral("/auth/self")))
            return std::nullopt;
        const QJsonObject self{{QStringLiteral("role"), role},
                               {QStringLiteral("name"), QStringLiteral("ana")}};
        return StubAnswer{200, protocol::successEnvelope(self, QStringLiteral("1"), protocol::now())};
    };
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.access().resume("prism_a_b", std::nullopt);
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Polling);
    QTRY_COMPARE(workspace.access().role(), protocol::Role::Admin);
    role = QStringLiteral("viewer");
    QTRY_COMPARE(workspace.access().role(), protocol::Role::Viewer);
    QCOMPARE(workspace.feed().state(), FeedState::Polling);
}

PRISM_TEST(TestWorkspace)

} // namespace tst_workspace

#include "tst_workspace.moc"
