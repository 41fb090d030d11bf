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
        for (int i = 0; i < kills; ++i)
            QVERIFY(trial.round(random.bounded(20, 400), [&] { server.kill9(); }));
        QVERIFY(server.restart()); // what an early kill had lost would still be missing
        const Findings findings = trial.examine(server);
        qInfo("seed %u: %s", seed, findings.summary().constData());
        QVERIFY2(findings.areClean(), findings.summary().constData());
        QCOMPARE(findings.crashes, kills);
        QVERIFY(findings.acknowledged > 10 * kills);
        QVERIFY(findings.heard > 10 * kills);
        QCOMPARE(server.terminate(), 0);
        QVERIFY(nothingIsLeft(server));
    }

private:
    /// Of what was begun and never finished; a start removes it a little at a time.
    static bool nothingIsLeft(ServerProcess& server)
    {
        for (int tries = 0; tries < 20; ++tries) {
            const auto database = openDatabase(server.dataDir().toStdString() + "/prism.db");
            const int parts = numberOf(database.get(), "SELECT COUNT(*) FROM checks WHERE whole = 0");
            const int orphans =
                numberOf(database.get(), "SELECT COUNT(*) FROM violations WHERE check_ordinal "
                                         "NOT IN (SELECT ordinal FROM checks)");
            if (parts == 0 && orphans == 0)
                return true;
            if (!server.restart() || RestClient(server.httpUrl()).get("/api/v1/events").status != 200 ||
                server.terminate() != 0)
                return false;
        }
        return false;
    }
};

PRISM_TEST(TestKill)

} // namespace tst_kill

#include "tst_kill.moc"
