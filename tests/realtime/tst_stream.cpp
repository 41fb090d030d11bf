#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace tst_stream {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

struct StreamEvent
{
    QByteArray id;
    QJsonObject message;
};

/// The events of a stream as the HTML standard reads them: fields up to an empty line, comments ignored.
QList<StreamEvent> eventsOf(const QByteArray& answer)
{
    QList<StreamEvent> events;
    StreamEvent event;
    const QList<QByteArray> lines = answer.mid(answer.indexOf("\r\n\r\n") + 4).split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("id: ")) {
            event.id = line.mid(4);
        } else if (line.startsWith("data: ")) {
            event.message = QJsonDocument::fromJson(line.mid(6)).object();
        } else if (line.isEmpty() && !event.message.isEmpty()) {
            events.append(event);
            event = {};
        }
    }
    return events;
}

QList<qint64> seqsOf(const QList<StreamEvent>& events)
{
    QList<qint64> seqs;
    for (const StreamEvent& event : events) {
        if (event.message.contains("seq"_L1))
            seqs.append(event.message["seq"_L1].toInteger());
    }
    return seqs;
}

QList<qint64> range(qint64 from, qint64 to)
{
    QList<qint64> list;
    for (qint64 i = from; i <= to; ++i)
        list.append(i);
    return list;
}

/// A client that keeps what it was sent.
class Follower
{
public:
    explicit Follower(quint16 port, const QByteArray& query = {}, const QByteArray& fields = {})
        : m_socket(port)
    {
        m_socket.write("GET /api/v1/events" + query +
                       " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + fields + "\r\n");
    }

    /// Waits until `done` holds of what has arrived.
    bool waitFor(const std::function<bool(const QList<StreamEvent>&)>& done)
    {
        QElapsedTimer timer;
        timer.start();
        while (!done(eventsOf(answer)) && timer.elapsed() < 10000)
            answer += m_socket.readAtLeast(1, 500);
        return done(eventsOf(answer));
    }

    bool waitForSeq(qint64 seq)
    {
        return waitFor([seq](const QList<StreamEvent>& events) { return seqsOf(events).contains(seq); });
    }

    bool waitForType(QLatin1StringView type)
    {
        return waitFor([type](const QList<StreamEvent>& events) {
            return std::any_of(events.begin(), events.end(), [type](const StreamEvent& event) {
                return event.message["type"_L1].toString() == type;
            });
        });
    }

    QByteArray answer;

private:
    RawSocket m_socket;
};

} // namespace

/// The stream of events over plain HTTP.
class TestStream : public ServerTest
{
    Q_OBJECT

