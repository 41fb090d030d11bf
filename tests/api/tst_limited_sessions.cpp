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

    void page_saysThatThereIsMoreBetween()
    {
        const QJsonValue page = ask(m_editor, eventsPath + "?since=0&limit=1000").data();
        QVERIFY(page[u"complete"_s].toBool() && page[u"passed"_s].toBool());
        QCOMPARE(page[u"seq"_s], page[u"head"_s]);
        QVERIFY(!page[u"events"_s].toArray().isEmpty());
        const QByteArray rest = eventsPath + "?since=" + QByteArray::number(head());
        QVERIFY(ask(m_editor, rest).data()[u"passed"_s].isUndefined());
        QVERIFY(
            m_client->get(eventsPath + "?since=0", bearer(m_admin)).data()[u"passed"_s].isUndefined());
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
