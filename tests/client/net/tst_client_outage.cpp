#include "client/model/workspace.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_client_outage {

using namespace prism;
using namespace std::chrono_literals;
using model::Workspace;
using net::FeedState;
using protocol::Period;
using test::RestClient;
using test::ServerProcess;

/// The dashboard's connection and models against a real server that dies and comes back.
class TestClientOutage : public QObject
{
    Q_OBJECT

private slots:
    void write_reachesTheModels();
    void live_isToldAllThatIsLookedAt();
    void killed_andRestarted_leavesNoGapAndNoRepeat();
    void killed_amidWrites_everyAcknowledgedOneIsShown();
    void stopped_keepsTheNumbersUntilItIsBack();
    void replacedByAnotherDatabase_loadsThatOne();
    void longEvents_comeLiveAndAfterAnOutage();

private:
    static net::Options quick();
    static int post(RestClient& client, int number);
    static QString flaw(const model::ActivityModel& activity);
};

net::Options TestClientOutage::quick()
{
    net::Options options;
    options.timing.firstRetry = 50ms;
    options.timing.longestRetry = 100ms;
    options.timing.pollInterval = 50ms;
    options.timing.grace = 100ms;
    return options;
}

int TestClientOutage::post(RestClient& client, int number)
{
    const QJsonObject check{{QLatin1String("id"), QStringLiteral("check-%1").arg(number)},
                            {QLatin1String("status"), QStringLiteral("PASS")},
                            {QLatin1String("duration"), 5}};
    return client.post("/api/v1/gateway/checks", check).status;
}

/// Where the rows are not one unbroken order down to the first event; empty when they are.
QString TestClientOutage::flaw(const model::ActivityModel& activity)
{
    for (int row = 0; row < activity.rowCount(); ++row) {
        const protocol::Seq expected = activity.rowCount() - row;
        if (activity.entry(row).seq != expected)
            return QStringLiteral("row %1 is event %2, not %3")
                .arg(row)
                .arg(activity.entry(row).seq)
                .arg(expected);
    }
    return {};
}

void TestClientOutage::write_reachesTheModels()
{
    ServerProcess server;
    QVERIFY(server.start());
    Workspace workspace(server.httpUrl(), Period::All, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    QCOMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 0);

    RestClient client(server.httpUrl());
    const QJsonObject record{{QLatin1String("type"), QStringLiteral("custom")},
                             {QLatin1String("name"), QStringLiteral("Weekly")}};
    QCOMPARE(client.post("/api/v1/analytics/records", record).status, 201);
    QVERIFY(post(client, 1) / 100 == 2);
    QTRY_COMPARE(workspace.activity().rowCount(), 2);
    QCOMPARE(workspace.activity().entry(1).kind, model::ActivityKind::RecordCreated);
    QCOMPARE(workspace.activity().entry(1).subject, QStringLiteral("Weekly"));
    QCOMPARE(workspace.activity().entry(0).kind, model::ActivityKind::CheckCompleted);
    QCOMPARE(workspace.activity().entry(0).status, model::ActivityStatus::Pass);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1);
    QTRY_COMPARE(*workspace.feed().dataAge(), 0ms);
    QVERIFY(workspace.feed().behind() && *workspace.feed().behind() < 2s);
}

/// Not one request for the numbers, the courses or the outlook, however much happens.
void TestClientOutage::live_isToldAllThatIsLookedAt()
{
    ServerProcess server;
    QVERIFY(server.start());
    RestClient client(server.httpUrl());
    Workspace workspace(server.httpUrl(), Period::Month, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().isTold());
    const auto checksOfToday = [&] {
        const auto trend = workspace.trends().trend(model::TrendsModel::Checks, Period::Month);
        return trend && !trend->points.isEmpty() ? trend->points.last().value : std::nullopt;
    };
    QTRY_VERIFY(checksOfToday() && workspace.forecast().forecast() && workspace.activity().rowCount() == 0);
    const auto asked = [&] {
        qint64 requests = 0;
        for (const QByteArray& line : client.get("/metrics").body.split('\n')) {
            if (line.startsWith(R"(prism_http_requests_total{method="GET",route="/api/v1/analytics/)"))
                requests += line.split(' ').last().toLongLong();
        }
        return requests;
    };
    QVERIFY(asked() >= 1);
    const qint64 before = asked();
    constexpr int many = 60;
    for (int i = 1; i <= many; ++i)
        QCOMPARE(post(client, i), 201);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, many);
    QTRY_COMPARE(checksOfToday(), std::optional<double>(many));
    QTRY_COMPARE(*workspace.feed().dataAge(), 0ms);
    // Of the first four charts' requests some may be counted late.
    QVERIFY2(asked() - before <= 4, qPrintable(QString::number(asked() - before)));
}

