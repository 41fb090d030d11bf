#include "client/model/snapshot_keeper.h"
#include "client/model/workspace.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_snapshot {

using namespace prism;
using namespace std::chrono_literals;
using model::Snapshot;
using model::SnapshotKeeper;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

/// What one run leaves behind for the first picture of the next.
class TestSnapshot : public QObject
{
    Q_OBJECT

private slots:
    void encoded_readsBackAsItWas();
    void trends_areShownAgainUntilTheServerSaysMore();
    void nextRun_showsItBeforeAnythingIsAsked();
    void restored_isReplacedWithoutBlanking();
    void restored_isNoYoungerThroughAConnectionAlone();
    void rows_stayRememberedUntilTheHistoryCame();
    void runThatSawNothingNew_keepsTheOldAge();
    void clockThatWasSetBack_makesNothingComeFromTheFuture();
    void anotherPeriod_isNotShown();
    void anotherServer_isNotShown();
    void changes_areWrittenMeanwhile();
    void unusableFile_isIgnored_data();
    void unusableFile_isIgnored();
    void file_isBounded();

private:
    static protocol::TrendReport usersTrend();
    void leaveBehind(StubServer& server, int events = 3);
    QString file() const { return m_dir.filePath(QStringLiteral("cache/last.json")); }

    QTemporaryDir m_dir;
};

protocol::TrendReport TestSnapshot::usersTrend()
{
    protocol::TrendReport report{protocol::TrendMetric::Usage, Period::Month, {}, {}};
    report.trend.points = {{*protocol::fromIso(u"2026-02-01T00:00:00Z"), 3, false},
                           {*protocol::fromIso(u"2026-02-02T00:00:00Z"), 5, true}};
    report.trend.smoothed = {3, 4};
    return report;
}

void TestSnapshot::leaveBehind(StubServer& server, int events)
{
    for (int i = 0; i < events; ++i)
        server.publish();
    server.raiseAlert(QStringLiteral("a"));
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    workspace.start();
    QTRY_VERIFY(workspace.activity().rowCount() > 0);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    workspace.alerts().add(server.alerts.value(QStringLiteral("a")));
    keeper.save();
}

void TestSnapshot::encoded_readsBackAsItWas()
{
    StubServer server;
    leaveBehind(server);
    QFile bytes(file());
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    std::optional<Snapshot> snapshot = Snapshot::fromEncoded(bytes.readAll());
    QVERIFY(snapshot);
    snapshot->trends = {usersTrend()};
    QVERIFY(Snapshot::fromEncoded(snapshot->encoded()) == snapshot);
    QCOMPARE(snapshot->activity.size(), 4);
    QCOMPARE(snapshot->alerts.size(), 1);
    QVERIFY(!(bytes.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestSnapshot::trends_areShownAgainUntilTheServerSaysMore()
{
    StubServer server;
    leaveBehind(server);
    QFile bytes(file());
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    std::optional<Snapshot> snapshot = Snapshot::fromEncoded(bytes.readAll());
    snapshot->trends = {usersTrend()};
    server.goAway();
    Workspace workspace(server.url(), Period::Month);
    workspace.restore(*snapshot);
    using model::TrendsModel;
    QVERIFY(workspace.trends().trend(TrendsModel::Users, Period::Month) == usersTrend().trend);
    QVERIFY(!workspace.trends().trend(TrendsModel::Checks, Period::Month));
    QVERIFY(!workspace.trends().trend(TrendsModel::Users, Period::Week));
    QVERIFY(workspace.snapshot()->trends == snapshot->trends); // of a run that saw nothing new
}

void TestSnapshot::nextRun_showsItBeforeAnythingIsAsked()
{
    StubServer server;
    leaveBehind(server);
    const QUrl url = server.url();
    server.goAway();
    Workspace workspace(url, Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(keeper.restore());
    QCOMPARE(workspace.activity().rowCount(), 4);
    QCOMPARE(workspace.alerts().rowCount(), 1);
    QVERIFY(workspace.dashboard().dashboard()->period == Period::Month);
    QVERIFY(workspace.rememberedFrom());
    QVERIFY(workspace.dashboard().isStale());
    QVERIFY(!workspace.feed().completeSince());

    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Offline);
    QVERIFY(workspace.rememberedFrom());
    QCOMPARE(workspace.activity().rowCount(), 4);
}

void TestSnapshot::restored_isReplacedWithoutBlanking()
{
    StubServer server;
    leaveBehind(server);
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QAbstractItemModelTester rowsTester(&workspace.activity());
    QAbstractItemModelTester alertsTester(&workspace.alerts());
    QVERIFY(keeper.restore());
    int fewest = 4;
    connect(&workspace.activity(), &QAbstractItemModel::modelReset, this,
            [&] { fewest = std::min(fewest, workspace.activity().rowCount()); });
    server.publish();
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 5);
    QTRY_VERIFY(!workspace.rememberedFrom());
    QCOMPARE(fewest, 4);
    QTRY_COMPARE(workspace.alerts().rowCount(), 0); // the stub's dashboard names none
    QVERIFY(!workspace.dashboard().isStale());
}

void TestSnapshot::restored_isNoYoungerThroughAConnectionAlone()
{
    StubServer server;
    leaveBehind(server);
    server.override = [](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.path.endsWith(QStringLiteral("/dashboard")))
            return StubAnswer{.silent = true};
        return std::nullopt;
    };
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(keeper.restore());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QVERIFY(workspace.dashboard().isStale());
    QVERIFY(workspace.rememberedFrom());
}

void TestSnapshot::rows_stayRememberedUntilTheHistoryCame()
{
    StubServer server;
    leaveBehind(server);
    server.override = [](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.path.endsWith(QStringLiteral("/events")))
            return StubAnswer{.silent = true};
        return std::nullopt;
    };
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(keeper.restore());
    workspace.start();
    QTRY_VERIFY(!workspace.dashboard().rememberedFrom());
    QVERIFY(workspace.rowsRememberedFrom());
    QVERIFY(workspace.rememberedFrom());
}

