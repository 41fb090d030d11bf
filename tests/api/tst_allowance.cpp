#include "tests/api/hook_sender.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_allowance {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray self = "/api/v1/auth/self";
const QByteArray checks = "/api/v1/gateway/checks";

RestClient::Headers bearer(const QByteArray& token)
{
    return {{"Authorization", "Bearer " + token}};
}

} // namespace

/// What one token, and one address, may do, with input beyond each.
class TestAllowance : public ServerTest
{
    Q_OBJECT

    QByteArray m_ana;
    QByteArray m_ben;

    QByteArray made(const QString& name) const
    {
        const ProgramResult result = ServerProcess::run(withData(
            m_server->dataDir(), {u"token"_s, u"create"_s, u"--name"_s, name, u"--role"_s, u"editor"_s}));
        const qsizetype at = result.output.indexOf("prism_");
        return result.output.mid(at, result.output.indexOf('\n', at) - at).trimmed();
    }

    void startCounting(const QStringList& options)
    {
        startServer(QStringList{u"--auth"_s, u"on"_s} + options);
        m_ana = made(u"ana"_s);
        m_ben = made(u"ben"_s);
        QVERIFY(m_ana.startsWith("prism_") && m_ben.startsWith("prism_"));
    }

    HttpResponse ask(const QByteArray& token) const { return m_client->get(self, bearer(token)); }

    HttpResponse askFrom(const QByteArray& address) const
    {
        RawSocket socket(m_server->httpPort(), QHostAddress(QString::fromLatin1(address)));
        socket.write("GET " + self + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_ben +
                     "\r\n\r\n");
        return socket.readResponse();
    }

    HttpResponse send(const QByteArray& token, qsizetype bytes) const
    {
        const QByteArray check = R"({"status":"PASS"})";
        return m_client->post(checks, QByteArray(bytes - check.size(), ' ') + check, bearer(token));
    }

    std::unique_ptr<RawWebSocket> socketOf(const QByteArray& token,
                                           const QByteArray& from = "127.0.0.1") const
    {
        return std::make_unique<RawWebSocket>(m_server->httpPort(), "/ws",
                                              "Authorization: Bearer " + token + "\r\n",
                                              QHostAddress(QString::fromLatin1(from)));
    }

    /// With which code it is closed after so many pings; 0 where it answers the last of them.
    static int closeCodeAfter(RawWebSocket& socket, int pings)
    {
        for (int i = 0; i < pings; ++i)
            socket.send(9, QByteArray::number(i));
        while (const auto frame = socket.read(3'000)) {
            if (frame->opcode == 8)
                return frame->closeCode();
            if (frame->opcode == 10 && frame->payload == QByteArray::number(pings - 1))
                return 0;
        }
        return -1;
    }

    double refusals(const QByteArray& of, const QByteArray& what) const
    {
        const QByteArray text = m_client->get("/metrics", bearer(m_ben)).body;
        const QByteArray name = "\nprism_rate_refusals_total{of=\"" + of + "\",what=\"" + what + "\"} ";
        const qsizetype at = text.indexOf(name) + name.size();
        return text.mid(at, text.indexOf('\n', at) - at).toDouble();
    }

    static void verifyRefusal(const HttpResponse& answer, const QByteArray& option)
    {
        QCOMPARE(answer.status, 429);
        QCOMPARE(answer.error(), u"ERR_4004"_s);
        QVERIFY2(answer.details().contains(QString::fromLatin1(option)), answer.summary());
        QVERIFY2(answer.header("retry-after").toInt() > 0, answer.summary());
    }

private slots:
    void cleanup() { stopServer(); }

    void requestsOfAToken_areSoMany()
    {
        startCounting({u"--requests-per-token"_s, u"2"_s});
        HttpResponse answer = ask(m_ana);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("ratelimit"), "\"token\";r=19;t=1"_ba);
        QCOMPARE(answer.header("ratelimit-policy"), "\"token\";q=20;w=10, \"address\";q=50000;w=10"_ba);
        int served = 1;
        for (; served < 60 && answer.status == 200; ++served)
            answer = ask(m_ana);
        QVERIFY2(served > 20 && served < 40, QByteArray::number(served)); // some time passes meanwhile
        verifyRefusal(answer, "--requests-per-token: 2 a second");
        QCOMPARE(answer.header("ratelimit"), "\"token\";r=0;t=1"_ba);
        QCOMPARE(m_client->get("/health", bearer(m_ana)).status, 200);
        QCOMPARE(ask(m_ben).status, 200);
        QVERIFY(refusals("token", "requests") >= 1);
        QVERIFY(QTest::qWaitFor([this] { return ask(m_ana).status == 200; }));
    }

    void requestsOfAnAddress_areSoMany()
    {
        startCounting({u"--requests-per-address"_s, u"2"_s});
        HttpResponse answer;
        int asked = 0;
        for (; asked < 60 && answer.status != 429; ++asked)
            answer = m_client->get(self); // whoever it is
        QVERIFY2(asked > 20 && asked < 40, QByteArray::number(asked));
        verifyRefusal(answer, "--requests-per-address: 2 a second");
        QCOMPARE(answer.header("ratelimit"), "\"address\";r=0;t=1"_ba);
        QCOMPARE(m_client->get("/health").status, 200);
        QCOMPARE(m_client->get("/ready").status, 200);
        QCOMPARE(askFrom("127.0.0.2").status, 200);
    }

