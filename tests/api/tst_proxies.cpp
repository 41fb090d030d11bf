#include "tests/api/hook_sender.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_proxies {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray self = "/api/v1/auth/self";
const QByteArray pairings = "/api/v1/auth/pairings";
const QByteArray name = R"({"name":"wall"})";

RestClient::Headers from(const QByteArray& address)
{
    return {{"X-Forwarded-For", address}};
}

RestClient::Headers bearer(const QByteArray& token)
{
    return {{"Authorization", "Bearer " + token}};
}

} // namespace

/// A server behind a proxy, which is 127.0.0.1 here; 127.0.0.2 is somebody else.
class TestProxies : public ServerTest
{
    Q_OBJECT

    QByteArray m_admin;

    void startBehindProxy(const QStringList& more = {})
    {
        startServer(QStringList{u"--auth"_s, u"on"_s, u"--trusted-proxy"_s, u"10.0.0.0/8"_s,
                                u"--trusted-proxy"_s, u"127.0.0.1"_s, u"--public-url"_s,
                                u"https://prism.example"_s} +
                    more);
        const ProgramResult made = ServerProcess::run(withData(
            m_server->dataDir(), {u"token"_s, u"create"_s, u"--name"_s, u"ana"_s, u"--role"_s, u"admin"_s}));
        const qsizetype at = made.output.indexOf("prism_");
        m_admin = made.output.mid(at, made.output.indexOf('\n', at) - at).trimmed();
        QVERIFY(m_admin.startsWith("prism_"));
    }

    /// What somebody is answered who is no proxy.
    HttpResponse askAsStranger(const QByteArray& request) const
    {
        RawSocket socket(m_server->httpPort(), QHostAddress(u"127.0.0.2"_s));
        socket.write(request);
        return socket.readResponse();
    }

    std::unique_ptr<RawSocket> streamFrom(const QByteArray& address) const
    {
        auto stream = std::make_unique<RawSocket>(m_server->httpPort());
        stream->write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                      "X-Forwarded-For: " +
                      address + "\r\nAuthorization: Bearer " + m_admin + "\r\n\r\n");
        return stream;
    }

    double metric(const QByteArray& metricName) const
    {
        const QByteArray text = m_client->get("/metrics", bearer(m_admin)).body;
        const qsizetype at = text.indexOf('\n' + metricName + ' ') + metricName.size() + 2;
        return text.mid(at, text.indexOf('\n', at) - at).toDouble();
    }

