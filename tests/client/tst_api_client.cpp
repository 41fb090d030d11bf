#include "client/net/api_client.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"

#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <optional>

using namespace prism;
using namespace std::chrono_literals;
using net::Answer;
using net::ApiClient;
using protocol::ErrorCode;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

using Outcome = std::optional<protocol::Result<Answer>>;

class TestApiClient : public QObject
{
    Q_OBJECT

private slots:
    void get_ofAnEnvelope_bringsItsDataAndETag();
    void get_withTheETagOfThePresent_isNotModified();
    void get_ofAnErrorEnvelope_bringsTheServersWords();
    void get_ofSomethingElse_saysItIsNoGateway();
    void get_withoutAServer_isUnavailable();
    void get_withoutAnAnswer_endsAtTheDeadline();
    void get_withAnAnswerThatTrickles_endsAtTheDeadline();
    void get_withAnAnswerTooLong_isRefused();
    void get_redirectedToAnotherHost_isNotFollowed();
    void get_withItsCallerGone_callsNobody();
};

namespace {

constexpr QLatin1String path("/api/v1/analytics/dashboard");

void get(ApiClient& api, Outcome& outcome, const QObject* context, const QByteArray& etag = {},
         const QString& from = path)
{
    api.get(from, QUrlQuery({{QStringLiteral("period"), QStringLiteral("week")}}), etag, context,
            [&outcome](const protocol::Result<Answer>& answer) { outcome = answer; });
}

net::Options impatient()
{
    net::Options options;
    options.timing.requestDeadline = 300ms;
    options.timing.requestIdle = 5s;
    return options;
}

} // namespace

void TestApiClient::get_ofAnEnvelope_bringsItsDataAndETag()
{
    StubServer server;
    server.publish();
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this);
    QVERIFY(!outcome); // later, never at once
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    QCOMPARE((*outcome)->etag, QByteArray("\"first-1-week\""));
    QVERIFY(!(*outcome)->notModified);
    const auto dashboard = protocol::dashboardFromJson((*outcome)->data.toObject());
    QVERIFY(dashboard.has_value());
    QCOMPARE(dashboard->summary.totalChecks, 1);
}

void TestApiClient::get_withTheETagOfThePresent_isNotModified()
{
    StubServer server;
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this, "\"first-0-week\"");
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    QVERIFY((*outcome)->notModified);
    QVERIFY((*outcome)->data.isUndefined());
}

void TestApiClient::get_ofAnErrorEnvelope_bringsTheServersWords()
{
    StubServer server;
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this, {}, QStringLiteral("/nowhere"));
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::NotFound);
    QCOMPARE(outcome->error().message, QStringLiteral("Nothing is here."));
}

void TestApiClient::get_ofSomethingElse_saysItIsNoGateway()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{200, "<html>Hello</html>"}; };
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Internal);
    QVERIFY(!outcome->error().message.isEmpty());
}

void TestApiClient::get_withoutAServer_isUnavailable()
{
    StubServer server;
    server.goAway();
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
    QVERIFY(outcome->error().message.contains(server.url().authority()));
}

void TestApiClient::get_withoutAnAnswer_endsAtTheDeadline()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    ApiClient api(server.url(), impatient());
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

void TestApiClient::get_withAnAnswerThatTrickles_endsAtTheDeadline()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost, 0));
    QTimer drip;
    drip.setInterval(20);
    connect(&listener, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = listener.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        connect(&drip, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        drip.start();
    });
    ApiClient api(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(listener.serverPort())), impatient());
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

void TestApiClient::get_withAnAnswerTooLong_isRefused()
{
    StubServer server;
    const QByteArray body =
        protocol::successEnvelope(QString(200'000, u'x'), QStringLiteral("1"), protocol::now());
    server.override = [body](const StubRequest&) { return StubAnswer{200, body}; };
    ApiClient strict(server.url(), {}, nullptr, 100'000);
    ApiClient roomy(server.url(), {}, nullptr, 300'000);
    Outcome refused;
    Outcome taken;
    get(strict, refused, this);
    get(roomy, taken, this);
    QTRY_VERIFY(refused && taken);
    QVERIFY(taken->has_value());
    QVERIFY(!refused->has_value());
    QCOMPARE(refused->error().code, ErrorCode::Unavailable);
}

void TestApiClient::get_redirectedToAnotherHost_isNotFollowed()
{
    StubServer other;
    StubServer server;
    server.override = [&](const StubRequest& request) {
        return StubAnswer{
            302, {}, "Location: " + (other.url().toString() + request.path).toLatin1() + "\r\n"};
    };
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(other.requests(path), 0);
}

void TestApiClient::get_withItsCallerGone_callsNobody()
{
    StubServer server;
    ApiClient api(server.url(), {});
    Outcome orphaned;
    Outcome later;
    {
        QObject caller;
        get(api, orphaned, &caller);
    }
    get(api, later, this);
    QTRY_VERIFY(later);
    QVERIFY(!orphaned);
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_api_client.moc"
