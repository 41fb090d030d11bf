#include "client/net/api.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace tst_hindrance {

using namespace prism;
using namespace prism::test;
using net::Hindrance;
using net::HttpClient;

/// What the dashboard finds where a PRISM server was expected: real sockets that are something else.
class TestHindrance : public QObject
{
    Q_OBJECT

private slots:
    void whatAnswersOverHttp_isToldByItsAnswer_data();
    void whatAnswersOverHttp_isToldByItsAnswer();
    void unknownHost_isSaid();
    void nobodyThere_isSaid();
    void silence_isSaid();
    void hangingUp_isSaid();
    void httpsToAPlainServer_isNotTls();
    void httpToATlsServer_isSaid();
    void selfSigned_isUntrusted();
    void anotherProtocol_isSaid();
    void aServerThatIsBack_hindersNoMore();
    void itIsKnown_beforeTheCallIsAnswered();
};

namespace {

QString nameOf(std::optional<Hindrance> hindrance)
{
    static constexpr const char* names[] = {"UnknownHost", "NoRoute",   "Refused",          "Silence",
                                            "BrokenOff",   "Untrusted", "OtherCertificate", "NotTls",
                                            "TooMuch",     "LeadsAway", "Gateway",          "NotPrism"};
    static_assert(std::size(names) == int(Hindrance::NotPrism) + 1);
    return QLatin1String(hindrance ? names[int(*hindrance)] : "nothing");
}

/// What a client with `server` finds.
std::optional<Hindrance> foundAt(const QUrl& server, qint64 maxAnswer = HttpClient::defaultMaxAnswer)
{
    net::Options options;
    options.timing.requestDeadline = std::chrono::seconds(10);
    HttpClient client(server, options, nullptr, maxAnswer);
    bool answered = false;
    const net::Call call = client.get(QStringLiteral("/api/v1/analytics/dashboard"), {}, {},
                                      [&](const auto&) { answered = true; });
    return QTest::qWaitFor([&] { return answered; }, 20'000) ? client.hindrance() : std::nullopt;
}

QUrl urlOf(const QTcpServer& server, const char* scheme)
{
    return {QStringLiteral("%1://127.0.0.1:%2").arg(QLatin1String(scheme)).arg(server.serverPort())};
}

/// Listens with a certificate that it has signed itself.
class SelfSigned
{
public:
    SelfSigned()
    {
        const QString key = m_folder.filePath(QStringLiteral("key.pem"));
        const QString certificate = m_folder.filePath(QStringLiteral("certificate.pem"));
        QProcess::execute(QStringLiteral("openssl"),
                          {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                           QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                           QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                           QStringLiteral("-subj"), QStringLiteral("/CN=prism.example"),
                           QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate});
        QFile file(key);
        if (!file.open(QIODevice::ReadOnly))
            return;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
        configuration.setPrivateKey(QSslKey(&file, QSsl::Ec));
        m_server.setSslConfiguration(configuration);
        m_server.listen(QHostAddress::LocalHost, 0);
    }

    bool isListening() const { return m_server.isListening(); }
    const QTcpServer& server() const { return m_server; }

private:
    QTemporaryDir m_folder;
    QSslServer m_server;
};

} // namespace

void TestHindrance::whatAnswersOverHttp_isToldByItsAnswer_data()
{
    QTest::addColumn<StubAnswer>("answer");
    QTest::addColumn<std::optional<Hindrance>>("found");
    const QByteArray success = R"({"success":true,"data":{},"meta":{}})";
    const QByteArray failure = R"({"success":false,"error":"ERR_3001","message":"No.","details":[]})";
    const auto row = [](const char* name, int status, const QByteArray& body, std::optional<Hindrance> found,
                        const QByteArray& headers = {}) {
        QTest::newRow(name) << StubAnswer{status, body, headers} << found;
    };
    row("a PRISM server", 200, success, std::nullopt);
    row("not found there", 404, failure, std::nullopt);
    row("busy", 503, failure, std::nullopt);
    row("broken inside", 500, failure, std::nullopt);
    row("nothing new", 304, {}, std::nullopt);
    row("a web page", 200, "<html>Hello</html>", Hindrance::NotPrism);
    row("nothing at all", 200, {}, Hindrance::NotPrism);
    row("a web page not found", 404, "<html>No</html>", Hindrance::NotPrism);
    row("another API", 200, R"({"dashboards":[]})", Hindrance::NotPrism);
    row("another API's error", 404, R"({"error":"not found"})", Hindrance::NotPrism);
    row("a list", 200, "[]", Hindrance::NotPrism);
    row("an envelope cut off", 200, success.left(20), Hindrance::NotPrism);
    row("an error of a web server", 500, "<html>Oops</html>", Hindrance::NotPrism);
    row("a proxy without its server", 502, "<html>Bad gateway</html>", Hindrance::Gateway);
    row("a proxy that lets nobody in", 503, "<html>Away</html>", Hindrance::Gateway);
    row("a proxy that waits in vain", 504, {}, Hindrance::Gateway);
    row("somewhere else", 302, {}, Hindrance::LeadsAway, "Location: http://127.0.0.2:9/login\r\n");
}

void TestHindrance::whatAnswersOverHttp_isToldByItsAnswer()
{
    QFETCH(StubAnswer, answer);
    QFETCH(std::optional<Hindrance>, found);
    StubServer server;
    server.override = [answer](const StubRequest&) { return answer; };
    QCOMPARE(nameOf(foundAt(server.url())), nameOf(found));
}

void TestHindrance::unknownHost_isSaid()
{
    QCOMPARE(nameOf(foundAt(QUrl(QStringLiteral("http://nowhere.invalid:3000")))),
             nameOf(Hindrance::UnknownHost));
}

void TestHindrance::nobodyThere_isSaid()
{
    StubServer server;
    server.goAway();
    QCOMPARE(nameOf(foundAt(server.url())), nameOf(Hindrance::Refused));
}

void TestHindrance::silence_isSaid()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    net::Options options;
    options.timing.requestDeadline = std::chrono::milliseconds(50);
    HttpClient client(server.url(), options);
    const net::Call call = client.get(QStringLiteral("/"), {}, {}, [](const auto&) {});
    QTRY_COMPARE(client.hindrance(), Hindrance::Silence);
}