private slots:
    void cleanup() { stopServer(); }

    void refusedTokens_areCountedByWhomTheProxyNames()
    {
        startBehindProxy();
        for (int i = 0; i < 10; ++i)
            QCOMPARE(m_client->get(self, from("6.6.6.6, 1.2.3.4") + bearer("wrong")).status, 401);
        QCOMPARE(m_client->get(self, from("7.7.7.7, 1.2.3.4, 10.0.0.9") + bearer("wrong")).status, 429);
        QCOMPARE(
            m_client->get(self, {{"Forwarded", "for=\"1.2.3.4:99\""}, {"Authorization", "Bearer x"}}).status,
            429);
        QCOMPARE(m_client->get(self, from("1.2.3.5") + bearer("wrong")).status, 401);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(
                m_client->get(self, from("[2001:db8::" + QByteArray::number(i) + "]:1") + bearer("x")).status,
                401);
        QCOMPARE(m_client->get(self, from("2001:db8::ffff:1") + bearer("wrong")).status, 429); // one /64
    }

    /// Else everybody could be somebody else each time.
    void stranger_isNotBelieved()
    {
        startBehindProxy();
        for (int i = 0; i < 11; ++i) {
            const HttpResponse answer =
                askAsStranger("GET " + self + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1.2.3." +
                              QByteArray::number(i) + "\r\nForwarded: for=1.2.3." + QByteArray::number(i) +
                              "\r\nAuthorization: Bearer wrong\r\n\r\n");
            QCOMPARE(answer.status, i < 10 ? 401 : 429);
        }
        QCOMPARE(askAsStranger("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\n"
                               "X-Forwarded-Proto: nonsense\r\n\r\n")
                     .status,
                 200);
        QCOMPARE(metric("prism_forwarded_unbelieved_total"), 0.0);
    }

    void whatCannotBeBelieved_isTheProxysOwn_data()
    {
        QTest::addColumn<RestClient::Headers>("headers");
        QTest::newRow("nonsense") << from("nonsense");
        QTest::newRow("empty") << from("");
        QTest::newRow("quote left open") << RestClient::Headers{{"Forwarded", "for=\"1.2.3.4"}};
        QTest::newRow("a client's own field passed on")
            << RestClient::Headers{{"Forwarded", "for=6.6.6.6"}, {"X-Forwarded-For", "1.2.3.4"}};
        QTest::newRow("no such scheme") << from("1.2.3.4") + RestClient::Headers{{"X-Forwarded-Proto", "x"}};
        QTest::newRow("proxies without an end") << from("1.2.3.4" + QByteArray(", 10.0.0.7").repeated(1'000));
    }

    void whatCannotBeBelieved_isTheProxysOwn()
    {
        QFETCH(const RestClient::Headers, headers);
        startBehindProxy();
        const HttpResponse begun = m_client->post(pairings, name, headers);
        QCOMPARE(begun.status, 201);
        QCOMPARE(begun.data()[u"address"_s].toString(), u"127.0.0.1"_s);
        QCOMPARE(metric("prism_forwarded_unbelieved_total"), 1.0);
    }

    void pairings_areOfWhomTheProxyNames()
    {
        startBehindProxy();
        for (int i = 0; i < 2; ++i) {
            const HttpResponse begun = m_client->post(pairings, name, from("[2001:db8::1]:4711"));
            QCOMPARE(begun.status, 201);
            QCOMPARE(begun.data()[u"address"_s].toString(), u"2001:db8::1"_s);
        }
        QCOMPARE(m_client->post(pairings, name, from("2001:db8::2")).status, 429);
        QCOMPARE(m_client->post(pairings, name, from("1.2.3.4")).status, 201);
    }

    void audit_saysWhomTheProxyNames()
    {
        startBehindProxy();
        QCOMPARE(m_client
                     ->post("/api/v1/auth/tokens", parseJson(R"({"name":"x","role":"viewer"})"),
                            bearer(m_admin) + from("6.6.6.6, 1.2.3.4"))
                     .status,
                 201);
        QCOMPARE(m_client->get(self, from("1.2.3.5")).status, 401);
        QVERIFY(m_server->terminate() == 0 && m_server->restart(ServerProcess::Port::Same));
        const QJsonArray entries = m_client->get("/api/v1/audit", bearer(m_admin)).data().toArray();
        QStringList told;
        for (const auto& entry : entries)
            told.append(entry[u"action"_s].toString() + u' ' + entry[u"address"_s].toString());
        QVERIFY2(told.contains(u"token.create 1.2.3.4"_s), qPrintable(told.join(u'\n')));
        QVERIFY2(told.contains(u"refused 1.2.3.5"_s), qPrintable(told.join(u'\n')));
    }

    /// The proxy's own connections are no address's share, and what is asked by them is its asker's.
    void shares_areOfWhomTheProxyNames()
    {
        startBehindProxy({u"--max-connections"_s, u"40"_s, u"--max-connections-per-address"_s, u"4"_s});
        std::vector<std::unique_ptr<RawSocket>> streams;
        for (int i = 0; i < 8; ++i) {
            streams.push_back(streamFrom(i < 4 ? "1.2.3.4" : "1.2.3.5"));
            QVERIFY(streams.back()->readAtLeast(12).startsWith("HTTP/1.1 200"));
        }
        QCOMPARE(streamFrom("1.2.3.4")->readResponse().status, 503);
        QCOMPARE(m_client->get(self, from("1.2.3.4") + bearer(m_admin)).status, 503);
        QCOMPARE(m_client->get("/health", from("1.2.3.4")).status, 200);
        QCOMPARE(m_client->get(self, from("1.2.3.6") + bearer(m_admin)).status, 200);
        RawWebSocket socket(m_server->httpPort(), "/ws",
                            "X-Forwarded-For: 1.2.3.5\r\nAuthorization: Bearer " + m_admin + "\r\n");
        QCOMPARE(socket.handshake().status, 503);
        streams.clear();
        QTRY_COMPARE(m_client->get(self, from("1.2.3.4") + bearer(m_admin)).status, 200);
        for (int i = 0; i < 20; ++i) // what was answered holds no place
            QCOMPARE(m_client->get(self, from("1.2.3.4") + bearer(m_admin)).status, 200);
    }

    void hosts_areThoseOfTheWorld_data()
    {
        QTest::addColumn<RestClient::Headers>("headers");
        QTest::addColumn<int>("status");
        const auto row = [](const char* title, const RestClient::Headers& headers, int status) {
            QTest::newRow(title) << headers << status;
        };
        row("public", {{"Host", "prism.example"}}, 200);
        row("public, capitals and port", {{"Host", "PRISM.example:443"}}, 200);
        row("another", {{"Host", "evil.example"}}, 403);
        row("told", {{"Host", "inner"}, {"X-Forwarded-Host", "prism.example"}}, 200);
        row("told another", {{"Host", "localhost"}, {"X-Forwarded-Host", "evil.example"}}, 403);
        row("told in a pair", {{"Host", "inner"}, {"Forwarded", "for=1.2.3.4;host=prism.example"}}, 200);
        row("nonsense is told", {{"Host", "inner"}, {"X-Forwarded-Host", "prism.example/"}}, 403);
        row("own origin", {{"Host", "prism.example"}, {"Origin", "https://prism.example"}}, 200);
        row("own origin, from the inside", {{"Host", "localhost"}, {"Origin", "https://prism.example"}}, 200);
        row("own name in clear", {{"Host", "prism.example"}, {"Origin", "http://prism.example"}}, 200);
        row("own name in clear, told otherwise",
            {{"Host", "prism.example"}, {"X-Forwarded-Proto", "https"}, {"Origin", "http://prism.example"}},
            403);
        row("own port told",
            {{"Host", "inner"},
             {"X-Forwarded-Host", "prism.example:8443"},
             {"X-Forwarded-Proto", "https"},
             {"Origin", "https://prism.example:8443"}},
            200);
        row("another origin", {{"Host", "prism.example"}, {"Origin", "https://evil.example"}}, 403);
    }

    void hosts_areThoseOfTheWorld()
    {
        QFETCH(const RestClient::Headers, headers);
        QFETCH(const int, status);
        startBehindProxy();
        QCOMPARE(m_client->get("/health", headers).status, status);
    }

    void hooks_areNamedAsTheWorldNamesThem()
    {
        startBehindProxy();
        const ProgramResult made = ServerProcess::run(
            withData(m_server->dataDir(), {u"hook"_s, u"create"_s, u"github"_s, u"--public-url"_s,
                                           u"https://prism.example:443/"_s, u"--auth"_s, u"on"_s}));
        QVERIFY2(made.output.contains("address  https://prism.example/api/v1/hooks/github/"), made.output);
    }

    void whatContradicts_isRefusedWithWhatToSet_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* title, const QStringList& arguments, const QByteArray& says) {
            QTest::newRow(title) << arguments << says;
        };
        const QStringList on{u"--auth"_s, u"on"_s};
        row("proxy without auth", {u"--trusted-proxy"_s, u"10.0.0.0/8"_s}, "needs --auth on");
        row("public without auth", {u"--public-url"_s, u"https://prism.example"_s}, "needs --auth on");
        row("everybody", on + QStringList{u"--trusted-proxy"_s, u"0.0.0.0/0"_s},
            "name the proxy's own address");
        row("everybody, v6", on + QStringList{u"--trusted-proxy"_s, u"10.0.0.1,::/0"_s},
            "name the proxy's own address");
        row("no range", on + QStringList{u"--trusted-proxy"_s, u"10.0.0.1/8"_s},
            "without bits beyond its prefix");
        row("a name", on + QStringList{u"--trusted-proxy"_s, u"proxy.example"_s}, "'proxy.example' is not");
        row("a socket without one", on + QStringList{u"--trusted-proxy"_s, u"unix"_s},
            "unix needs --listen unix:PATH");
        for (const char* url :
             {"prism.example", "ftp://prism.example", "https://", "https://prism.example/sub",
              "https://a:b@c.example", "https://prism.example?x", "https://prism.example#x",
              "https://prism example", "https://x:99999"})
            row(url, on + QStringList{u"--public-url"_s, QString::fromLatin1(url)},
                "such as https://prism.example");
    }

    void whatContradicts_isRefusedWithWhatToSet()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, says);
        const QTemporaryDir data;
        const ProgramResult result = ServerProcess::run(
            withData(data.path(), QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s}) +
            arguments);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains(says), result.errors);
    }
};

PRISM_TEST(TestProxies)

} // namespace tst_proxies

#include "tst_proxies.moc"
