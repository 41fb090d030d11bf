#include "tests/api/hook_sender.h"
#include "tests/support/raw_socket.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"
#include "tests/support/ws_client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QNetworkRequest>
#include <QTcpServer>
#include <QTest>

namespace tst_fronts {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";

} // namespace

/// The examples of proxies, as they are but for ports and paths, with a server behind its Unix socket.
class TestFronts : public QObject
{
    Q_OBJECT

    std::unique_ptr<TlsIdentity> m_identity;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<QProcess> m_front;
    std::unique_ptr<RestClient> m_client;
    quint16 m_port = 0;
    QByteArray m_admin;

    QString file(const QString& name) const { return m_folder->filePath(name); }

    /// The example, with each of these texts, which has to be there, replaced.
    QByteArray example(const QString& name, const QList<std::pair<QByteArray, QByteArray>>& replaced) const
    {
        QFile given(qEnvironmentVariable("PRISM_EXAMPLES") + u'/' + name);
        QByteArray text = given.open(QIODevice::ReadOnly) ? given.readAll() : QByteArray();
        for (const auto& [what, by] : replaced) {
            if (!text.contains(what))
                qWarning("the example has no '%s'", what.constData());
            text.replace(what, by);
        }
        return text;
    }

    void write(const QString& name, const QByteArray& text) const
    {
        QFile written(file(name));
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(text);
    }

    void startNginx()
    {
        const QByteArray folder = m_folder->path().toUtf8();
        const QByteArray site = example(
            u"nginx.conf"_s, {{"listen 443 ssl", "listen 127.0.0.1:" + QByteArray::number(m_port) + " ssl"},
                              {"/run/prism/prism.sock", folder + "/prism.sock"},
                              {"/etc/ssl/prism/fullchain.pem", m_identity->certificateFile().toUtf8()},
                              {"/etc/ssl/prism/privkey.pem", m_identity->keyFile().toUtf8()}});
        QByteArray temporary;
        for (const QByteArray kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
            temporary += kind + "_temp_path " + folder + "/" + kind + ";\n";
        write(u"nginx.conf"_s, "daemon off;\npid " + folder +
                                   "/nginx.pid;\nuser root;\nerror_log stderr;\n"
                                   "worker_processes 1;\nevents {}\nhttp {\naccess_log off;\n" +
                                   temporary + site + "}\n");
        m_front->start(u"/usr/sbin/nginx"_s, {u"-c"_s, file(u"nginx.conf"_s), u"-p"_s, m_folder->path()});
        QVERIFY2(m_front->waitForStarted(), "nginx, of Debian's package nginx, is missing");
    }

    void startCaddy()
    {
        const QByteArray folder = m_folder->path().toUtf8();
        QByteArrayList names;
        for (const QByteArray name : {"prism.example", "localhost", "127.0.0.1"})
            names.append("https://" + name + ':' + QByteArray::number(m_port));
        const QByteArray tls =
            "\n\ttls " + m_identity->certificateFile().toUtf8() + ' ' + m_identity->keyFile().toUtf8();
        const QByteArray site =
            example(u"Caddyfile"_s, {{"\nprism.example {", '\n' + names.join(", ") + " {" + tls},
                                     {"unix//run/prism/prism.sock", "unix/" + folder + "/prism.sock"}});
        write(u"Caddyfile"_s,
              "{\n\tadmin off\n\tauto_https off\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n}\n" + site);
        m_front->start(u"caddy"_s,
                       {u"run"_s, u"--config"_s, file(u"Caddyfile"_s), u"--adapter"_s, u"caddyfile"_s});
        QVERIFY2(m_front->waitForStarted(), "caddy, of Debian's package caddy, is missing");
    }

    bool isUp() const
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_port);
        return socket.waitForConnected();
    }

    RawSocket connected() const { return RawSocket(m_port, m_identity->client()); }

    QByteArray head(const QByteArray& line, const QByteArray& more = {}) const
    {
        return line + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_port) +
               "\r\nAuthorization: Bearer " + m_admin + "\r\n" + more + "\r\n";
    }

    RestClient::Headers bearer() const { return {{"Authorization", "Bearer " + m_admin}}; }

    void start()
    {
        QFETCH_GLOBAL(const QString, front);
        m_folder = std::make_unique<QTemporaryDir>();
        m_identity = std::make_unique<TlsIdentity>();
        m_server = std::make_unique<ServerProcess>(
            QStringList{u"--auth"_s, u"on"_s, u"--listen"_s, u"unix:"_s + file(u"prism.sock"_s),
                        u"--trusted-proxy"_s, u"unix"_s, u"--public-url"_s, u"https://prism.example"_s});
        QVERIFY(m_server->start());
        const ProgramResult made = ServerProcess::run(withData(
            m_server->dataDir(), {u"token"_s, u"create"_s, u"--name"_s, u"ana"_s, u"--role"_s, u"admin"_s}));
        const qsizetype at = made.output.indexOf("prism_");
        m_admin = made.output.mid(at, made.output.indexOf('\n', at) - at).trimmed();
        {
            QTcpServer free;
            QVERIFY(free.listen(QHostAddress::LocalHost));
            m_port = free.serverPort();
        }
        m_front = std::make_unique<QProcess>();
        m_front->setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, m_folder->path());
        m_front->setProcessEnvironment(environment);
        if (front == u"nginx"_s)
            startNginx();
        else
            startCaddy();
        QUrl url(u"https://localhost"_s);
        url.setPort(m_port);
        m_client = std::make_unique<RestClient>(url, m_identity->client());
        QTRY_VERIFY_WITH_TIMEOUT(isUp(), 20'000);
        QCOMPARE(m_client->get("/health").status, 200);
    }