void TestClientOutage::killed_andRestarted_leavesNoGapAndNoRepeat()
{
    ServerProcess server;
    QVERIFY(server.start());
    Workspace workspace(server.httpUrl(), Period::All, quick());
    QAbstractItemModelTester tester(&workspace.activity());
    QSignalSpy reset(&workspace.activity(), &QAbstractItemModel::modelReset);
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_COMPARE(reset.size(), 1); // the first load
    int written = 0;
    for (int outage = 1; outage <= 3; ++outage) {
        {
            RestClient client(server.httpUrl());
            for (int i = 0; i < 20; ++i)
                QVERIFY(post(client, ++written) / 100 == 2);
        }
        QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, written);
        server.kill9();
        QTRY_COMPARE(workspace.feed().state(), FeedState::Offline);
        QTRY_VERIFY(workspace.feed().isBannerVisible());
        QTRY_VERIFY(workspace.dashboard().isStale());
        QCOMPARE(workspace.dashboard().dashboard()->summary.totalChecks, written);
        QCOMPARE(workspace.activity().rowCount(), written);

        QVERIFY(server.restart(ServerProcess::Port::Same));
        RestClient client(server.httpUrl());
        for (int i = 0; i < 20; ++i)
            QVERIFY(post(client, ++written) / 100 == 2); // the dashboard has not noticed yet
        QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
        QTRY_COMPARE(workspace.activity().rowCount(), written);
        QCOMPARE(flaw(workspace.activity()), QString());
        QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, written);
        QTRY_COMPARE(workspace.feed().recoveries().size(), outage);
        QVERIFY(workspace.feed().recoveries()[0].complete);
        QVERIFY(!workspace.feed().isBannerVisible());
    }
    QCOMPARE(reset.size(), 1);
}

void TestClientOutage::killed_amidWrites_everyAcknowledgedOneIsShown()
{
    ServerProcess server;
    QVERIFY(server.start());
    Workspace workspace(server.httpUrl(), Period::All, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    int acknowledged = 0;
    for (int round = 0; round < 3; ++round) {
        const qint64 victim = server.processId();
        bool isStruck = false;
        QProcess killer; // strikes while the writes go on
        RestClient client(server.httpUrl());
        client.setTimeout(10'000);
        for (int i = 0; i < 100'000 && post(client, round * 100'000 + i) / 100 == 2; ++i) {
            ++acknowledged;
            if (i == 50) {
                isStruck = true;
                killer.start(QStringLiteral("kill"), {QStringLiteral("-9"), QString::number(victim)});
            }
            QCoreApplication::processEvents();
        }
        // The event loop of the writes may have seen its end already.
        QVERIFY(killer.state() == QProcess::NotRunning || killer.waitForFinished());
        QVERIFY(isStruck);
        QCOMPARE(killer.error(), QProcess::UnknownError);
        QCOMPARE(killer.exitCode(), 0);
        QVERIFY(server.restart(ServerProcess::Port::Same));
    }
    QVERIFY(acknowledged > 150);
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    RestClient client(server.httpUrl());
    const qint64 kept = client.get("/api/v1/analytics/dashboard?period=all")
                            .data()
                            .toObject()
                            .value(QLatin1String("seq"))
                            .toInteger();
    QVERIFY(kept >= acknowledged);
    QTRY_COMPARE(workspace.activity().rowCount(), kept);
    QCOMPARE(flaw(workspace.activity()), QString());
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, kept);
}