void TestHindrance::hangingUp_isSaid()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = listener.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::close);
    });
    QCOMPARE(nameOf(foundAt(urlOf(listener, "http"))), nameOf(Hindrance::BrokenOff));
}

void TestHindrance::httpsToAPlainServer_isNotTls()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = listener.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
    });
    QCOMPARE(nameOf(foundAt(urlOf(listener, "https"))), nameOf(Hindrance::NotTls));
}

void TestHindrance::httpToATlsServer_isSaid()
{
    QTcpServer listener; // as a TLS server does: an alert of "unexpected message", and the end
    QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = listener.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write(QByteArray::fromHex("15030100020246"));
            socket->close();
        });
    });
    QCOMPARE(nameOf(foundAt(urlOf(listener, "http"))), nameOf(Hindrance::BrokenOff));
}

void TestHindrance::selfSigned_isUntrusted()
{
    const SelfSigned server;
    QVERIFY(server.isListening());
    QCOMPARE(nameOf(foundAt(urlOf(server.server(), "https"))), nameOf(Hindrance::Untrusted));
}

void TestHindrance::anotherProtocol_isSaid()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = listener.nextPendingConnection();
        socket->write("SSH-2.0-Server\r\n");
        connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::close);
    });
    QCOMPARE(nameOf(foundAt(urlOf(listener, "http"))), nameOf(Hindrance::BrokenOff));
}

void TestHindrance::aServerThatIsBack_hindersNoMore()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{502, "<html>Bad gateway</html>"}; };
    HttpClient client(server.url(), {});
    const QSignalSpy changes(&client, &HttpClient::hindranceChanged);
    const auto ask = [&] {
        return client.get(QStringLiteral("/api/v1/analytics/dashboard"), {}, {}, [](const auto&) {});
    };
    QCOMPARE(client.hindrance(), std::nullopt);
    net::Call call = ask();
    QTRY_COMPARE(client.hindrance(), Hindrance::Gateway);
    server.override = nullptr;
    call = ask();
    QTRY_COMPARE(client.hindrance(), std::nullopt);
    QCOMPARE(changes.size(), 2);
}

void TestHindrance::itIsKnown_beforeTheCallIsAnswered()
{
    StubServer server;
    server.goAway();
    HttpClient client(server.url(), {});
    std::optional<Hindrance> known;
    const net::Call call =
        client.get(QStringLiteral("/"), {}, {}, [&](const auto&) { known = client.hindrance(); });
    QTRY_COMPARE(known, Hindrance::Refused);
}

PRISM_TEST(TestHindrance)

} // namespace tst_hindrance

#include "tst_hindrance.moc"
