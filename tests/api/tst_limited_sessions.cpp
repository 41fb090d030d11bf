#include "tests/api/limited_token_test.h"
#include "tests/support/raw_socket.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QNetworkRequest>

#include <utility>

namespace tst_limited_sessions {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// A token that is limited to projects is told of no other, and nothing that it is told of is lost.
class TestLimitedSessions : public LimitedTokenTest
{
    Q_OBJECT

    void open(WsClient& client, const QByteArray& token, const QByteArray& query = {})
    {
        QUrl url = m_server->wsUrl();
        url.setQuery(QString::fromLatin1(query));
        QNetworkRequest request(url);
        request.setRawHeader("Authorization", "Bearer " + token);
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
    }

private slots:
    void init() { begin(); }

    void cleanup() { stopServer(); }

    void session_hearsOfItsProjectsAlone()
    {
        WsClient client;
        open(client, m_editor);
        client.send({{u"type"_s, u"dashboard"_s}, {u"data"_s, QJsonObject{{u"period"_s, u"all"_s}}}});
        client.send({{u"type"_s, u"join"_s}, {u"data"_s, QJsonObject{{u"room"_s, u"hidden"_s}}}});
        client.send({{u"type"_s, u"leave"_s}, {u"data"_s, QJsonObject{{u"room"_s, u"hidden"_s}}}});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(report(m_admin, checkOf("hidden", "PASS")).status, 201);
        QCOMPARE(report(m_admin, checkOf("open", "PASS")).status, 201);
        QVERIFY(client.waitForSeq(head() - 1));
        QCOMPARE(report(m_admin, checkOf("hidden")).status, 201);
        const auto pong = client.sync();
        QVERIFY(pong);
        QCOMPARE((*pong)[u"data"_s][u"seq"_s].toInteger(), head());
        qint64 reached = client.helloSeq();
        for (const QJsonObject& message : client.messages()) {
            const QByteArray text = toBytes(message);
            QVERIFY2(!text.contains("hidden") || text.contains("room"), text);
            if (message[u"type"_s] == u"passed"_s)
                reached = message[u"data"_s][u"to"_s].toInteger();
            else if (const qint64 seq = message[u"seq"_s].toInteger(); seq > 0)
                QCOMPARE(seq, std::exchange(reached, seq) + 1);
        }
        QCOMPARE(reached, head());
        QCOMPARE(client.types().count(u"passed"_s), 2);
    }

    void resumedSession_isComplete()
    {
        const QByteArray epoch = ask(m_editor, eventsPath).data()[u"epoch"_s].toString().toLatin1();
        WsClient client;
        open(client, m_editor, "since=0&epoch=" + epoch);
        const auto resumed = client.waitForType("resumed"_L1);
        QVERIFY(resumed && (*resumed)[u"data"_s][u"complete"_s].toBool());
        QVERIFY(!client.events().isEmpty());
        for (const QJsonObject& event : client.events())
            QVERIFY(!toBytes(event).contains("hidden"));
        QCOMPARE(client.types().at(client.types().indexOf(u"resumed"_s) - 1), u"passed"_s);
    }

    void stream_namesWhatItPassed()
    {
        RawSocket stream(m_server->httpPort());
        stream.write("GET /api/v1/events?since=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                     "Authorization: Bearer " +
                     m_editor + "\r\n\r\n");
        QByteArray text;
        while (!text.contains("\"resumed\"")) {
            const QByteArray more = stream.readAtLeast(1);
            QVERIFY(!more.isEmpty());
            text += more;
        }
        QVERIFY(!text.contains("hidden"));
        const QByteArray last = ':' + QByteArray::number(head()) + "\ndata: {\"type\":\"passed\"";
        QVERIFY2(text.contains(last), text);
    }