    void bytesOfAToken_areSoMany()
    {
        startCounting({u"--body-bytes-per-token"_s, u"1000"_s});
        QCOMPARE(send(m_ana, 9'000).status, 201);
        QCOMPARE(send(m_ana, 15'000).status, 201); // there was something left for it
        verifyRefusal(send(m_ana, 100), "--body-bytes-per-token: 1000 a second");
        QVERIFY(send(m_ana, 100).header("retry-after").toInt() > 5);
        QCOMPARE(ask(m_ana).status, 200); // what brings nothing is not held up by it
        QCOMPARE(send(m_ben, 100).status, 201);
        QVERIFY(refusals("token", "bytes") >= 2);
    }

    void bytesOfAnAddress_areSoMany()
    {
        startCounting({u"--body-bytes-per-address"_s, u"1000"_s});
        QCOMPARE(send(m_ana, 25'000).status, 201);
        verifyRefusal(send(m_ben, 100), "--body-bytes-per-address: 1000 a second");
        QCOMPARE(askFrom("127.0.0.2").status, 200);
    }

    void framesOfAToken_areSoMany_fromAllItsClients()
    {
        startCounting({u"--frames-per-token"_s, u"4"_s});
        const auto one = socketOf(m_ana);
        const auto two = socketOf(m_ana);
        const auto other = socketOf(m_ben);
        QCOMPARE(one->handshake().status, 101);
        QCOMPARE(closeCodeAfter(*one, 30), 0);
        QCOMPARE(closeCodeAfter(*two, 30), 4029);
        QCOMPARE(closeCodeAfter(*other, 30), 0);
        QVERIFY(refusals("token", "frames") >= 1);
    }

    void framesOfAnAddress_areSoMany()
    {
        startCounting({u"--frames-per-address"_s, u"4"_s});
        const auto one = socketOf(m_ana);
        const auto two = socketOf(m_ben);
        const auto elsewhere = socketOf(m_ben, "127.0.0.2");
        QCOMPARE(closeCodeAfter(*one, 30), 0);
        QCOMPARE(closeCodeAfter(*two, 30), 4029);
        QCOMPARE(closeCodeAfter(*elsewhere, 30), 0);
        QVERIFY(refusals("address", "frames") >= 1);
    }

    void connectionsOfAToken_areSoMany()
    {
        startCounting({u"--max-connections-per-token"_s, u"2"_s});
        auto one = socketOf(m_ana);
        QCOMPARE(one->handshake().status, 101);
        RawSocket stream(m_server->httpPort());
        const QByteArray head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_ana + "\r\n";
        stream.write("GET /api/v1/events" + head + "Accept: text/event-stream\r\n\r\n");
        QVERIFY(stream.readAtLeast(12).startsWith("HTTP/1.1 200"));
        verifyRefusal(socketOf(m_ana)->handshake(), "--max-connections-per-token");
        verifyRefusal(m_client->get("/api/v1/events",
                                    bearer(m_ana) + RestClient::Headers{{"Accept", "text/event-stream"}}),
                      "--max-connections-per-token");
        verifyRefusal(m_client->get("/api/v1/events?wait=1", bearer(m_ana)), "--max-connections-per-token");
        QCOMPARE(ask(m_ana).status, 200);
        QCOMPARE(socketOf(m_ben)->handshake().status, 101);
        QVERIFY(refusals("token", "connections") >= 3);
        one.reset();
        const auto wait = [this] { return m_client->get("/api/v1/events?wait=1", bearer(m_ana)).status; };
        QVERIFY(QTest::qWaitFor([&wait] { return wait() == 200; }));
        QCOMPARE(wait(), 200); // none is kept for good
    }

    void whereNobodySignsIn_thisMachineIsNotCounted()
    {
        startServer({u"--requests-per-address"_s, u"1"_s, u"--body-bytes-per-address"_s, u"10"_s,
                     u"--frames-per-address"_s, u"1"_s, u"--trusted-proxy"_s, u"127.0.0.1"_s,
                     u"--insecure-no-auth"_s});
        for (int i = 0; i < 30; ++i) {
            const HttpResponse answer = send({}, 100);
            QCOMPARE(answer.status, 201);
            QVERIFY(!answer.hasHeader("RateLimit") && !answer.hasHeader("RateLimit-Policy"));
        }
        RawWebSocket socket(m_server->httpPort());
        QCOMPARE(closeCodeAfter(socket, 30), 0);
        int refused = 0;
        for (int i = 0; i < 30; ++i)
            refused += m_client->get(self, {{"X-Forwarded-For", "1.2.3.4"}}).status == 429 ? 1 : 0;
        QVERIFY(refused > 10);
        QCOMPARE(m_client->get(self, {{"X-Forwarded-For", "1.2.3.5"}}).status, 200);
    }

    void withoutALimit_nothingIsCounted()
    {
        startCounting({u"--requests-per-token"_s, u"0"_s, u"--requests-per-address"_s, u"0"_s,
                       u"--body-bytes-per-token"_s, u"0"_s, u"--body-bytes-per-address"_s, u"0"_s});
        const HttpResponse answer = ask(m_ana);
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.hasHeader("RateLimit") && !answer.hasHeader("RateLimit-Policy"));
    }
};

PRISM_TEST(TestAllowance)

} // namespace tst_allowance

#include "tst_allowance.moc"
