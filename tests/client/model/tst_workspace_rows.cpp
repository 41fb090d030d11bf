#include "client/model/workspace.h"
#include "tests/client/model/workspace_test.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_workspace_rows {

using namespace prism;
using namespace std::chrono_literals;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::impatient;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

/// Which events the models together show: of now, of before, and none twice.
class TestWorkspaceRows : public QObject
{
    Q_OBJECT

private slots:
    void start_fillsEverything();
    void manyEvents_areAllShownOnce();
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
};

void TestWorkspaceRows::start_fillsEverything()
{
    StubServer server;
    for (int i = 0; i < 250; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Month, impatient());
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

void TestWorkspaceRows::manyEvents_areAllShownOnce()
{
    StubServer server;
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspaceRows::anotherEpoch_replacesTheRowsWithoutBlanking()
{
    StubServer server;
    for (int i = 0; i < 10; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspaceRows::history_thatFails_isTriedAgain()
{
    StubServer server;
    server.publish();
    server.override = [&](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.path != QLatin1String("/api/v1/events"))
            return std::nullopt;
        server.override = {};
        return StubAnswer{500, "broken"};
    };
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QCOMPARE(server.requests(QStringLiteral("/api/v1/events")), 2);
}

/// A page may end before as many events as were asked for.
void TestWorkspaceRows::history_isReadToItsEnd()
{
    StubServer server;
    server.mostEvents = 60;
    for (int i = 0; i < 250; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QCOMPARE(workspace.activity().entry(0).seq, 250);
    QCOMPARE(workspace.activity().entry(199).seq, 51);
    QCOMPARE(server.requests(QStringLiteral("/api/v1/events")), 4);
}

void TestWorkspaceRows::reload_keepsTheRows()
{
    StubServer server;
    server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspaceRows::older_areLoadedUntilThereAreNone_data()
{
    QTest::addColumn<qsizetype>("onAPage");
    QTest::newRow("in one answer") << qsizetype(1000);
    QTest::newRow("in answers that end by their size") << qsizetype(70);
}

void TestWorkspaceRows::older_areLoadedUntilThereAreNone()
{
    QFETCH(const qsizetype, onAPage);
    StubServer server;
    for (int i = 0; i < 450; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspaceRows::older_thatAreNotKept_areNotPromised()
{
    StubServer server;
    for (int i = 0; i < 300; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 200);
    QVERIFY(workspace.activity().hasOlder());
    server.oldestKept = 90;
    workspace.olderEvents().load();
    QTRY_VERIFY(!workspace.activity().hasOlder());
}

void TestWorkspaceRows::older_thatFail_canBeAskedForAgain()
{
    StubServer server;
    for (int i = 0; i < 300; ++i)
        server.publish();
    Workspace workspace(server.url(), Period::Week, impatient());
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

void TestWorkspaceRows::deletedRecord_isNamed_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("made while somebody looked") << true;
    QTest::newRow("of before") << false;
}

void TestWorkspaceRows::deletedRecord_isNamed()
{
    QFETCH(const bool, isKnown);
    namespace type = protocol::event_type;
    const QString id = QStringLiteral("0190a000-0000-7000-8000-000000000001");
    StubServer server;
    Workspace workspace(server.url(), Period::Week, impatient());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    const QJsonObject record{{QStringLiteral("id"), id}, {QStringLiteral("name"), QStringLiteral("Weekly")}};
    if (isKnown)
        server.publish(type::recordCreated, {{QStringLiteral("record"), record}});
    server.publish(type::recordDeleted, {{QStringLiteral("id"), id}});
    QTRY_COMPARE(workspace.activity().rowCount(), isKnown ? 2 : 1);
    QCOMPARE(workspace.activity().entry(0).subject, isKnown ? QStringLiteral("Weekly") : QString());
}

PRISM_TEST(TestWorkspaceRows)

} // namespace tst_workspace_rows

#include "tst_workspace_rows.moc"