void TestSnapshot::runThatSawNothingNew_keepsTheOldAge()
{
    StubServer server;
    leaveBehind(server);
    const QUrl url = server.url();
    server.goAway();
    std::optional<protocol::Timestamp> first;
    for (int run = 0; run < 3; ++run) {
        net::Options options;
        options.clock.now = [run] { return protocol::now() + run * 1h; };
        // The two clocks never tick together, least of all when one is being set.
        options.clock.elapsed = [ticks = 0ms]() mutable { return ticks += 7ms; };
        Workspace workspace(url, Period::Month, options);
        SnapshotKeeper keeper(file(), workspace);
        QVERIFY(keeper.restore());
        if (!first)
            first = workspace.rememberedFrom();
        QCOMPARE(*workspace.rememberedFrom(), *first);
        keeper.save();
    }
}

void TestSnapshot::clockThatWasSetBack_makesNothingComeFromTheFuture()
{
    StubServer server;
    leaveBehind(server);
    const QUrl url = server.url();
    server.goAway();
    const protocol::Timestamp now = protocol::now() - 24h;
    net::Options options;
    options.clock.now = [now] { return now; };
    Workspace workspace(url, Period::Month, options);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(keeper.restore());
    QCOMPARE(*workspace.rememberedFrom(), now);
    QCOMPARE(*workspace.rowsRememberedFrom(), now);
}

void TestSnapshot::anotherPeriod_isNotShown()
{
    StubServer server;
    leaveBehind(server);
    Workspace workspace(server.url(), Period::Today);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(keeper.restore());
    QVERIFY(!workspace.dashboard().dashboard());
    QCOMPARE(workspace.activity().rowCount(), 4); // rows have no period
}

void TestSnapshot::anotherServer_isNotShown()
{
    StubServer server;
    leaveBehind(server);
    StubServer another;
    Workspace workspace(another.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(!keeper.restore());
    QCOMPARE(workspace.activity().rowCount(), 0);
    QVERIFY(!workspace.rememberedFrom());
}

void TestSnapshot::changes_areWrittenMeanwhile()
{
    StubServer server;
    server.publish();
    QFile::remove(file());
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace, 10ms);
    workspace.start();
    QTRY_VERIFY(QFile::exists(file()));
}

void TestSnapshot::unusableFile_isIgnored_data()
{
    QTest::addColumn<QByteArray>("bytes");
    StubServer server;
    leaveBehind(server);
    QFile written(file());
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray good = written.readAll();
    QByteArray later = good;
    later.replace("\"version\":2", "\"version\":3");
    QVERIFY(later != good);
    QByteArray odd = good;
    odd.replace("\"seq\":", "\"qes\":");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("\x00\xff not json", 11);
    QTest::newRow("cut off") << good.left(good.size() / 2);
    QTest::newRow("another version") << later;
    QTest::newRow("events without a place") << odd;
    QTest::newRow("too large") << QByteArray(SnapshotKeeper::largestFile + 1, ' ');
}

void TestSnapshot::unusableFile_isIgnored()
{
    QFETCH(QByteArray, bytes);
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(bytes);
    damaged.close();
    StubServer server;
    Workspace workspace(server.url(), Period::Month);
    SnapshotKeeper keeper(file(), workspace);
    QVERIFY(!keeper.restore());
    QCOMPARE(workspace.activity().rowCount(), 0);
}

void TestSnapshot::file_isBounded()
{
    StubServer server;
    leaveBehind(server, 1'000);
    QFile written(file());
    QVERIFY(written.open(QIODevice::ReadOnly));
    const std::optional<Snapshot> snapshot = Snapshot::fromEncoded(written.readAll());
    QVERIFY(snapshot);
    QCOMPARE(snapshot->activity.size(), 200);
    QCOMPARE(snapshot->activity.constLast().seq, 1'001);
}

PRISM_TEST(TestSnapshot)

} // namespace tst_snapshot

#include "tst_snapshot.moc"