void TestClientOutage::stopped_keepsTheNumbersUntilItIsBack()
{
    ServerProcess server;
    QVERIFY(server.start());
    {
        RestClient client(server.httpUrl());
        QVERIFY(post(client, 1) / 100 == 2);
    }
    Workspace workspace(server.httpUrl(), Period::All, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QTRY_VERIFY(workspace.dashboard().dashboard());
    QCOMPARE(server.terminate(), 0);
    QTRY_COMPARE(workspace.feed().state(), FeedState::Offline);
    QVERIFY(!workspace.feed().isRefused());
    QCOMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1);
    workspace.dashboard().setPeriod(Period::Today); // nobody answers: the old numbers stay
    QTRY_VERIFY(workspace.dashboard().lastError());
    QVERIFY(workspace.dashboard().dashboard()->period == Period::All);
    QVERIFY(server.restart(ServerProcess::Port::Same));
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_VERIFY(workspace.dashboard().dashboard()->period == Period::Today);
    QVERIFY(!workspace.dashboard().lastError());
    QCOMPARE(workspace.activity().rowCount(), 1);
}

void TestClientOutage::replacedByAnotherDatabase_loadsThatOne()
{
    ServerProcess server;
    QTemporaryDir other;
    QVERIFY(server.start());
    RestClient client(server.httpUrl());
    for (int i = 1; i <= 5; ++i)
        QVERIFY(post(client, i) / 100 == 2);
    Workspace workspace(server.httpUrl(), Period::All, quick());
    workspace.start();
    QTRY_COMPARE(workspace.activity().rowCount(), 5);
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);

    server.kill9();
    server.setDataDir(other.path());
    QVERIFY(server.restart(ServerProcess::Port::Same));
    QTRY_COMPARE(workspace.feed().recoveries().size(), 1);
    QVERIFY(!workspace.feed().recoveries()[0].complete);
    QTRY_COMPARE(workspace.activity().rowCount(), 0);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 0);
    RestClient again(server.httpUrl());
    QVERIFY(post(again, 1) / 100 == 2);
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QTRY_COMPARE(workspace.dashboard().dashboard()->summary.totalChecks, 1);
}

/// A retrospective of more than what a socket reads at once.
void TestClientOutage::longEvents_comeLiveAndAfterAnOutage()
{
    ServerProcess server;
    QVERIFY(server.start());
    Workspace workspace(server.httpUrl(), Period::All, quick());
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QJsonArray lessons;
    while (lessons.size() < 100)
        lessons.append(QString(2'000, QLatin1Char('x')));
    const auto postLong = [&](const char* id) {
        RestClient client(server.httpUrl());
        return client
            .post("/api/v1/retros", QJsonObject{{QLatin1String("id"), QString::fromLatin1(id)},
                                                {QLatin1String("type"), QStringLiteral("deep")},
                                                {QLatin1String("duration"), 5},
                                                {QLatin1String("lessons"), lessons}})
            .status;
    };
    QCOMPARE(postLong("live") / 100, 2);
    QTRY_COMPARE(workspace.activity().rowCount(), 1);
    QCOMPARE(workspace.activity().entry(0).object().value(QLatin1String("lessons")).toArray().size(), 100);

    server.kill9();
    QTRY_COMPARE(workspace.feed().state(), FeedState::Offline);
    QVERIFY(server.restart(ServerProcess::Port::Same));
    QCOMPARE(postLong("missed") / 100, 2);
    QTRY_COMPARE(workspace.feed().state(), FeedState::Live);
    QTRY_COMPARE(workspace.activity().rowCount(), 2);
    QCOMPARE(flaw(workspace.activity()), QString());
    QCOMPARE(workspace.feed().recoveries().size(), 1);
    QVERIFY(workspace.feed().recoveries()[0].complete);
}

PRISM_TEST(TestClientOutage)

} // namespace tst_client_outage

#include "tst_client_outage.moc"