    /// What is live and kept back meanwhile is told of behind the replay, as it was to come then.
    void sessionThatResumesLater_isComplete()
    {
        WsClient client;
        open(client, m_editor);
        const qint64 since = 0;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(report(m_admin, checkOf("hidden")).status, 201);
        const qint64 at = client.helloSeq();
        client.send({{u"type"_s, u"resume"_s},
                     {u"data"_s, QJsonObject{{u"epoch"_s, client.epoch()}, {u"since"_s, since}}}});
        const auto resumed = client.waitForType("resumed"_L1);
        QVERIFY(resumed && (*resumed)[u"data"_s][u"complete"_s].toBool());
        QVERIFY(client.sync());
        qint64 reached = since;
        bool isLive = false;
        for (const QJsonObject& message : client.messages()) {
            if (message[u"type"_s] == u"resumed"_s)
                isLive = true;
            if (message[u"type"_s] == u"passed"_s) {
                const qint64 to = message[u"data"_s][u"to"_s].toInteger();
                QVERIFY2(isLive || to <= at, "what is live came before what was missed");
                reached = to;
            } else if (const qint64 seq = message[u"seq"_s].toInteger(); seq > 0) {
                QCOMPARE(seq, std::exchange(reached, seq) + 1);
            }
        }
        QCOMPARE(reached, head());
    }

    void changesOfWhatAllMayRead_areTold()
    {
        WsClient client;
        open(client, m_editor);
        const HttpResponse changed =
            m_client->send("PUT", "/api/v1/settings",
                           bearer(m_admin) + RestClient::Headers{{"Content-Type", "application/json"}},
                           R"({"alerts": {"gateFailingMinutes": 77}})");
        QVERIFY2(changed.status == 200, changed.body);
        QVERIFY(client.waitForType("settings:updated"_L1));
        QVERIFY(ask(m_editor, eventsPath + "?since=0&limit=1000").body.contains("settings:updated"));
    }

    void page_saysThatThereIsMoreBetween()
    {
        const QJsonValue page = ask(m_editor, eventsPath + "?since=0&limit=1000").data();
        QVERIFY(page[u"complete"_s].toBool() && page[u"passed"_s].toBool());
        QCOMPARE(page[u"seq"_s], page[u"head"_s]);
        QVERIFY(!page[u"events"_s].toArray().isEmpty());
        const QByteArray rest = eventsPath + "?since=" + QByteArray::number(head());
        QVERIFY(ask(m_editor, rest).data()[u"passed"_s].isUndefined());
        QVERIFY(m_client->get(eventsPath + "?since=0", bearer(m_admin)).data()[u"passed"_s].isUndefined());
    }

    void page_ofOne_isTheFirstThatIsTold()
    {
        const QByteArray last = QByteArray::number(head());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(report(m_admin, checkOf("hidden")).status, 201);
        QCOMPARE(report(m_admin, checkOf("open")).status, 201);
        const QJsonValue page = ask(m_editor, eventsPath + "?limit=1&wait=10&since=" + last).data();
        QCOMPARE(page[u"events"_s].toArray().size(), 1);
        QVERIFY(page[u"passed"_s].toBool());
        QCOMPARE(page[u"seq"_s], page[u"events"_s][0][u"seq"_s]);
    }

    void longPoll_waitsForItsOwn()
    {
        const QByteArray since = QByteArray::number(head());
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events?wait=60&since=" + since +
                     " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_editor + "\r\n\r\n");
        QCOMPARE(report(m_admin, checkOf("hidden")).status, 201);
        QVERIFY(socket.readAtLeast(1, 500).isEmpty());
        QCOMPARE(report(m_admin, checkOf("open")).status, 201);
        QVERIFY(socket.readAtLeast(1).startsWith("HTTP/1.1 200"));
        const QJsonValue over =
            ask(m_editor, eventsPath + "?wait=1&since=" + QByteArray::number(head())).data();
        QVERIFY(over[u"events"_s].toArray().isEmpty());
    }
};

PRISM_TEST(TestLimitedSessions)

} // namespace tst_limited_sessions

#include "tst_limited_sessions.moc"
