#include "tests/api/signed_in_test.h"
#include "tests/support/raw_socket.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QTest>

namespace tst_token_ends {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// What ends with the token that it was begun by.
class TestTokenEnds : public SignedInTest
{
    Q_OBJECT

private slots:
    void init()
    {
        startSignedIn();
        QVERIFY(!m_admin.isEmpty());
    }

    void cleanup() { stopServer(); }

    void sessions_endWithTheirToken()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QNetworkRequest request(m_server->wsUrl());
        request.setRawHeader("Authorization", "Bearer " + viewer);
        WsClient client;
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        RawSocket stream(m_server->httpPort());
        stream.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                     "Authorization: Bearer " +
                     viewer + "\r\n\r\n");
        QVERIFY(stream.readAtLeast(1).startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(viewer), bearer(m_admin)).status, 200);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
        QVERIFY(stream.waitForClosed());
    }

    void sessionOfARotatedSecret_endsWithIt()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QNetworkRequest request(m_server->wsUrl());
        request.setRawHeader("Authorization", "Bearer " + viewer);
        WsClient client;
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        const QByteArray rotate = tokensPath + '/' + idOf(viewer) + "/rotate";
        QCOMPARE(m_client->post(rotate, parseJson("{}"), bearer(m_admin)).status, 200);
        QVERIFY2(!client.waitForClosed(1'500), "the secret is good for a day more");
        QCOMPARE(m_client->post(rotate, parseJson(R"({"overlapHours": 0})"), bearer(m_admin)).status, 200);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
    }

    void longPoll_endsWithItsToken()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const qint64 head = m_client->get("/api/v1/events", bearer(viewer)).data()[u"head"_s].toInteger();
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events?wait=60&since=" + QByteArray::number(head) +
                     " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + viewer + "\r\n\r\n");
        QTest::qWait(300); // so that it waits
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(viewer), bearer(m_admin)).status, 200);
        QVERIFY(socket.readAtLeast(1).startsWith("HTTP/1.1 401"));
        QVERIFY2(timer.elapsed() < 20'000, "long before its time was over");
    }
};

PRISM_TEST(TestTokenEnds)

} // namespace tst_token_ends

#include "tst_token_ends.moc"
