#include "tests/support/raw_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_smuggling {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray post =
    "POST " + records + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
const QByteArray get = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
const QByteArray body = R"({"type":"custom","name":"smuggled"})";

} // namespace

/// Requests whose end two readers could see in two places, and texts that are none: each is refused with its
/// code, and nothing hidden in it is carried out.
class TestSmuggling : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY(m_server->start());
    }

    void cleanupTestCase() { m_server.reset(); }

    void framing_thatIsAmbiguous_isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n";
        const QByteArray chunk = QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n";
        QTest::newRow("coding twice") << chunked + "Transfer-Encoding: chunked\r\n\r\n" + chunk;
        QTest::newRow("coding and identity") << chunked + "Transfer-Encoding: identity\r\n\r\n" + chunk;
        QTest::newRow("coding in disguise") << post + "Transfer-Encoding: xchunked\r\n\r\n" + chunk;
        QTest::newRow("coding after a tab") << post +
                                                   "Transfer-Encoding:\x0b"
                                                   "chunked\r\n\r\n" +
                                                   chunk;
        QTest::newRow("space before its colon") << post + "Transfer-Encoding : chunked\r\n\r\n" + chunk;
        QTest::newRow("coding of HTTP/1.0")
            << QByteArray(chunked).replace("HTTP/1.1", "HTTP/1.0") + "\r\n" + chunk;
        QTest::newRow("folded coding")
            << post + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 3\r\n\r\n" + chunk;
        QTest::newRow("chunk size beyond numbers") << chunked + "\r\nfffffffffffffffff\r\n" + body;
        QTest::newRow("chunk size below zero") << chunked + "\r\n-1\r\n" + body;
        QTest::newRow("chunk size with 0x") << chunked + "\r\n0x23\r\n" + body + "\r\n0\r\n\r\n";
        QTest::newRow("empty chunk size") << chunked + "\r\n\r\n" + body;
        QTest::newRow("chunk line that ends in LF") << chunked + "\r\n23\n" + body + "\r\n0\r\n\r\n";
        QTest::newRow("bare LF in the head") << QByteArray(get).replace("\r\n", "\n") + "\n";
        QTest::newRow("bare CR in a value") << get + "X: a\rContent-Length: 5\r\n\r\n";
        QTest::newRow("NUL in the target") << "GET /hea\0lth HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
        QTest::newRow("NUL in a name") << get + "X\0Y: a\r\n\r\n"_ba;
        QTest::newRow("space at a line's start") << "GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n"_ba;
        QTest::newRow("empty name") << get + ": a\r\n\r\n";
        QTest::newRow("length with a blank inside") << post + "Content-Length: 3 5\r\n\r\n" + body;
        QTest::newRow("empty length") << post + "Content-Length:\r\n\r\n" + body;
        QTest::newRow("third word") << "GET /health extra HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
    }

    void framing_thatIsAmbiguous_isRefused()
    {
        QFETCH(const QByteArray, bytes);
        RawSocket socket(m_server->httpPort());
        socket.write(bytes + "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const HttpResponse response = socket.readResponse();
        QVERIFY2(response.status == 400 || response.status == 501, response.summary().constData());
        QCOMPARE(response.json()["success"_L1], QJsonValue(false));
        QVERIFY(socket.waitForClosed());
        QCOMPARE(socket.readAll(), ""_ba);
        checkNothingWritten();
    }

    void text_thatIsNone_isRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        const auto named = [](const QByteArray& name) {
            return "{\"type\":\"custom\",\"name\":\"" + name + "\"}";
        };
        QTest::newRow("lone continuation") << named("a\x80z") << u"ERR_1002"_s;
        QTest::newRow("overlong slash") << named("a\xc0\xafz") << u"ERR_1002"_s;
        QTest::newRow("surrogate in UTF-8") << named("a\xed\xa0\x80z") << u"ERR_1002"_s;
        QTest::newRow("beyond Unicode") << named("a\xf4\x90\x80\x80z") << u"ERR_1002"_s;
        QTest::newRow("cut off") << named("a\xe2\x82") << u"ERR_1002"_s;
        QTest::newRow("not even text") << "\xff\xfe{\0}\0"_ba << u"ERR_1002"_s;
        QTest::newRow("name of 10,000") << named(QByteArray(10000, 'n')) << u"ERR_1005"_s;
        QTest::newRow("name of 10,000 emojis")
            << named("\xf0\x9f\x98\x80"_ba.repeated(10000)) << u"ERR_1005"_s;
        QTest::newRow("a hundred thousand brackets") << QByteArray(100000, '[') << u"ERR_1002"_s;
        QTest::newRow("a hundred thousand objects")
            << QByteArray("{\"a\":").repeated(100000) + "1" + QByteArray(100000, '}') << u"ERR_1002"_s;
    }

    void text_thatIsNone_isRefused()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, code);
        const HttpResponse response = RestClient(m_server->httpUrl()).post(records, json);
        QVERIFY2(response.status == 400, response.summary().constData());
        QCOMPARE(response.error(), code);
        checkNothingWritten();
    }

private:
    void checkNothingWritten()
    {
        RestClient client(m_server->httpUrl());
        QCOMPARE(client.get(records).meta()["pagination"_L1]["total"_L1].toInt(-1), 0);
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestSmuggling)

} // namespace tst_smuggling

#include "tst_smuggling.moc"
