#include "tests/faults/crash_trial.h"
#include "tests/faults/database_handle.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QTest>

namespace tst_kill {

using namespace prism::test;

namespace {

constexpr int kills = 100;

} // namespace

/// SIGKILL in the middle of writes, again and again on the same data: nothing acknowledged is lost, nothing
/// is there by half, and every client that resumes has each event once, in order.
class TestKill : public QObject
{
    Q_OBJECT

private slots:
    void kill_inTheMiddleOfWrites_losesAndRepeatsNothing()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        ServerProcess server;
        CrashTrial trial(server);
        bool isMarked = false;
        for (int i = 0; i < kills; ++i)
            QVERIFY(trial.round(random.bounded(20, 400), [&] {
                isMarked = isMarked || markOne(server);
                server.kill9();
            }));
        QVERIFY(isMarked);
        QVERIFY(server.restart()); // what an early kill had lost would still be missing
        const Findings findings = trial.examine(server);
        qInfo("seed %u: %s", seed, findings.summary().constData());
        QVERIFY2(findings.areClean(), findings.summary().constData());
        QCOMPARE(findings.crashes, kills);
        QVERIFY(findings.acknowledged > 10 * kills);
        QVERIFY(findings.heard > 10 * kills);
        QTRY_COMPARE_WITH_TIMEOUT(numberIn(server.dataDir(), "SELECT COUNT(*) FROM checks WHERE whole = 0"),
                                  0, 60'000);
        QCOMPARE(numberIn(server.dataDir(), "SELECT COUNT(*) FROM violations WHERE check_ordinal NOT IN "
                                            "(SELECT ordinal FROM checks)"),
                 0);
        // What arrives is marked and counted, both or neither.
        const int seen = numberIn(server.dataDir(), "SELECT SUM(seen) FROM false_positive_sightings");
        QVERIFY(seen > 0);
        QCOMPARE(numberIn(server.dataDir(), "SELECT COUNT(*) FROM violations WHERE false_positive = 1"),
                 seen + 1);
    }

private:
    /// Says of a violation of one of the checks that it is none, as all of those to come will be.
    static bool markOne(ServerProcess& server)
    {
        RestClient client(server.httpUrl());
        const QByteArray checks = "/api/v1/gateway/checks";
        const QString id =
            client.get(checks + "?principle=P&limit=1").data()[0][QLatin1String("id")].toString();
        return !id.isEmpty() &&
               client.send("PATCH", checks + '/' + QUrl::toPercentEncoding(id) + "/violations/0",
                           {{"Content-Type", "application/json"}}, R"({"falsePositive":true})")
                       .status == 200;
    }

    /// Asked beside the server, which removes a little at a time what was begun and never finished.
    static int numberIn(const QString& folder, const char* sql)
    {
        return numberOf(openDatabase(folder.toStdString() + "/prism.db").get(), sql);
    }
};

PRISM_TEST(TestKill)

} // namespace tst_kill

#include "tst_kill.moc"
