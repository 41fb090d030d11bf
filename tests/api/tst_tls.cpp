#include "tests/api/hook_sender.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"
#include "tests/support/ws_client.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QNetworkRequest>
#include <QSslSocket>
#include <QTest>

#include <csignal>

namespace tst_tls {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QByteArray record(int number)
{
    return fill(R"({"type":"custom","name":"record %1"})", QByteArray::number(number));
}

/// Whom a client finds at the port.
QString nameAt(quint16 port, const QSslConfiguration& client)
{
    RawSocket socket(port, client);
    const auto& secured = static_cast<const QSslSocket&>(socket.socket());
    return secured.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
}

} // namespace

/// A server that was given a certificate and its key, asked by clients that believe it.
class TestTls : public ServerTest
{
    Q_OBJECT

    std::unique_ptr<TlsIdentity> m_identity;

    /// m_client speaks TLS.
    void startSecured(const QStringList& options = {})
    {
        startServer(m_identity->options() + options);
        m_client = std::make_unique<RestClient>(m_server->httpUrl(), m_identity->client());
    }

    RawSocket secured() const { return RawSocket(m_server->httpPort(), m_identity->client()); }

    void open(WsClient& client) const
    {
        client.socket().setSslConfiguration(m_identity->client());
        QVERIFY(client.open(m_server->wsUrl()));
    }