    void post(int count)
    {
        for (int i = 0; i < count; ++i)
            QCOMPARE(
                m_client->post("/api/v1/retros", QJsonObject{{"type"_L1, "quick"_L1}, {"duration"_L1, 1}})
                    .status,
                201);
    }

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void newFollower_getsWhatHappensFromThenOn()
    {
        post(3);
        Follower follower(m_server->httpPort());
        QVERIFY(follower.waitForType("connected"_L1));
        post(5);
        QVERIFY(follower.waitForSeq(8));
        QVERIFY(follower.answer.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(follower.answer.contains("\r\nContent-Type: text/event-stream"));
        QCOMPARE(seqsOf(eventsOf(follower.answer)), range(4, 8));
    }

    void returningFollower_getsWhatItMissed_byTheIdOfItsLastEvent()
    {
        Follower first(m_server->httpPort());
        QVERIFY(first.waitForType("connected"_L1));
        post(2);
        QVERIFY(first.waitForSeq(2));
        const QByteArray id = eventsOf(first.answer).last().id;
        QVERIFY(id.endsWith(":2"));
        post(300);
        Follower second(m_server->httpPort(), {}, "Last-Event-ID: " + id + "\r\n");
        QVERIFY(second.waitForType("resumed"_L1));
        post(1);
        QVERIFY(second.waitForSeq(303));
        QCOMPARE(seqsOf(eventsOf(second.answer)), range(3, 303));
    }

    /// An EventSource that is refused gives up for good, so whatever it names is answered by a stream.
    void idThatIsNoneOfOurs_isToldToReload_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const char* id : {"other:1", "1", "nonsense", ":1", "other:", "other:-1", "other:x", ":", "\xff",
                               "other:99999999999999999999999", "0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60"})
            QTest::newRow(id) << QByteArray(id);
    }

    void idThatIsNoneOfOurs_isToldToReload()
    {
        QFETCH(const QByteArray, id);
        post(2);
        Follower follower(m_server->httpPort(), {}, "Last-Event-ID: " + id + "\r\n");
        QVERIFY(follower.waitForType("resumed"_L1));
        const QList<StreamEvent> events = eventsOf(follower.answer);
        QCOMPARE(seqsOf(events), QList<qint64>());
        QCOMPARE(events.last().message["data"_L1]["complete"_L1], QJsonValue(false));
        QVERIFY(events.last().id.endsWith(":2"));
    }

    /// The list, the stream and the WebSocket agree on what is not kept any more.
    void positionBeforeTheOldestKept_isToldToReload()
    {
        startServer({u"--event-retention-count"_s, u"10"_s, u"--backlog-events"_s, u"5"_s});
        post(60);
        const auto list = [&](const QByteArray& since) {
            return m_client->get("/api/v1/events?since=" + since).data().toObject();
        };
        QTRY_COMPARE(list("5")["complete"_L1], QJsonValue(false));
        QCOMPARE(list("5")["events"_L1].toArray().size(), 0);
        QCOMPARE(list("55")["complete"_L1], QJsonValue(true));
        QCOMPARE(list("55")["events"_L1].toArray().size(), 5);
        const QByteArray epoch = list("55")["epoch"_L1].toString().toLatin1();

        Follower follower(m_server->httpPort(), {}, "Last-Event-ID: " + epoch + ":5\r\n");
        QVERIFY(follower.waitForType("resumed"_L1));
        QCOMPARE(seqsOf(eventsOf(follower.answer)), QList<qint64>());
        QCOMPARE(eventsOf(follower.answer).last().message["data"_L1]["complete"_L1], QJsonValue(false));

        QUrl url = m_server->wsUrl();
        url.setQuery(u"since=5&epoch="_s + QString::fromLatin1(epoch));
        WsClient client;
        QVERIFY(client.open(url));
        const auto resumed = client.waitForType("resumed"_L1);
        QVERIFY(resumed.has_value());
        QCOMPARE((*resumed)["data"_L1]["complete"_L1], QJsonValue(false));
        post(1);
        QVERIFY(client.waitForSeq(61));
        QCOMPARE(client.seqs().size(), 1);
    }

    /// What the kernel does not take waits at the server, again and again.
    void slowFollower_getsEveryEvent()
    {
        constexpr int linesEach = 10'000;
        constexpr int imports = 3;
        constexpr int count = linesEach * imports;
        const QByteArray lines = QByteArray(R"({"status":"PASS","duration":1})"
                                            "\n")
                                     .repeated(linesEach);
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        QByteArray answer = socket.readAtLeast(100);
        socket.socket().setReadBufferSize(1);
        std::atomic<int> imported = 0;
        std::thread importing([&] {
            RestClient client(m_server->httpUrl());
            for (int i = 0; i < imports; ++i)
                imported +=
                    client.post("/api/v1/gateway/checks", lines, {{"Content-Type", "application/x-ndjson"}})
                                .status == 201
                        ? 1
                        : 0;
        });
        const bool waited = QTest::qWaitFor([&] { return imported > 0; }, 20'000); // and nothing is read
        socket.socket().setReadBufferSize(16 * 1024);
        const QByteArray last = ":" + QByteArray::number(count) + "\n";
        while (!answer.right(4096).contains(last)) {
            const QByteArray more = socket.readAtLeast(1, 20'000);
            if (more.isEmpty())
                break;
            answer += more;
        }
        importing.join();
        QVERIFY(waited);
        QCOMPARE(imported.load(), imports);
        answer += socket.readAtLeast(1, 200);
        QCOMPARE(seqsOf(eventsOf(answer)), range(1, count));
    }

    void badPosition_isRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("since") << QByteArray("?since=-1") << QByteArray();
    }

    void badPosition_isRefused()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, fields);
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events" + query +
                     " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + fields + "\r\n");
        QCOMPARE(socket.readResponse().status, 400);
    }

    /// A comment now and then, and no more than that; events between them change nothing about it.
    void silentFollower_isSentACommentNowAndThen()
    {
        constexpr int interval = 300; // ms
        startServer({u"--heartbeat-interval"_s, u"0.3"_s});
        RawSocket socket(m_server->httpPort());
        QElapsedTimer timer;
        timer.start();
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        QByteArray answer = socket.readAtLeast(100);
        QVERIFY(timer.elapsed() >= interval || !answer.contains(": ping"));
        while (answer.count(": ping\n\n") < 4 && timer.elapsed() < 20'000) {
            post(1);
            answer += socket.readAtLeast(1, 100);
        }
        const qint64 pings = answer.count(": ping\n\n");
        QVERIFY(pings >= 4);
        QVERIFY2(timer.elapsed() >= 4 * interval, "they come too often");
        QCOMPARE(answer.count(": ping"), pings);
        QVERIFY(!seqsOf(eventsOf(answer)).isEmpty());
    }

    void stoppingServer_endsTheStream()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        QVERIFY(socket.readAtLeast(100).contains("text/event-stream"));
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(socket.waitForClosed());
    }

    void waitingRequest_isAnsweredByTheNextEvent()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events?since=0&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse(300).status, 0);
        post(1);
        const HttpResponse answer = socket.readResponse();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.data()["events"_L1].toArray().size(), 1);
        QCOMPARE(answer.data()["seq"_L1].toInteger(), 1);
    }

    /// The answer to one brings the next of the same connection, which waits in its turn.
    void pipelinedWaitingRequests_areAnsweredOneByOne()
    {
        RawSocket socket(m_server->httpPort());
        for (const QByteArray since : {"0", "1", "2"})
            socket.write("GET /api/v1/events?since=" + since +
                         "&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse(300).status, 0);
        for (int seq = 1; seq <= 3; ++seq) {
            post(1);
            QCOMPARE(socket.readResponse().data()["seq"_L1].toInteger(), seq);
        }
    }

    void waitingRequests_ofClientsThatHaveGone_giveTheirPlacesBack()
    {
        m_server = std::make_unique<ServerProcess>(
            QStringList{u"--max-connections"_s, u"20"_s, u"--max-connections-per-address"_s, u"20"_s});
        QVERIFY(m_server->start());
        for (int i = 0; i < 19; ++i) {
            RawSocket socket(m_server->httpPort());
            socket.write("GET /api/v1/events?since=0&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QCOMPARE(socket.readResponse(30).status, 0);
        }
        const auto open = [&] {
            QList<std::shared_ptr<RawSocket>> sockets;
            int served = 0;
            for (int i = 0; i < 15; ++i) {
                sockets.append(std::make_shared<RawSocket>(m_server->httpPort()));
                sockets.last()->write("GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n\r\n");
                served += sockets.last()->readResponse().status == 200 ? 1 : 0;
            }
            return served;
        };
        // Asked anew, it would find the places of its own clients taken until the server has seen them go.
        bool free = false;
        QTRY_VERIFY_WITH_TIMEOUT(free || (free = open() == 15), 10000);
    }

    /// The answers before it are read slowly, so that some are still to be sent when the stream begins.
    void streamBehindPipelinedRequests_beginsAfterTheirAnswers()
    {
        RawSocket socket(m_server->httpPort());
        socket.socket().setReadBufferSize(1024);
        constexpr int requests = 60;
        for (int i = 0; i < requests; ++i)
            socket.write("GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        socket.socket().setReadBufferSize(0);
        for (int i = 0; i < requests; ++i)
            QVERIFY(socket.readResponse().json().contains("openapi"_L1));
        QVERIFY(socket.readAtLeast(400).contains("text/event-stream"));
    }

    void waitingRequest_isAnsweredWithNothing_whenItsTimeIsOver()
    {
        const HttpResponse answer = m_client->get("/api/v1/events?since=0&wait=1");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.data()["events"_L1].toArray().size(), 0);
        QCOMPARE(answer.data()["complete"_L1], QJsonValue(true));
    }

    void waitingRequest_ofAnotherEpoch_isAnsweredAtOnce()
    {
        const HttpResponse answer = m_client->get("/api/v1/events?since=0&epoch=other&wait=60");
        QCOMPARE(answer.data()["complete"_L1], QJsonValue(false));
    }

    void waitingRequest_isAnswered_whenTheServerStops()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events?since=0&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse(300).status, 0);
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(socket.readResponse().status, 200);
    }
};

PRISM_TEST(TestStream)

} // namespace tst_stream

#include "tst_stream.moc"
