#include "client/net/api_client.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <optional>

using namespace prism;
using namespace std::chrono_literals;
using net::Answer;
using net::ApiClient;
using net::Write;
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
    void get_ofAList_bringsWhereItStands();
    void send_sendsWhatItIsGiven_data();
    void send_sendsWhatItIsGiven();
    void send_withoutABody_sendsNone();
    void send_everyWrite_hasAKeyOfItsOwn();
    void send_refused_keepsCodeAndDetails_data();
    void send_refused_keepsCodeAndDetails();
    void send_withoutAnAnswer_endsAtTheDeadline();
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

/// What arrives at the server of a write that it answers with nothing but success.
StubRequest sent(StubServer& server, const Write& write)
{
    StubRequest seen;
    server.override = [&seen](const StubRequest& request) {
        seen = request;
        return StubAnswer{200,
                          protocol::successEnvelope(QJsonObject(), QStringLiteral("1"), protocol::now())};
    };
    ApiClient api(server.url(), {});
    const QObject caller;
    bool done = false;
    api.send(write, &caller, [&done](const auto& answer) { done = answer.has_value(); });
    if (!QTest::qWaitFor([&done] { return done; }))
        return {};
    return seen;
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

void TestApiClient::get_ofAList_bringsWhereItStands()
{
    StubServer server;
    server.override = [](const StubRequest&) {
        const protocol::Pagination place{3, 20, 134, QStringLiteral("behind-60")};
        return StubAnswer{
            200, protocol::successEnvelope(QJsonArray(), QStringLiteral("1"), protocol::now(), place)};
    };
    ApiClient api(server.url(), {});
    Outcome outcome;
    get(api, outcome, this);
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    const auto& pagination = (*outcome)->pagination;
    QVERIFY(pagination);
    QCOMPARE(pagination->page, 3);
    QCOMPARE(pagination->limit, 20);
    QCOMPARE(pagination->total, 134);
    QCOMPARE(pagination->nextCursor, QStringLiteral("behind-60"));
}

void TestApiClient::send_sendsWhatItIsGiven_data()
{
    QTest::addColumn<Write::Method>("method");
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("post") << Write::Method::Post << QByteArray("POST");
    QTest::newRow("put") << Write::Method::Put << QByteArray("PUT");
    QTest::newRow("patch") << Write::Method::Patch << QByteArray("PATCH");
    QTest::newRow("delete") << Write::Method::Delete << QByteArray("DELETE");
}

void TestApiClient::send_sendsWhatItIsGiven()
{
    QFETCH(Write::Method, method);
    QFETCH(QByteArray, verb);
    StubServer server;
    const StubRequest seen =
        sent(server, {method, path, QJsonObject{{QStringLiteral("a"), 1}}, "\"7\"", "k-1"});
    QCOMPARE(seen.method, verb);
    QCOMPARE(seen.path, path);
    QCOMPARE(seen.body, QByteArray("{\"a\":1}"));
    QCOMPARE(seen.headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(seen.headers.value("if-match"), QByteArray("\"7\""));
    QCOMPARE(seen.headers.value("idempotency-key"), QByteArray("k-1"));
}

void TestApiClient::send_withoutABody_sendsNone()
{
    StubServer server;
    const StubRequest seen = sent(server, {Write::Method::Delete, path});
    QCOMPARE(seen.body, QByteArray());
    QVERIFY(!seen.headers.contains("content-type"));
    QVERIFY(!seen.headers.contains("if-match"));
}

void TestApiClient::send_everyWrite_hasAKeyOfItsOwn()
{
    StubServer server;
    const QByteArray first = sent(server, {Write::Method::Post, path}).headers.value("idempotency-key");
    const QByteArray second = sent(server, {Write::Method::Post, path}).headers.value("idempotency-key");
    QVERIFY(!first.isEmpty());
    QVERIFY(!second.isEmpty());
    QVERIFY(first != second);
}

void TestApiClient::send_refused_keepsCodeAndDetails_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void TestApiClient::send_refused_keepsCodeAndDetails()
{
    QFETCH(int, status);
    StubServer server;
    const protocol::Error error{
        ErrorCode::VersionConflict, QStringLiteral("Changed."), {QStringLiteral("version: is 3, not 2")}};
    server.override = [&](const StubRequest&) {
        return StubAnswer{status, protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())};
    };
    ApiClient api(server.url(), {});
    Outcome outcome;
    api.send({Write::Method::Put, path}, this, [&](const auto& answer) { outcome = answer; });
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QVERIFY(outcome->error() == error);
}

void TestApiClient::send_withoutAnAnswer_endsAtTheDeadline()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    ApiClient api(server.url(), impatient());
    Outcome outcome;
    api.send({Write::Method::Post, path}, this, [&](const auto& answer) { outcome = answer; });
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

PRISM_TEST(TestApiClient)
#include "tst_api_client.moc"
