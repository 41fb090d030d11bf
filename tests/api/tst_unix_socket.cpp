#include "tests/api/hook_sender.h"
#include "tests/support/raw_socket.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"

#include <QDir>
#include <QLocalServer>
#include <QTest>

namespace tst_unix_socket {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray get(const QByteArray& path, const QByteArray& more = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

} // namespace

/// --listen unix:PATH: the same server at a file.
class TestUnixSocket : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerProcess> m_server;

    QString path() const { return m_folder->filePath(u"prism.sock"_s); }

    void start(const QStringList& more = {})
    {
        m_server = std::make_unique<ServerProcess>(QStringList{u"--listen"_s, u"unix:"_s + path()} + more);
        QVERIFY(m_server->start());
    }

    QStringList arguments(const QStringList& more) const
    {
        return withData(m_folder->filePath(u"data"_s), QStringList{u"--listen"_s, u"unix:"_s + path()}) +
               more;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_server.reset(); }

    void requests_areAnswered()
    {
        start();
        QCOMPARE(m_server->httpUrl().toString(), u"unix:"_s + path());
        RawSocket socket(path());
        QVERIFY(socket.isConnected());
        for (int i = 0; i < 3; ++i) {
            socket.write(get("/api/v1/events"));
            QCOMPARE(socket.readResponse().status, 200);
        }
        const QByteArray body(500'000, ' ');
        socket.write(
            "POST /api/v1/gateway/checks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
            QByteArray::number(body.size() + 17) + "\r\n\r\n" + body + R"({"status":"PASS"})");
        QCOMPARE(socket.readResponse().status, 201);
        socket.write(get("/health", "Host-Of: x\r\n"));
        QCOMPARE(socket.readResponse().status, 200);
    }

    void webSocketAndStream_areServedThereToo()
    {
        start();
        RawSocket socket(path());
        socket.write(RawWebSocket::upgradeRequest(80));
        QVERIFY(socket.readAtLeast(500).contains("\"connected\"")); // behind a head of 300
        RawSocket stream(path());
        stream.write(get("/api/v1/events", "Accept: text/event-stream\r\n"));
        QVERIFY(stream.readAtLeast(500).contains("connected"));
        RawWebSocket other(m_server->wsPort()); // which the test's server was given
        QCOMPARE(other.handshake().status, 101);
    }

    void withoutAWebSocketPort_thereIsNoOther()
    {
        QProcess process;
        process.start(ServerProcess::binary(), arguments({}));
        QVERIFY(process.waitForReadyRead(20'000));
        const QByteArray line = process.readAllStandardOutput();
        const QByteArray url = "unix:" + path().toUtf8();
        QCOMPARE(line, "ready http=" + url + " ws=" + url + '\n');
        process.terminate();
        QVERIFY(process.waitForFinished(20'000));
        QVERIFY(!QFile::exists(path()));
    }

    /// Nobody who connects there has an address of their own, until a proxy that is believed names it.
    void whoConnects_isWhomTheProxyNames_data()
    {
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("trusted") << true;
        QTest::newRow("not trusted") << false;
    }

    void whoConnects_isWhomTheProxyNames()
    {
        QFETCH(const bool, isTrusted);
        start(QStringList{u"--auth"_s, u"on"_s} +
              (isTrusted ? QStringList{u"--trusted-proxy"_s, u"unix"_s} : QStringList()));
        RawSocket socket(path());
        const QByteArray body = R"({"name":"wall"})";
        socket.write("POST /api/v1/auth/pairings HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1.2.3.4\r\n"
                     "Content-Type: application/json\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        const HttpResponse begun = socket.readResponse();
        QCOMPARE(begun.status, 201);
        QCOMPARE(begun.data()[u"address"_s].toString(), isTrusted ? u"1.2.3.4"_s : QString());
    }

    void fileOfAServerThatWasKilled_isReplaced()
    {
        start();
        m_server->kill9();
        QVERIFY(QFile::exists(path()));
        QVERIFY(m_server->restart());
        RawSocket socket(path());
        socket.write(get("/health"));
        QCOMPARE(socket.readResponse().status, 200);
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(!QFile::exists(path()));
    }

    void secondServer_isRefused_andTheFirstServesOn()
    {
        start();
        const ProgramResult second = ServerProcess::run(arguments({u"--ws-listen"_s, u"off"_s}));
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(second.errors.contains("another program listens there"), second.errors);
        RawSocket socket(path());
        socket.write(get("/health"));
        QCOMPARE(socket.readResponse().status, 200);
        // Nor on the same data by another way.
        const ProgramResult third = ServerProcess::run(
            withData(m_server->dataDir(), {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s}));
        QCOMPARE(third.exitCode, 1);
        QVERIFY2(third.errors.contains("unix:" + path().toUtf8()), third.errors);
    }

    void anotherFile_stays()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        file.close();
        const ProgramResult result = ServerProcess::run(arguments({}));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("another file is there"), result.errors);
        QCOMPARE(file.size(), 4);
        QVERIFY(!QDir(m_folder->filePath(u"data"_s)).exists(u"prism.db"_s));
    }

    void whatCannotBe_isRefusedWithWhatToSet_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* title, const QStringList& arguments, const QByteArray& says) {
            QTest::newRow(title) << arguments << says;
        };
        row("no path", {u"--listen"_s, u"unix:"_s}, "the whole path of a socket");
        row("not the whole path", {u"--listen"_s, u"unix:prism.sock"_s}, "the whole path of a socket");
        row("a folder", {u"--listen"_s, u"unix:/tmp/"_s}, "the whole path of a socket");
        row("too long", {u"--listen"_s, u"unix:/tmp/"_s + QString(200, u'x')}, "107 bytes at most");
        row("for WebSocket", {u"--ws-listen"_s, u"unix:/tmp/x.sock"_s}, "ws-listen");
        row("TLS", {u"--tls-cert"_s, u"a"_s, u"--tls-key"_s, u"b"_s}, "leave it to the proxy in front");
        row("beyond this machine", {u"--ws-listen"_s, u"0.0.0.0:0"_s}, "needs --auth on");
    }

    void whatCannotBe_isRefusedWithWhatToSet()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, says);
        const ProgramResult result = ServerProcess::run(this->arguments(arguments));
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains(says), result.errors);
        QVERIFY(!QFile::exists(path()));
    }
};

PRISM_TEST(TestUnixSocket)

} // namespace tst_unix_socket

#include "tst_unix_socket.moc"
