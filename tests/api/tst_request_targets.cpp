#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_request_targets {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray all = "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS";

QSet<QByteArray> membersOf(const QByteArray& field)
{
    QSet<QByteArray> members;
    for (const QByteArray& each : field.split(','))
        members.insert(each.trimmed());
    return members;
}

} // namespace

/// The first line and the Host of a request, in every form that RFC 9112 knows, and what is none: raw bytes
/// and what they are answered with.
class TestRequestTargets : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer();
        QCOMPARE(
            m_client
                ->post("/api/v1/gateway/checks", parseJson(R"({"id":"a/b ä","status":"PASS","duration":1})"))
                .status,
            201);
        QCOMPARE(
            m_client->post("/api/v1/analytics/records", parseJson(R"({"type":"custom","name":"50% ä+b"})"))
                .status,
            201);
    }

    void cleanupTestCase() { stopServer(); }

    void head_isAnsweredWith_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const QByteArray& line, int status, const QByteArray& reason = {},
                            const QByteArray& fields = "Host: localhost\r\n") {
            QTest::newRow((line + ' ' + fields.simplified()).constData())
                << line + " HTTP/1.1\r\n" + fields << status << reason;
        };
        const auto host = [&row](const QByteArray& fields, int status, const QByteArray& reason = {}) {
            row("GET /health", status, reason, fields);
        };
        // Origin form.
        row("GET /health", 200);
        row("GET /health?", 200);
        row("GET /health?x", 200);
        row("GET //health", 404);
        row("GET /health/", 404);
        row("GET /Health", 404);
        row("GET health", 400, "begin with a slash");
        row("GET ?x", 400, "begin with a slash");
        row("GET /health#part", 400, "fragment");
        row("GET /health?x#part", 400, "fragment");
        // What is equivalent is the same.
        row("GET /./health", 200);
        row("GET /x/../health", 200);
        row("GET /x/y/../../health", 200);
        row("GET /../health", 200);
        row("GET /%2e/health", 200);
        row("GET /x/%2E%2e/health", 200);
        row("GET /x/.%2E/health", 200);
        row("GET /api/v1/./analytics/x/../records", 200);
        row("GET /health/.", 404);
        row("GET /health/..", 404);
        row("GET /.../health", 404);
        row("GET /..health", 404);
        row("GET /x%2F../health", 404);
        row("GET /x%2F..%2Fhealth", 404);
        row("GET /health?/../x", 200);
        // Percent-encoding.
        row("GET /%68ealth", 200);
        row("GET /%68%65%61%6C%74%68", 200);
        row("GET /health%", 400, "two hex digits");
        row("GET /health%4", 400, "two hex digits");
        row("GET /health%zz", 400, "two hex digits");
        row("GET /health?a=%", 400, "two hex digits");
        row("GET /health?a=%4", 400, "two hex digits");
        row("GET /health?a=%g0", 400, "two hex digits");
        row("GET /health%00", 404);
        row("GET /health%ff", 400, "UTF-8");
        row("GET /health?a=%c3", 400, "UTF-8");
        row("GET /health?a=%ed%a0%80", 400, "UTF-8");
        row("GET /health?a=\xff", 400, "UTF-8");
        row("GET /health?a=%C3%A4", 200);
        row("GET /health?a=\xc3\xa4", 200);
        row("GET /api%2Fv1/analytics/records", 404);
        row("GET %2Fhealth", 400, "begin with a slash");
        row("GET /api/v1/gateway/checks/a%2Fb%20%C3%A4", 200);
        row("GET /api/v1/gateway/checks/a%2fb%20\xc3\xa4", 200);
        row("GET /api/v1/gateway/checks/a/b%20%C3%A4", 404);
        row("GET /api/v1/gateway/checks/a%2Fb+%C3%A4", 404);
        row("GET /api/v1/analytics/records?limit=%31", 200);
        row("GET /api/v1/analytics/records?l%69mit=x", 400, "limit");
        // Absolute form. Its host is asked, and Host is not looked at but for being there and well formed.
        row("GET http://localhost/health", 200);
        row("GET HTTP://LOCALHOST/health", 200);
        row("GET hTTpS://localhost:1/health", 200);
        row("GET http://127.0.0.1:80/x/../health?x", 200);
        row("GET http://[::1]:80/health", 200);
        row("GET http://localhost/health", 200, "", "Host: attacker.example\r\n");
        row("GET http://attacker.example/health", 403, "--allow-host");
        row("GET http://localhost.attacker.example/health", 403, "--allow-host");
        row("GET http://localhost", 404);
        row("GET http://localhost?x=/health", 404);
        row("GET http://localhost/health", 400, "exactly once", "");
        row("GET http://localhost/health", 400, "Host must be", "Host: a b\r\n");
        row("GET http:///health", 400, "does not name a host");
        row("GET http://:80/health", 400, "does not name a host");
        row("GET http://user@localhost/health", 400, "does not name a host");
        row("GET http://localhost:x/health", 400, "does not name a host");
        row("GET http://localhost:65536/health", 400, "does not name a host");
        row("GET http://[::1/health", 400, "does not name a host");
        row("GET http://localhost/health#part", 400, "fragment");
        row("GET http://localhost#part", 400, "fragment");
        row("GET http:/health", 400, "http address");
        row("GET ftp://localhost/health", 400, "http address");
        row("GET ws://localhost/health", 400, "http address");
        row("GET ://localhost/health", 400, "http address");
        // Asterisk form.
        row("OPTIONS *", 204);
        row("OPTIONS http://localhost", 204);
        row("OPTIONS http://localhost/", 404);
        row("GET *", 400, "OPTIONS");
        row("POST *", 400, "OPTIONS");
        row("OPTIONS **", 400, "begin with a slash");
        row("OPTIONS *?x", 400, "begin with a slash");
        row("OPTIONS *", 403, "--allow-host", "Host: attacker.example\r\n");
        // Authority form: for CONNECT alone, and this is no proxy.
        row("CONNECT localhost:80", 405);
        row("CONNECT [::1]:80", 405);
        row("CONNECT localhost", 400, "host and a port");
        row("CONNECT /health", 400, "host and a port");
        row("CONNECT *", 400, "host and a port");
        row("CONNECT http://localhost:80/", 400, "host and a port");
        row("GET localhost:80", 400, "http address");
        // Host.
        host("Host: localhost\r\n", 200);
        host("Host: LOCALHOST:1\r\n", 200);
        host("Host: localhost:\r\n", 200);
        host("Host: x.localhost\r\n", 200);
        host("Host: 127.8.9.10\r\n", 200);
        host("Host: [::1]\r\n", 200);
        host("Host:localhost\r\n", 200);
        host("Host:  localhost  \r\n", 200);
        host("", 400, "exactly once");
        host("Host: localhost\r\nhost: localhost\r\n", 400, "exactly once");
        host("Host: \r\n", 400, "Host must be");
        host("Host: :80\r\n", 400, "Host must be");
        host("Host: localhost:x\r\n", 400, "Host must be");
        host("Host: localhost:1:2\r\n", 400, "Host must be");
        host("Host: localhost:65535\r\n", 200);
        host("Host: localhost:65536\r\n", 400, "Host must be");
        host("Host: localhost:000080\r\n", 400, "Host must be");
        host("Host: local host\r\n", 400, "Host must be");
        host("Host: localhost/\r\n", 400, "Host must be");
        host("Host: http://localhost\r\n", 400, "Host must be");
        host("Host: user@localhost\r\n", 400, "Host must be");
        host("Host: ::1\r\n", 400, "Host must be");
        host("Host: [::1\r\n", 400, "Host must be");
        host("Host: [::1]x\r\n", 400, "Host must be");
        host("Host: []\r\n", 400, "Host must be");
        host("Host: local\xc3\xa4host\r\n", 400, "Host must be");
        host("Host: prism.example\r\n", 403, "--allow-host");
        host("Host: 10.0.0.1\r\n", 403, "--allow-host");
        host("Host: 127.0.0.1.attacker.example\r\n", 403, "--allow-host");
        host("Host: localhost.\r\n", 403, "--allow-host");
        // Methods.
        row("get /health", 405);
        row("BREW /health", 405);
        row("TRACE /health", 405);
        row("BREW /nothing", 404);
        row("PUT /ws", 426);
        row("OPTIONS /ws", 204);
        row("HEAD /ws", 426);
        row("GET /ws", 426);
        // Expectations.
        const QByteArray local = "Host: localhost\r\n";
        host(local + "Expect: 100-continue\r\n", 200);
        host(local + "Expect: 100-Continue\r\n", 200);
        host(local + "Expect: something\r\n", 417, "100-continue");
        host(local + "Expect: 100-continue, something\r\n", 417, "100-continue");
        host(local + "Expect: 100-continue\r\nExpect: something\r\n", 417, "100-continue");
        // Codings that the answer may have.
        host(local + "Accept-Encoding: identity;q=0\r\n", 406, "Accept-Encoding");
        host(local + "Accept-Encoding: *;q=0\r\n", 406, "Accept-Encoding");
        host(local + "Accept-Encoding: gzip;q=0, identity;q=0\r\n", 406, "Accept-Encoding");
        host(local + "Accept-Encoding: identity;q=0.000, *;q=0\r\n", 406, "Accept-Encoding");
        host(local + "Accept-Encoding: br\r\n", 200);
        host(local + "Accept-Encoding: \r\n", 200);
        host(local + "Accept-Encoding: gzip;q=0\r\n", 200);
        host(local + "Accept-Encoding: *;q=0, identity;q=0.001\r\n", 200);
        host(local + "Accept-Encoding: *;q=0, gzip\r\n", 200);
    }

    void head_isAnsweredWith()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        QFETCH(const QByteArray, reason);
        RawSocket socket(m_server->httpPort());
        socket.write(head + "Origin-Less: yes\r\n\r\n");
        const HttpResponse response = socket.readResponse(15'000, head.startsWith("HEAD"));
        QVERIFY2(response.status == status, response.summary().constData());
        QVERIFY2(reason.isEmpty() || response.message().contains(QString::fromLatin1(reason)) ||
                     response.details().contains(QString::fromLatin1(reason)),
                 response.summary().constData());
        // No answer, whoever writes it, may be taken for something it is not, or be embedded elsewhere.
        QCOMPARE(response.header("X-Content-Type-Options"), "nosniff"_ba);
        QCOMPARE(response.header("Cross-Origin-Resource-Policy"), "same-origin"_ba);
        QVERIFY(!response.header("X-Request-Id").isEmpty());
        const bool isAsterisk =
            head.startsWith("OPTIONS *") || head.startsWith("OPTIONS http://localhost HTTP");
        if (status == 405 || status == 204)
            QVERIFY(!response.header("Allow").isEmpty());
        if ((isAsterisk && status == 204) || head.startsWith("CONNECT localhost:80"))
            QCOMPARE(membersOf(response.header("Allow")), membersOf(all));
    }

    void http10_withoutAHost_isAnswered()
    {
        RawSocket socket(m_server->httpPort());
        socket.write("GET /health HTTP/1.0\r\nExpect: nonsense\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 200);
    }

    void query_isReadAsFormsWriteIt_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("found");
        QTest::newRow("encoded") << "search=50%25%20%C3%A4%2Bb"_ba << 1;
        QTest::newRow("plus is a space") << "search=50%25+%C3%A4%2Bb"_ba << 1;
        QTest::newRow("raw plus is no plus") << "search=%C3%A4+b"_ba << 0;
        QTest::newRow("raw UTF-8") << "search=\xc3\xa4"_ba << 1;
        QTest::newRow("encoded name") << "se%61rch=nothing"_ba << 0;
        QTest::newRow("first of two") << "search=%C3%A4&search=nothing"_ba << 1;
        QTest::newRow("empty items") << "&&search=nothing&"_ba << 0;
        QTest::newRow("no value") << "search"_ba << 1;
        QTest::newRow("two equals signs") << "search=nothing=%C3%A4"_ba << 0;
        QTest::newRow("longer name") << "searching=nothing"_ba << 1;
    }

    void query_isReadAsFormsWriteIt()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const int, found);
        const HttpResponse response = m_client->get("/api/v1/analytics/records?" + query);
        QVERIFY2(response.data().toArray().size() == found, response.summary().constData());
    }
};

PRISM_TEST(TestRequestTargets)

} // namespace tst_request_targets

#include "tst_request_targets.moc"
