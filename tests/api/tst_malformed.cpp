#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_malformed {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray postHead =
    "POST " + records + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

QByteArray bodyOf(const QByteArray& name)
{
    return fill(R"({"type":"custom","name":"%1"})", name);
}

QByteArray lengthOf(const QByteArray& body)
{
    return "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
}

} // namespace

/// Bytes that a well-behaved client never sends, and rare ones that it may.
class TestMalformed : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY(m_server->start());
    }

    void cleanupTestCase() { m_server.reset(); }

    void bytes_areRefusedAndTheConnectionClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray body = bodyOf("smuggled");
        QTest::newRow("length and coding")
            << postHead + lengthOf(body) + "Transfer-Encoding: chunked\r\n\r\n" + body << 400;
        QTest::newRow("coding and length")
            << postHead + "Transfer-Encoding: chunked\r\n" + lengthOf(body) + "\r\n" + body << 400;
        QTest::newRow("two lengths") << postHead + lengthOf(body) + "Content-Length: 5\r\n\r\n" + body << 400;
        QTest::newRow("two lengths in one") << postHead + "Content-Length: 5, 6\r\n\r\n" + body << 400;
        QTest::newRow("negative length") << postHead + "Content-Length: -1\r\n\r\n" << 400;
        QTest::newRow("length with a sign") << postHead + "Content-Length: +5\r\n\r\n" << 400;
        QTest::newRow("length in hex") << postHead + "Content-Length: 0x10\r\n\r\n" << 400;
        QTest::newRow("length beyond numbers") << postHead + "Content-Length: 99999999999999999999999\r\n\r\n"
                                               << 400;
        QTest::newRow("bad chunk size") << postHead + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" << 400;
        QTest::newRow("chunk longer than said")
            << postHead + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n"
            << 400;
        QTest::newRow("unknown coding") << postHead + "Transfer-Encoding: gzip, chunked\r\n\r\n" << 501;
        QTest::newRow("no host") << "GET /health HTTP/1.1\r\n\r\n"_ba << 400;
        QTest::newRow("two hosts") << "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"_ba
                                   << 400;
        QTest::newRow("no version") << "GET /health\r\nHost: localhost\r\n\r\n"_ba << 400;
        QTest::newRow("unknown version") << "GET /health HTTP/3.0\r\nHost: localhost\r\n\r\n"_ba << 400;
        QTest::newRow("space before a colon") << "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n"_ba << 400;
        QTest::newRow("line without a colon")
            << "GET /health HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n"_ba << 400;
        QTest::newRow("NUL in a header")
            << "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"_ba << 400;
        QTest::newRow("target without a slash") << "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 400;
        QTest::newRow("garbage") << "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n"_ba << 400;
        QTest::newRow("garbage without an end") << QByteArray(200, '\xff') + "\r\n" << 400;
    }

    void bytes_areRefusedAndTheConnectionClosed()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, status);
        RawSocket socket(m_server->httpPort());
        socket.write(bytes + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const HttpResponse response = socket.readResponse();
        QVERIFY2(response.status == status, response.summary().constData());
        QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        QVERIFY(socket.waitForClosed());
        QCOMPARE(socket.readAll(), ""_ba);
        QCOMPARE(recordNames(), QStringList());
    }

    void server_lives_onAfterGarbage()
    {
        for (int seed = 0; seed < 50; ++seed) {
            RawSocket socket(m_server->httpPort());
            QByteArray bytes;
            for (int i = 0; i < 2000; ++i)
                bytes += char((i * 7919 + seed * 104729) >> (seed % 5));
            socket.write(bytes);
            socket.finishWriting();
        }
        QCOMPARE(RestClient(m_server->httpUrl()).get("/health").status, 200);
    }

    void pipelined_requests_areAnsweredInOrder()
    {
        RawSocket socket(m_server->httpPort());
        QByteArray bytes;
        for (int i = 0; i < 50; ++i) {
            const QByteArray body = i % 2 ? bodyOf("pipelined " + QByteArray::number(i)) : ""_ba;
            bytes += i % 2 ? postHead + lengthOf(body) : "GET /health HTTP/1.1\r\nHost: localhost\r\n"_ba;
            bytes += "X-Request-Id: n" + QByteArray::number(i) + "\r\n\r\n" + body;
        }
        socket.write(bytes);
        for (int i = 0; i < 50; ++i) {
            const HttpResponse response = socket.readResponse();
            QCOMPARE(response.status, i % 2 ? 201 : 200);
            QCOMPARE(response.header("X-Request-Id"), "n" + QByteArray::number(i));
        }
        removeRecords();
    }

    void request_byteByByte_isUnderstood()
    {
        RawSocket socket(m_server->httpPort());
        socket.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
        const QByteArray body = bodyOf("slowly");
        for (const char byte :
             "\r\n" + postHead + lengthOf(body) + "\r\n" + body) // empty line: RFC 9112, 2.2
            QVERIFY(socket.write(QByteArray(1, byte)));
        QCOMPARE(socket.readResponse().status, 201);
        removeRecords();
    }

    void chunked_body_isUnderstood()
    {
        RawSocket socket(m_server->httpPort());
        const QByteArray body = bodyOf("in chunks");
        QByteArray bytes = postHead + "Transfer-Encoding: chunked\r\n\r\n";
        for (qsizetype at = 0; at < body.size(); at += 7) {
            const QByteArray part = body.mid(at, 7);
            bytes += QByteArray::number(part.size(), 16) + ";note=x\r\n" + part + "\r\n";
        }
        socket.write(bytes + "0\r\nX-Trailer: y\r\n\r\n" + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 201);
        QCOMPARE(socket.readResponse().status, 200);
        removeRecords();
    }

    void expectContinue_isAnswered()
    {
        RawSocket socket(m_server->httpPort());
        const QByteArray body = bodyOf("asked first");
        socket.write(postHead + lengthOf(body) + "Expect: 100-continue\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 100);
        socket.write(body);
        QCOMPARE(socket.readResponse().status, 201);
        removeRecords();
    }

    void http10_isAnsweredAndClosed()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 200);
        QVERIFY(socket.waitForClosed());
    }

    void connectionClose_isHonoured()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        const HttpResponse response = socket.readResponse();
        QCOMPARE(response.status, 200);
        QCOMPARE(response.header("Connection").toLower(), "close"_ba);
        QVERIFY(socket.waitForClosed());
    }

    void client_thatClosesItsHalf_getsItsAnswer()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        socket.finishWriting();
        QCOMPARE(socket.readResponse().status, 200);
    }

    void writer_thatClosesItsHalf_getsItsAnswer()
    {
        RawSocket socket(m_server->httpPort());
        const QByteArray body = bodyOf("half closed");
        socket.write(postHead + lengthOf(body) + "\r\n" + body);
        socket.finishWriting();
        QCOMPARE(socket.readResponse().status, 201);
        QVERIFY(socket.waitForClosed());
        removeRecords();
    }

    void client_thatGoes_takesNothingWithIt()
    {
        for (int i = 0; i < 20; ++i) {
            RawSocket socket(m_server->httpPort());
            const QByteArray body = bodyOf("gone " + QByteArray::number(i));
            socket.write(postHead + lengthOf(body) + "\r\n" + body);
            socket.abort();
        }
        QCOMPARE(RestClient(m_server->httpUrl()).get("/health").status, 200);
        removeRecords();
    }

private:
    QStringList recordNames()
    {
        QStringList names;
        RestClient client(m_server->httpUrl());
        for (const auto& record : client.get(records + "?limit=100").data().toArray())
            names.append(record["name"_L1].toString());
        return names;
    }

    void removeRecords()
    {
        RestClient client(m_server->httpUrl());
        for (const auto& record : client.get(records + "?limit=100").data().toArray())
            client.remove(records + '/' + record["id"_L1].toString().toLatin1());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestMalformed)

} // namespace tst_malformed

#include "tst_malformed.moc"
