#include "tests/faults/crash_trial.h"
#include "tests/faults/faulty_server.h"
#include "tests/support/loopback_socket.h"
#include "tests/support/raw_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QTest>

namespace tst_power_cut {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int cuts = 25;

} // namespace

/// The power goes in the middle of writes, and what was not synced goes with it.
class TestPowerCut : public QObject
{
    Q_OBJECT

private slots:
    void cut_inTheMiddleOfWrites_losesAndRepeatsNothing()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        FaultyServer faulty;
        CrashTrial trial(faulty.server());
        for (int i = 0; i < cuts; ++i) {
            const bool torn = i % 2 == 1;
            QVERIFY(
                trial.round(random.bounded(20, 1500), [&] { faulty.cutPower(torn ? &random : nullptr); }));
        }
        QVERIFY(faulty.board().synced() > cuts);

        ServerProcess plain;
        plain.setDataDir(faulty.server().dataDir());
        QVERIFY(plain.start());
        const Findings findings = trial.examine(plain);
        qInfo("seed %u: %s", seed, findings.summary().constData());
        QVERIFY(findings.areClean());
        QCOMPARE(findings.crashes, cuts);
        QVERIFY(findings.acknowledged > 10 * cuts);
        QCOMPARE(plain.terminate(), 0);
    }

    /// The test above could not fail if it did not notice this.
    void cut_whenSyncsAreIgnored_losesAcknowledgedWrites()
    {
        FaultyServer faulty;
        CrashTrial trial(faulty.server());
        QVERIFY(trial.round(200, [&] { faulty.cutPower(); }));
        QVERIFY(trial.round(200, [&] {
            faulty.board().set(Fault::SyncIgnored);
            const std::uint64_t before = faulty.board().met();
            QVERIFY(QTest::qWaitFor([&] { return faulty.board().met() > before + 5; }));
            faulty.cutPower();
        }));
        faulty.board().set(Fault::None);
        QVERIFY(faulty.server().restart());
        const Findings findings = trial.examine(faulty.server());
        QVERIFY2(findings.lost > 0, findings.summary().constData());
    }

    /// While the disk has not confirmed the write, nobody hears of it; everything else is served.
    void write_thatIsNotSynced_isNeitherAnsweredNorPushed()
    {
        FaultyServer faulty;
        QVERIFY(faulty.server().start());
        RestClient client(faulty.server().httpUrl());
        const auto record = [](const char* name) {
            return QJsonValue(QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, QString::fromLatin1(name)}});
        };
        QCOMPARE(client.post("/api/v1/analytics/records", record("before")).status, 201);
        WsClient listener;
        QVERIFY(listener.open(faulty.server().wsUrl()));

        faulty.board().set(Fault::SyncHeld);
        const std::uint64_t met = faulty.board().met();
        RawSocket writer(faulty.server().httpPort());
        const QByteArray body = toBytes(record("held"));
        QVERIFY(writer.write("POST /api/v1/analytics/records HTTP/1.1\r\nHost: localhost\r\n"
                             "Content-Type: application/json\r\nContent-Length: " +
                             QByteArray::number(body.size()) + "\r\n\r\n" + body));
        QTRY_VERIFY(faulty.board().met() > met);
        // A whole turn of everybody who could have told of it.
        QVERIFY(listener.sync().has_value());
        QCOMPARE(client.get("/health").status, 200);
        const HttpResponse seen = client.get("/api/v1/analytics/records?search=held");
        QCOMPARE(seen.status, 200);
        QCOMPARE(listener.seqs(), QList<prism::protocol::Seq>());
        QCOMPARE(writer.readAtLeast(1, 200), ""_ba);

        faulty.board().set(Fault::None);
        QCOMPARE(writer.readResponse().status, 201);
        QVERIFY(listener.waitForSeq(2));
    }
};

PRISM_TEST(TestPowerCut)

} // namespace tst_power_cut

#include "tst_power_cut.moc"