    /// One that has asked for more than all buffers hold and has not read yet; not connected where that could
    /// not be. Without an event loop a client reads nothing.
    RawSocket reader()
    {
        startSecured({u"--max-config-bytes"_s, u"100000"_s});
        QJsonArray large;
        const QJsonObject filters{{"x"_L1, QString(80000, u'x')}};
        for (int i = 0; i < 100; ++i)
            large.append(QJsonObject{{"type"_L1, "custom"_L1},
                                     {"name"_L1, QString::number(i)},
                                     {"config"_L1, QJsonObject{{"filters"_L1, filters}}}});
        RawSocket slow = secured();
        if (m_client->post("/api/v1/analytics/records/batch", QJsonValue(large)).status != 201)
            slow.abort();
        slow.write("GET /api/v1/analytics/records?limit=100 HTTP/1.1\r\nHost: localhost\r\n"
                   "Connection: close\r\n\r\n");
        const QDeadlineTimer deadline(10'000);
        while (metric("prism_unsent_bytes") < 1'000'000) {
            if (deadline.hasExpired())
                slow.abort();
            if (!slow.isConnected())
                break;
        }
        return slow;
    }

    double metric(const QByteArray& name) const
    {
        const QByteArray text = m_client->get("/metrics").body;
        const qsizetype at = text.indexOf('\n' + name + ' ') + name.size() + 2;
        return text.mid(at, text.indexOf('\n', at) - at).toDouble();
    }

    /// Those that are sockets.
    qsizetype descriptors() const
    {
        const QFileInfoList all = QDir(u"/proc/%1/fd"_s.arg(m_server->processId()))
                                      .entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
        return std::count_if(all.cbegin(), all.cend(), [](const QFileInfo& link) {
            return link.symLinkTarget().contains(u"socket:"_s);
        });
    }

private slots:
    void init() { m_identity = std::make_unique<TlsIdentity>(); }
    void cleanup() { stopServer(); }

    void requests_areAnsweredUnderBothVersions_data()
    {
        QTest::addColumn<QSsl::SslProtocol>("version");
        QTest::newRow("1.2") << QSsl::TlsV1_2;
        QTest::newRow("1.3") << QSsl::TlsV1_3;
    }

    void requests_areAnsweredUnderBothVersions()
    {
        QFETCH(const QSsl::SslProtocol, version);
        startSecured();
        QCOMPARE(m_server->httpUrl().scheme(), u"https"_s);
        QCOMPARE(m_server->wsUrl().scheme(), u"wss"_s);
        QSslConfiguration configuration = m_identity->client();
        configuration.setProtocol(version);
        RestClient client(m_server->httpUrl(), configuration);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(client.post(records, record(i)).status, 201);
        QCOMPARE(client.get(records + "?limit=50").data().toArray().size(), 20);
        RawSocket socket(m_server->httpPort(), configuration);
        QCOMPARE(static_cast<QSslSocket&>(socket.socket()).sessionProtocol(), version);
    }

    void olderVersion_isRefused()
    {
        startSecured();
        QByteArray said;
        QVERIFY(
            !TlsIdentity::openssl({u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(m_server->httpPort()),
                                   u"-tls1_1"_s, u"-cipher"_s, u"DEFAULT@SECLEVEL=0"_s},
                                  &said));
        QVERIFY2(said.contains("alert protocol version"), said.constData());
        QTRY_COMPARE(metric("prism_tls_handshakes_total{outcome=\"failed\"}"), 1.0);
    }

    void otherProtocol_isRefused()
    {
        startSecured();
        const QString address = u"127.0.0.1:%1"_s.arg(m_server->httpPort());
        QByteArray said;
        QVERIFY(!TlsIdentity::openssl({u"s_client"_s, u"-connect"_s, address, u"-alpn"_s, u"h2"_s}, &said));
        QVERIFY2(said.contains("no application protocol"), said.constData());
        QVERIFY(TlsIdentity::openssl({u"s_client"_s, u"-connect"_s, address, u"-alpn"_s, u"h2,http/1.1"_s},
                                     &said));
        QVERIFY2(said.contains("ALPN protocol: http/1.1"), said.constData());
    }

    void webSocket_isPushedToOnBothPorts()
    {
        startSecured();
        WsClient first;
        WsClient second;
        open(first);
        second.socket().setSslConfiguration(m_identity->client());
        QUrl url = m_server->wsUrl();
        url.setPort(m_server->httpPort());
        QVERIFY(second.open(url));
        for (int i = 0; i < 50; ++i)
            QCOMPARE(m_client->post(records, record(i)).status, 201);
        for (WsClient* const client : {&first, &second}) {
            QVERIFY(client->waitForSeq(client->helloSeq() + 50));
            QCOMPARE(client->events().size(), 50);
            QVERIFY(client->sync());
        }
    }

    void webPage_ofThisServer_isNotForeign()
    {
        startSecured();
        const QByteArray host = "localhost:" + QByteArray::number(m_server->httpPort());
        const auto statusFor = [&](const QByteArray& origin) {
            return m_client->get("/health", {{"Host", host}, {"Origin", origin}}).status;
        };
        QCOMPARE(statusFor("https://" + host), 200);
        QCOMPARE(statusFor("http://" + host), 403);
    }

    void eventStream_isPushedTo()
    {
        startSecured();
        RawSocket stream = secured();
        stream.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        QByteArray heard = stream.readAtLeast(1);
        QVERIFY(heard.startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(m_client->post(records, record(7)).status, 201);
        while (!heard.contains("record 7")) {
            const QByteArray more = stream.readAtLeast(1);
            QVERIFY2(!more.isEmpty(), heard.constData());
            heard += more;
        }
    }

    void slowReader_getsTheWholeAnswer()
    {
        RawSocket slow = reader();
        QVERIFY(slow.isConnected());
        const HttpResponse response = slow.readResponse(20'000);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.data().toArray().size(), 100);
        QVERIFY(slow.waitForClosed());
        QTRY_COMPARE(metric("prism_unsent_bytes"), 0.0);
    }

    void stop_waitsForWhoIsReading()
    {
        RawSocket slow = reader();
        QVERIFY(slow.isConnected());
        QVERIFY(m_server->signal(SIGTERM));
        const HttpResponse response = slow.readResponse(20'000);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.data().toArray().size(), 100);
        QCOMPARE(m_server->waitForExit(), 0);
    }

    void clientThatFinishes_isStillAnswered()
    {
        startSecured();
        RawSocket socket = secured();
        socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        socket.finishWriting();
        QCOMPARE(socket.readResponse().status, 200);
        QVERIFY(socket.waitForClosed());
    }

    void requestInClear_isToldToUseTls_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("GET") << "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
        QTest::newRow("POST") << "POST " + records +
                                     " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                     "Content-Length: 11\r\n\r\n{\"type\": 1}";
        QTest::newRow("WebSocket") << "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"_ba;
    }

    void requestInClear_isToldToUseTls()
    {
        QFETCH(const QByteArray, request);
        startSecured();
        for (const quint16 port : {m_server->httpPort(), m_server->wsPort()}) {
            RawSocket socket(port);
            socket.write(request);
            const HttpResponse response = socket.readResponse();
            QCOMPARE(response.status, 400);
            QCOMPARE(response.json()["success"_L1], QJsonValue(false));
            QVERIFY2(response.message().contains(u"https://"_s), response.summary().constData());
            QVERIFY(socket.waitForClosed());
        }
        QCOMPARE(metric("prism_tls_handshakes_total{outcome=\"plain\"}"), 2.0);
    }

    void reload_isForWhoeverConnectsFromThenOn()
    {
        startSecured();
        WsClient session;
        open(session);
        RawSocket kept = secured();
        const TlsIdentity another(u"another"_s);
        QVERIFY(m_identity->replaceBy(another));
        QVERIFY(m_server->signal(SIGHUP));
        QTRY_COMPARE(nameAt(m_server->httpPort(), another.client()), u"another"_s);

        kept.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(kept.readResponse().status, 200);
        RestClient client(m_server->httpUrl(), another.client());
        QCOMPARE(client.post(records, record(1)).status, 201);
        QVERIFY(session.waitForSeq(session.helloSeq() + 1));
    }

    void reload_ofWhatCannotBeUsed_leavesAllAsItWas_data()
    {
        QTest::addColumn<QString>("spoilt");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no key") << u"server.key"_s << "no key"_ba;
        QTest::newRow("no certificate") << u"server.crt"_s << QByteArray();
        QTest::newRow("another's key") << u"server.key"_s << "another"_ba;
    }

    void reload_ofWhatCannotBeUsed_leavesAllAsItWas()
    {
        QFETCH(const QString, spoilt);
        QFETCH(QByteArray, content);
        startSecured();
        m_server->expectWarning(u"TLS cannot be used"_s);
        const QSslConfiguration before = m_identity->client();
        if (content == "another") {
            const TlsIdentity other;
            QFile another(other.keyFile());
            QVERIFY(another.open(QIODevice::ReadOnly));
            content = another.readAll();
        }
        QFile file(m_identity->folder() + u'/' + spoilt);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.close();
        QVERIFY(m_server->signal(SIGHUP));
        QTRY_VERIFY2(m_server->log().contains(file.fileName()), qPrintable(m_server->log()));
        QCOMPARE(nameAt(m_server->httpPort(), before), u"one"_s);
    }

    void start_withFilesThatCannotBeUsed_isRefusedWithTheReason_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("reason");
        const QString folder = u"FOLDER/"_s;
        const QString certificate = folder + u"server.crt"_s;
        const QString key = folder + u"server.key"_s;
        const auto row = [](const char* name, const QStringList& options, int code,
                            const QByteArray& reason) { QTest::newRow(name) << options << code << reason; };
        const auto files = [](const QString& first, const QString& second) {
            return QStringList{u"--tls-cert"_s, first, u"--tls-key"_s, second};
        };
        row("no key", {u"--tls-cert"_s, certificate}, 2, "--tls-key: must be set as well");
        row("no certificate", {u"--tls-key"_s, key}, 2, "--tls-cert: must be set as well");
        row("missing certificate", files(folder + u"none"_s, key), 1, "FOLDER/none cannot be read");
        row("missing key", files(certificate, folder + u"none"_s), 1, "FOLDER/none cannot be read");
        row("a folder", files(folder, key), 1, "FOLDER/ cannot be read");
        row("key for a certificate", files(key, key), 1, "server.key holds no certificate");
        row("certificate for a key", files(certificate, certificate), 1, "server.crt holds no private key");
        row("another's key", files(certificate, u"OTHER"_s), 1,
            "is not the key of the certificate in FOLDER");
        row("locked key", files(certificate, folder + u"locked.key"_s), 1,
            "locked.key is locked by a passphrase");
        row("damaged chain", files(folder + u"damaged.crt"_s, key), 1, "certificate that is damaged");
        row("weak", files(folder + u"weak.crt"_s, folder + u"weak.key"_s), 1,
            "weak.crt holds a certificate that is not good enough");
        row("expired", files(folder + u"old.crt"_s, key), 1, "old.crt holds a certificate that expired on ");
    }

    void start_withFilesThatCannotBeUsed_isRefusedWithTheReason()
    {
        QFETCH(QStringList, options);
        QFETCH(const int, exitCode);
        QFETCH(QByteArray, reason);
        const QString folder = m_identity->folder();
        const QString key = m_identity->keyFile();
        const TlsIdentity other;
        QVERIFY(TlsIdentity::openssl({u"ec"_s, u"-in"_s, key, u"-aes128"_s, u"-passout"_s, u"pass:secret"_s,
                                      u"-out"_s, folder + u"/locked.key"_s}));
        QVERIFY(TlsIdentity::openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:1024"_s, u"-nodes"_s,
                                      u"-subj"_s, u"/CN=weak"_s, u"-out"_s, folder + u"/weak.crt"_s,
                                      u"-keyout"_s, folder + u"/weak.key"_s}));
        QVERIFY(TlsIdentity::openssl({u"x509"_s, u"-in"_s, m_identity->certificateFile(), u"-signkey"_s, key,
                                      u"-days"_s, u"0"_s, u"-out"_s, folder + u"/old.crt"_s}));
        QFile whole(m_identity->certificateFile());
        QFile damaged(folder + u"/damaged.crt"_s);
        QVERIFY(whole.open(QIODevice::ReadOnly) && damaged.open(QIODevice::WriteOnly));
        const QByteArray certificate = whole.readAll();
        damaged.write(certificate + QByteArray(certificate).replace(60, 40, QByteArray(40, 'A')));
        damaged.close();

        options.replaceInStrings(u"FOLDER"_s, folder);
        options.replaceInStrings(u"OTHER"_s, other.keyFile());
        reason.replace("FOLDER", folder.toLocal8Bit());
        const QTemporaryDir data;
        const ProgramResult result =
            ServerProcess::run(QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s,
                                           u"--data-dir"_s, data.path()} +
                               options);
        QVERIFY(result.finished);
        QCOMPARE(result.exitCode, exitCode);
        QVERIFY2(result.errors.contains(reason), result.errors.constData());
        QVERIFY2(QDir(data.path()).isEmpty(), "a database was made by a server that did not start");
    }

