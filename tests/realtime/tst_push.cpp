#include "shared/protocol/timestamp.h"
#include "shared/protocol/version.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <thread>

namespace tst_push {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";

QList<prism::protocol::Seq> range(prism::protocol::Seq from, prism::protocol::Seq to)
{
    QList<prism::protocol::Seq> list;
    for (auto i = from; i <= to; ++i)
        list.append(i);
    return list;
}

} // namespace

/// Every change reaches every session, once, in order.
class TestPush : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void hello_saysWhoAndWhere()
    {
        QCOMPARE(m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status, 201);
        WsClient first;
        WsClient second;
        QVERIFY(first.open(m_server->wsUrl()));
        QVERIFY(second.open(m_server->wsUrl()));
        const QJsonObject hello = first.hello();
        QVERIFY(!hello["connectionId"_L1].toString().isEmpty());
        QVERIFY(hello["connectionId"_L1] != second.hello()["connectionId"_L1]);
        QCOMPARE(hello["seq"_L1].toInteger(), 1);
        QCOMPARE(hello["version"_L1].toString(), QLatin1String(prism::version));
        QCOMPARE(hello["epoch"_L1], m_client->get("/api/v1/events").data()["epoch"_L1]);
        QVERIFY(prism::protocol::fromIso(hello["serverTime"_L1].toString()).has_value());
        QVERIFY(!first.messages().first().contains("seq"_L1));
    }

    void hello_comesOnBothPorts()
    {
        QUrl url = m_server->wsUrl();
        url.setPort(m_server->httpPort());
        WsClient client;
        QVERIFY(client.open(url));
        QVERIFY(m_server->wsPort() != m_server->httpPort());
    }

    void write_ofEveryKind_isPushedWithTheSeqOfTheLog()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        const QJsonObject made =
            m_client->post(records, parseJson(R"({"type":"custom","name":"a"})")).data().toObject();
        const QByteArray path = records + '/' + made["id"_L1].toString().toLatin1();
        const QJsonObject changed = m_client->put(path, parseJson(R"({"name":"b"})")).data().toObject();
        QCOMPARE(m_client->remove(path).status, 200);
        QCOMPARE(m_client
                     ->post(records + "/batch",
                            parseJson(R"([{"type":"custom","name":"c"},{"type":"adhoc","name":"d"}])"))
                     .status,
                 201);
        const QJsonObject check =
            m_client
                ->post(checks, parseJson(R"({"status":"BLOCKED","duration":2.5,"project":"p","violations":
                                             [{"principleId":"P1","severity":"BLOCK"}]})"))
                .data()
                .toObject();
        const QJsonObject retro =
            m_client->post("/api/v1/retros", parseJson(R"({"type":"deep","duration":5})")).data().toObject();

        QVERIFY(client.waitForSeq(7));
        const QList<QJsonObject> events = client.events();
        QCOMPARE(client.seqs(), range(1, 7));
        QCOMPARE(client.types(), (QStringList{u"connected"_s, u"analytics:record:created"_s,
                                              u"analytics:record:updated"_s, u"analytics:record:deleted"_s,
                                              u"analytics:record:created"_s, u"analytics:record:created"_s,
                                              u"gateway:check:completed"_s, u"retro:created"_s}));
        QCOMPARE(events[0]["data"_L1]["record"_L1].toObject(), made);
        QCOMPARE(events[1]["data"_L1]["record"_L1].toObject(), changed);
        QCOMPARE(events[1]["data"_L1]["updates"_L1], parseJson(R"({"name":"b"})"));
        QCOMPARE(events[2]["data"_L1]["id"_L1], made["id"_L1]);
        QCOMPARE(events[5]["data"_L1].toObject(), check);
        QCOMPARE(events[6]["data"_L1]["retro"_L1].toObject(), retro);
        for (const QJsonObject& event : events)
            QVERIFY(prism::protocol::fromIso(event["timestamp"_L1].toString()).has_value());

        const QJsonArray log = m_client->get("/api/v1/events?since=0").data()["events"_L1].toArray();
        QCOMPARE(log.size(), events.size());
        for (qsizetype i = 0; i < log.size(); ++i)
            QCOMPARE(log[i].toObject(), events[i]);
    }

    void write_thatIsRefused_isNotPushed()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        m_client->post(records, parseJson(R"({"type":"custom"})"));
        m_client->post(records + "/batch", parseJson(R"([{"type":"custom","name":"x"},{"type":"custom"}])"));
        m_client->post(records, parseJson(R"({"type":"custom","name":"x"})"));
        m_client->post(records, parseJson(R"({"type":"custom","name":"x"})"));
        const auto pong = client.sync();
        QVERIFY(pong.has_value());
        QCOMPARE(client.seqs(), range(1, 1));
        QCOMPARE((*pong)["data"_L1]["seq"_L1].toInteger(), 1);
    }

    void event_arrivesAtOnce()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QVERIFY(client.sync().has_value());
        for (int i = 1; i <= 20; ++i) {
            m_client->post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})"));
            QVERIFY2(client.waitForSeq(i, 500), "no event within half a second of the answer");
        }
    }

    /// Nobody is there before, and the write falls somewhere into the greeting.
    void write_whileTheOnlySessionOpens_isInItsGreetingOrPushed()
    {
        for (int i = 1; i <= 50; ++i) {
            WsClient client;
            std::thread writing([this] {
                RestClient(m_server->httpUrl())
                    .post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})"));
            });
            client.begin(m_server->wsUrl());
            const bool isGreeted = client.waitForType("connected"_L1).has_value();
            writing.join();
            QVERIFY(isGreeted);
            QVERIFY(client.sync().has_value());
            QCOMPARE(client.seqs(), range(client.helloSeq() + 1, i));
        }
    }

    void events_ofManyWriters_reachAllInOneOrder()
    {
        constexpr int writers = 6;
        constexpr int writesEach = 40;
        std::vector<std::unique_ptr<WsClient>> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(std::make_unique<WsClient>());
            QUrl url = m_server->wsUrl();
            if (i % 2)
                url.setPort(m_server->httpPort());
            QVERIFY(clients.back()->open(url));
        }
        std::vector<std::thread> threads;
        std::atomic<int> accepted{0};
        for (int w = 0; w < writers; ++w) {
            threads.emplace_back([this, w, &accepted] {
                RestClient client(m_server->httpUrl());
                for (int i = 0; i < writesEach; ++i) {
                    const QJsonObject body{{u"type"_s, u"custom"_s},
                                           {u"name"_s, u"%1 of %2"_s.arg(i).arg(w)}};
                    accepted += client.post(records, QJsonValue(body)).status == 201 ? 1 : 0;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(accepted.load(), writers * writesEach);
        for (const auto& client : clients) {
            QVERIFY(client->waitForSeq(writers * writesEach));
            QCOMPARE(client->seqs(), range(1, writers * writesEach));
            QCOMPARE(client->events(), clients.front()->events());
        }
        // Each writer's own writes come in the order it made them.
        QHash<QString, int> next;
        for (const QJsonObject& event : clients.front()->events()) {
            const QStringList name = event["data"_L1]["record"_L1]["name"_L1].toString().split(u' ');
            QCOMPARE(name.first().toInt(), next[name.last()]++);
        }
    }

    void burst_reachesASessionWhole()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        QByteArray body;
        for (int i = 0; i < 5000; ++i)
            body += "{\"status\":\"PASS\",\"duration\":" + QByteArray::number(i) + "}\n";
        // As imported: so many slow checks are worth an alert, which would be one event more.
        QCOMPARE(m_client->post(checks + "?imported=true", body, {{"Content-Type", "application/x-ndjson"}})
                     .status,
                 201);
        QVERIFY(client.waitForSeq(5000, 20000));
        QCOMPARE(client.seqs(), range(1, 5000));
        int duration = 0;
        for (const QJsonObject& event : client.events())
            QCOMPARE(event["data"_L1]["duration"_L1].toInt(), duration++);
    }
};

PRISM_TEST(TestPush)

} // namespace tst_push

#include "tst_push.moc"