private slots:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("front");
        QTest::newRow("nginx") << u"nginx"_s;
        QTest::newRow("caddy") << u"caddy"_s;
    }

    void init() { start(); }

    void cleanup()
    {
        m_client.reset();
        if (m_front) {
            m_front->terminate();
            if (!m_front->waitForFinished(10'000)) {
                m_front->kill();
                m_front->waitForFinished();
            }
            if (QTest::currentTestFailed())
                qInfo("the proxy said:\n%s", m_front->readAll().constData());
        }
        m_front.reset();
        m_server.reset();
    }

    void requests_comeThrough_andSayWhoAsks()
    {
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS"})"), bearer()).status, 201);
        QCOMPARE(m_client->get("/api/v1/events", bearer()).status, 200);
        QCOMPARE(m_client->get("/api/v1/events").status, 401);
        const HttpResponse begun = m_client->post("/api/v1/auth/pairings", QByteArray(R"({"name":"wall"})"),
                                                  {{"X-Forwarded-For", "6.6.6.6"},
                                                   {"Forwarded", "for=7.7.7.7"},
                                                   {"X-Forwarded-Proto", "gopher"},
                                                   {"X-Forwarded-Host", "evil.example"}});
        QCOMPARE(begun.status, 201);
        QCOMPARE(begun.data()[u"address"_s].toString(), u"127.0.0.1"_s);
    }

    void pagesOfThePublicName_areOwn()
    {
        const QByteArray own = "https://127.0.0.1:" + QByteArray::number(m_port);
        QCOMPARE(m_client->get("/health", {{"Origin", own}}).status, 200);
        QCOMPARE(m_client->get("/health", {{"Origin", "https://prism.example"}}).status, 200);
        QCOMPARE(m_client->get("/health", {{"Origin", "https://evil.example"}}).status, 403);
    }

    void webSockets_comeThrough()
    {
        QUrl url(u"wss://localhost/ws"_s);
        url.setPort(m_port);
        QNetworkRequest request(url);
        request.setRawHeader("Authorization", "Bearer " + m_admin);
        WsClient client;
        client.socket().setSslConfiguration(m_identity->client());
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS"})"), bearer()).status, 201);
        QVERIFY(client.waitForType("gateway:check:completed"_L1).has_value());
        QVERIFY(client.sync().has_value());
    }

    /// Each event at once, and not when a buffer is full.
    void streams_areNotKeptBack()
    {
        RawSocket stream = connected();
        stream.write(head("GET /api/v1/events", "Accept: text/event-stream\r\n"));
        QByteArray heard = stream.readAtLeast(1);
        QVERIFY2(heard.startsWith("HTTP/1.1 200"), heard);
        for (int i = 0; i < 5; ++i) {
            const QByteArray id = "check-" + QByteArray::number(i);
            QCOMPARE(m_client->post(checks, parseJson(fill(R"({"status":"PASS","id":"%1"})", id)), bearer())
                         .status,
                     201);
            QElapsedTimer timer;
            timer.start();
            while (!heard.contains(id) && timer.elapsed() < 5'000)
                heard += stream.readAtLeast(1, 500);
            QVERIFY2(heard.contains(id), heard);
        }
    }

    void longPolls_areAnsweredWhenSomethingHappens()
    {
        const qint64 now = m_client->get("/api/v1/events", bearer()).data()[u"head"_s].toInteger();
        RawSocket waiting = connected();
        waiting.write(head("GET /api/v1/events?wait=30&since=" + QByteArray::number(now)));
        QCOMPARE(waiting.readResponse(300).status, 0);
        QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS"})"), bearer()).status, 201);
        const HttpResponse answer = waiting.readResponse();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.data()[u"events"_s].toArray().size(), 1);
    }

    void bigBodies_comeThrough()
    {
        const QByteArray file = "1..1\nok 1\n" + QByteArray("# nothing to see here\n").repeated(700'000);
        m_client->setTimeout(60'000);
        RestClient::Headers headers = bearer();
        headers.emplaceBack("Content-Type", "text/plain");
        const HttpResponse taken =
            m_client->send("POST", "/api/v1/gateway/reports?format=tap&gate=t", headers, file);
        QCOMPARE(taken.status, 201);
        const HttpResponse refused = m_client->send("POST", "/api/v1/gateway/reports?format=tap&gate=t",
                                                    headers, QByteArray(22'000'000, '#'));
        QVERIFY2(refused.status == 413 || refused.status == 0, refused.summary());
    }
};

PRISM_TEST(TestFronts)

} // namespace tst_fronts

#include "tst_fronts.moc"