    void beyondThisMachine_tokensAreHidden()
    {
        m_server = std::make_unique<ServerProcess>(
            m_identity->options() + QStringList{u"--auth"_s, u"on"_s, u"--listen"_s, u"0.0.0.0:0"_s});
        QVERIFY(m_server->start());
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(m_server->unexpectedWarnings(), QStringList());
    }

    void connections_areCountedByTheirPeer()
    {
        startSecured({u"--max-connections"_s, u"9"_s, u"--max-connections-per-address"_s, u"2"_s});
        const auto status = [](RawSocket& socket, const QByteArray& path) {
            socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return socket.readResponse().status;
        };
        RawSocket first = secured();
        RawSocket second = secured();
        QCOMPARE(status(first, "/api/v1/settings"), 200);
        QCOMPARE(status(second, "/api/v1/settings"), 200);
        RawSocket third = secured();
        QCOMPARE(status(third, "/api/v1/settings"), 503);
        RawSocket probe = secured();
        QCOMPARE(status(probe, "/health"), 200);
        first.socket().disconnectFromHost();
        const auto isFree = [&] {
            RawSocket next = secured();
            return status(next, "/api/v1/settings") == 200;
        };
        QVERIFY(QTest::qWaitFor(isFree)); // which takes the place that it finds
    }

