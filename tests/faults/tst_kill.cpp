#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <mutex>
#include <thread>

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace {

constexpr int rounds = 20;
constexpr int recordWriters = 3;
constexpr int linesEach = 25;

QList<Seq> range(Seq from, Seq to)
{
    QList<Seq> list;
    for (Seq i = from; i <= to; ++i)
        list.append(i);
    return list;
}

/// What was asked of the server, and what of it the server said was done.
struct Ledger
{
    std::mutex mutex;
    QSet<QString> attemptedRecords;
    QSet<QString> acknowledgedRecords;
    QSet<QString> attemptedBatches; ///< prefix of the ids of one NDJSON request
    QSet<QString> acknowledgedBatches;
};

} // namespace

/// SIGKILL in the middle of writes, again and again on the same data: nothing acknowledged is lost, nothing
/// is there by half, and the order has no gap.
class TestKill : public QObject
{
    Q_OBJECT

private slots:
    void kill_inTheMiddleOfWrites_losesNothingAcknowledged()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QString epoch;
        QList<Seq> heard;
        for (int round = 0; round < rounds; ++round) {
            std::atomic<int> answers{0};
            std::vector<std::thread> writers;
            for (int w = 0; w < recordWriters; ++w)
                writers.emplace_back([&, w] { writeRecords(server.httpUrl(), round, w, answers); });
            writers.emplace_back([&] { writeBatches(server.httpUrl(), round, answers); });

            WsClient client;
            QUrl url = server.wsUrl();
            if (!epoch.isEmpty())
                url.setQuery(u"since=%1&epoch=%2"_s.arg(heard.isEmpty() ? 0 : heard.last()).arg(epoch));
            bool listening = client.open(url);
            if (!epoch.isEmpty())
                listening = listening && client.waitForType("resumed"_L1).has_value();
            // Not always at the same place: after 40 answers in the first round, after 230 in the last.
            const bool busy = QTest::qWaitFor([&] { return answers > 40 + 10 * round; }, 20000);
            server.kill9();
            for (std::thread& writer : writers)
                writer.join();
            QVERIFY(listening);
            QVERIFY2(busy, "the writers got nowhere");
            client.waitForClosed(1000);
            if (!epoch.isEmpty()) {
                QCOMPARE(client.epoch(), epoch);
                QCOMPARE(
                    client.messages().value(client.types().indexOf(u"resumed"_s))["data"_L1]["complete"_L1],
                    QJsonValue(true));
            }
            epoch = client.epoch();
            heard += client.seqs();
            if (round == 0 && !heard.isEmpty() && heard.first() > 1)
                heard = range(1, heard.first() - 1) + heard; // written before the first client came
            QVERIFY(server.restart());
            verify(server, heard);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(m_ledger.acknowledgedRecords.size() > rounds * 10);
        QVERIFY(m_ledger.acknowledgedBatches.size() > rounds);
        QCOMPARE(server.terminate(), 0);
    }

private:
    void writeRecords(const QUrl& url, int round, int writer, std::atomic<int>& answers)
    {
        RestClient client(url);
        for (int i = 0;; ++i) {
            const QString name = u"round %1 writer %2 record %3"_s.arg(round).arg(writer).arg(i);
            {
                const std::lock_guard lock(m_ledger.mutex);
                m_ledger.attemptedRecords.insert(name);
            }
            const QJsonObject body{{u"type"_s, u"custom"_s}, {u"name"_s, name}};
            if (client.post("/api/v1/analytics/records", QJsonValue(body)).status != 201)
                return;
            const std::lock_guard lock(m_ledger.mutex);
            m_ledger.acknowledgedRecords.insert(name);
            ++answers;
        }
    }

    void writeBatches(const QUrl& url, int round, std::atomic<int>& answers)
    {
        RestClient client(url);
        for (int i = 0;; ++i) {
            const QString prefix = u"round %1 batch %2"_s.arg(round).arg(i);
            {
                const std::lock_guard lock(m_ledger.mutex);
                m_ledger.attemptedBatches.insert(prefix);
            }
            QByteArray lines;
            for (int line = 0; line < linesEach; ++line)
                lines += QStringLiteral("{\"id\":\"%1 line %2\",\"status\":\"PASS\",\"duration\":1}\n")
                             .arg(prefix)
                             .arg(line)
                             .toUtf8();
            if (client.post("/api/v1/gateway/checks", lines, {{"Content-Type", "application/x-ndjson"}})
                    .status != 201)
                return;
            const std::lock_guard lock(m_ledger.mutex);
            m_ledger.acknowledgedBatches.insert(prefix);
            ++answers;
        }
    }

    void verify(ServerProcess& server, const QList<Seq>& heard)
    {
        RestClient client(server.httpUrl());
        QList<Seq> seqs;
        QStringList names;
        QHash<QString, int> linesOf;
        while (true) {
            const Seq since = seqs.isEmpty() ? 0 : seqs.last();
            const HttpResponse page =
                client.get("/api/v1/events?limit=1000&since=" + QByteArray::number(since));
            QCOMPARE(page.status, 200);
            const QJsonArray events = page.data()["events"_L1].toArray();
            if (events.isEmpty())
                break;
            for (const auto& event : events) {
                seqs.append(event["seq"_L1].toInteger());
                if (event["type"_L1] == "analytics:record:created"_L1)
                    names.append(event["data"_L1]["record"_L1]["name"_L1].toString());
                else
                    ++linesOf[event["data"_L1]["id"_L1].toString().section(u" line "_s, 0, 0)];
            }
        }
        QCOMPARE(seqs, range(1, seqs.size()));
        QCOMPARE(heard, range(1, heard.size()));
        QVERIFY2(heard.size() <= seqs.size(), "an event was pushed that is not in the log");

        const QSet<QString> kept(names.begin(), names.end());
        QCOMPARE(kept.size(), names.size());
        QVERIFY2(kept.contains(m_ledger.acknowledgedRecords), "an acknowledged record is lost");
        QVERIFY2(m_ledger.attemptedRecords.contains(kept), "a record that nobody wrote");
        QCOMPARE(client.get("/api/v1/analytics/records").meta()["pagination"_L1]["total"_L1].toInteger(),
                 kept.size());

        for (const QString& batch : std::as_const(m_ledger.acknowledgedBatches))
            QCOMPARE(linesOf.value(batch), linesEach);
        qsizetype lines = 0;
        for (auto batch = linesOf.cbegin(); batch != linesOf.cend(); ++batch) {
            QVERIFY(m_ledger.attemptedBatches.contains(batch.key()));
            QVERIFY2(batch.value() == linesEach, "half a batch");
            lines += batch.value();
        }
        const QJsonValue all = client.get("/api/v1/analytics/dashboard?period=all").data();
        QCOMPARE(all["summary"_L1]["totalChecks"_L1].toInteger(), lines);
        QCOMPARE(all["seq"_L1].toInteger(), seqs.size());
    }

    Ledger m_ledger;
};

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