    /// Who tries tokens is told to stop by address.
    void peer_isTheTrueOne()
    {
        startSecured({u"--auth"_s, u"on"_s});
        const QByteArray wrong = "GET /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n"
                                 "Authorization: Bearer prism_0_0\r\n\r\n";
        int status = 0;
        for (int i = 0; i < 12; ++i)
            status = m_client->get("/api/v1/settings", {{"Authorization", "Bearer prism_0_0"}}).status;
        QCOMPARE(status, 429);
        RawSocket other(m_server->httpPort(), m_identity->client(), QHostAddress(u"127.0.0.2"_s));
        other.write(wrong);
        QCOMPARE(other.readResponse().status, 401);
    }

    void session_ofARevokedToken_isToldWhy()
    {
        startSecured({u"--auth"_s, u"on"_s});
        const auto token = [&](const QStringList& arguments) {
            return ServerProcess::run(withData(m_server->dataDir(), QStringList{u"token"_s} + arguments));
        };
        const QByteArray made = token({u"create"_s, u"--name"_s, u"who"_s, u"--role"_s, u"viewer"_s}).output;
        const qsizetype at = made.indexOf("prism_");
        const QByteArray secret = made.mid(at, made.indexOf('\n', at) - at).trimmed();
        QNetworkRequest request(m_server->wsUrl());
        request.setRawHeader("Authorization", "Bearer " + secret);
        WsClient client;
        client.socket().setSslConfiguration(m_identity->client());
        client.socket().open(request);
        QVERIFY2(client.waitForCount(1), made.constData());
        QCOMPARE(token({u"revoke"_s, QString::fromLatin1(secret.split('_').value(1))}).exitCode, 0);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
    }

    void stop_endsSessionsInOrder()
    {
        startSecured();
        WsClient client;
        open(client);
        RawSocket idle = secured();
        QVERIFY(m_server->signal(SIGTERM));
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1001);
        QVERIFY(idle.waitForClosed());
        QCOMPARE(idle.socket().error(), QAbstractSocket::RemoteHostClosedError);
        QCOMPARE(m_server->waitForExit(), 0);
    }

    void descriptors_areGivenBack()
    {
        startSecured({u"--tls-handshake-timeout"_s, u"60"_s});
        QCOMPARE(m_client->get("/health").status, 200);
        const qsizetype before = descriptors();
        {
            std::vector<std::unique_ptr<WsClient>> sessions;
            std::vector<RawSocket> sockets;
            for (int i = 0; i < 20; ++i) {
                sessions.push_back(std::make_unique<WsClient>());
                open(*sessions.back());
                sockets.push_back(secured());
                sockets.push_back(RawSocket(m_server->httpPort()));
            }
            sockets.front().abort();
            // Once: one that goes and one that comes may make up for each other.
            QVERIFY(QTest::qWaitFor([&] { return descriptors() == before + 20 * 7 - 3; }));
        }
        QTRY_COMPARE(descriptors(), before);
        QTRY_COMPARE(metric("prism_tls_connections_open"), 1.0);
        QCOMPARE(metric("prism_tls_handshakes_running"), 0.0);
    }
};

PRISM_TEST(TestTls)

} // namespace tst_tls

#include "tst_tls.moc"
