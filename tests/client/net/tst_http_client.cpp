#include "client/net/http_client.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <optional>

namespace tst_http_client {

using namespace prism;
using namespace std::chrono_literals;
using net::Answer;
using net::Call;
using net::HttpClient;
using net::Write;
using protocol::ErrorCode;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

using Outcome = std::optional<protocol::Result<Answer>>;

class TestHttpClient : public QObject
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
    void send_withItsCallerGone_isSentAllTheSame();
};

namespace {

constexpr QLatin1String path("/api/v1/analytics/dashboard");

[[nodiscard]] Call get(HttpClient& api, Outcome& outcome, const QByteArray& etag = {},
                       const QString& from = path)
{
    return api.get(from, QUrlQuery({{QStringLiteral("period"), QStringLiteral("week")}}), etag,
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
    HttpClient api(server.url(), {});
    const QObject caller;
    bool done = false;
    const Call call = api.send(write, [&done](const auto& answer) { done = answer.has_value(); });
    if (!QTest::qWaitFor([&done] { return done; }))
        return {};
    return seen;
}

} // namespace

void TestHttpClient::get_ofAnEnvelope_bringsItsDataAndETag()
{
    StubServer server;
    server.publish();
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome);
    QVERIFY(!outcome); // later, never at once
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    QCOMPARE((*outcome)->etag, QByteArray("\"first-1-week\""));
    QVERIFY(!(*outcome)->notModified);
    const auto dashboard = protocol::dashboardFromJson((*outcome)->data.toObject());
    QVERIFY(dashboard.has_value());
    QCOMPARE(dashboard->summary.totalChecks, 1);
}

void TestHttpClient::get_withTheETagOfThePresent_isNotModified()
{
    StubServer server;
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome, "\"first-0-week\"");
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    QVERIFY((*outcome)->notModified);
    QVERIFY((*outcome)->data.isUndefined());
}

void TestHttpClient::get_ofAnErrorEnvelope_bringsTheServersWords()
{
    StubServer server;
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome, {}, QStringLiteral("/nowhere"));
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::NotFound);
    QCOMPARE(outcome->error().message, QStringLiteral("Nothing is here."));
}

void TestHttpClient::get_ofSomethingElse_saysItIsNoGateway()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{200, "<html>Hello</html>"}; };
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Internal);
    QVERIFY(!outcome->error().message.isEmpty());
}

void TestHttpClient::get_withoutAServer_isUnavailable()
{
    StubServer server;
    server.goAway();
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
    QVERIFY(outcome->error().message.contains(server.url().authority()));
}

void TestHttpClient::get_withoutAnAnswer_endsAtTheDeadline()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    HttpClient api(server.url(), impatient());
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

void TestHttpClient::get_withAnAnswerThatTrickles_endsAtTheDeadline()
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
    HttpClient api(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(listener.serverPort())), impatient());
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

void TestHttpClient::get_withAnAnswerTooLong_isRefused()
{
    StubServer server;
    const QByteArray body =
        protocol::successEnvelope(QString(200'000, u'x'), QStringLiteral("1"), protocol::now());
    server.override = [body](const StubRequest&) { return StubAnswer{200, body}; };
    HttpClient strict(server.url(), {}, nullptr, 100'000);
    HttpClient roomy(server.url(), {}, nullptr, 300'000);
    Outcome refused;
    Outcome taken;
    const Call one = get(strict, refused);
    const Call other = get(roomy, taken);
    QTRY_VERIFY(refused && taken);
    QVERIFY(taken->has_value());
    QVERIFY(!refused->has_value());
    QCOMPARE(refused->error().code, ErrorCode::Unavailable);
}

void TestHttpClient::get_redirectedToAnotherHost_isNotFollowed()
{
    StubServer other;
    StubServer server;
    server.override = [&](const StubRequest& request) {
        return StubAnswer{
            302, {}, "Location: " + (other.url().toString() + request.path).toLatin1() + "\r\n"};
    };
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QCOMPARE(other.requests(path), 0);
}

void TestHttpClient::get_withItsCallerGone_callsNobody()
{
    StubServer server;
    HttpClient api(server.url(), {});
    Outcome orphaned;
    Outcome later;
    {
        const Call dropped = get(api, orphaned);
    }
    Outcome replaced;
    Call call = get(api, replaced);
    call = get(api, later);
    QTRY_VERIFY(later);
    QVERIFY(!orphaned);
    QVERIFY(!replaced);
}

void TestHttpClient::get_ofAList_bringsWhereItStands()
{
    StubServer server;
    server.override = [](const StubRequest&) {
        const protocol::Pagination place{3, 20, 134, QStringLiteral("behind-60")};
        return StubAnswer{
            200, protocol::successEnvelope(QJsonArray(), QStringLiteral("1"), protocol::now(), place)};
    };
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = get(api, outcome);
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->has_value());
    const auto& pagination = (*outcome)->pagination;
    QVERIFY(pagination);
    QCOMPARE(pagination->page, 3);
    QCOMPARE(pagination->limit, 20);
    QCOMPARE(pagination->total, 134);
    QCOMPARE(pagination->nextCursor, QStringLiteral("behind-60"));
}

void TestHttpClient::send_sendsWhatItIsGiven_data()
{
    QTest::addColumn<Write::Method>("method");
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("post") << Write::Method::Post << QByteArray("POST");
    QTest::newRow("put") << Write::Method::Put << QByteArray("PUT");
    QTest::newRow("patch") << Write::Method::Patch << QByteArray("PATCH");
    QTest::newRow("delete") << Write::Method::Delete << QByteArray("DELETE");
}

void TestHttpClient::send_sendsWhatItIsGiven()
{
    QFETCH(Write::Method, method);
    QFETCH(QByteArray, verb);
    StubServer server;
    const StubRequest seen = sent(server, {method, path, QByteArray("{\"a\":1}"), "\"7\"", "k-1"});
    QCOMPARE(seen.method, verb);
    QCOMPARE(seen.path, path);
    QCOMPARE(seen.body, QByteArray("{\"a\":1}"));
    QCOMPARE(seen.headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(seen.headers.value("if-match"), QByteArray("\"7\""));
    QCOMPARE(seen.headers.value("idempotency-key"), QByteArray("k-1"));
}

void TestHttpClient::send_withoutABody_sendsNone()
{
    StubServer server;
    const StubRequest seen = sent(server, {Write::Method::Delete, path});
    QCOMPARE(seen.body, QByteArray());
    QVERIFY(!seen.headers.contains("content-type"));
    QVERIFY(!seen.headers.contains("if-match"));
}

void TestHttpClient::send_everyWrite_hasAKeyOfItsOwn()
{
    StubServer server;
    const QByteArray first = sent(server, {Write::Method::Post, path}).headers.value("idempotency-key");
    const QByteArray second = sent(server, {Write::Method::Post, path}).headers.value("idempotency-key");
    QVERIFY(!first.isEmpty());
    QVERIFY(!second.isEmpty());
    QVERIFY(first != second);
}

void TestHttpClient::send_refused_keepsCodeAndDetails_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void TestHttpClient::send_refused_keepsCodeAndDetails()
{
    QFETCH(int, status);
    StubServer server;
    const protocol::Error error{
        ErrorCode::VersionConflict, QStringLiteral("Changed."), {QStringLiteral("version: is 3, not 2")}};
    server.override = [&](const StubRequest&) {
        return StubAnswer{status, protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())};
    };
    HttpClient api(server.url(), {});
    Outcome outcome;
    const Call call = api.send({Write::Method::Put, path}, [&](const auto& answer) { outcome = answer; });
    QTRY_VERIFY(outcome);
    QVERIFY(!outcome->has_value());
    QVERIFY(outcome->error() == error);
}

void TestHttpClient::send_withoutAnAnswer_endsAtTheDeadline()
{
    StubServer server;
    server.override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    HttpClient api(server.url(), impatient());
    Outcome outcome;
    const Call call = api.send({Write::Method::Post, path}, [&](const auto& answer) { outcome = answer; });
    QTRY_VERIFY_WITH_TIMEOUT(outcome, 3'000);
    QVERIFY(!outcome->has_value());
    QCOMPARE(outcome->error().code, ErrorCode::Unavailable);
}

void TestHttpClient::send_withItsCallerGone_isSentAllTheSame()
{
    StubServer server;
    HttpClient api(server.url(), {});
    Outcome outcome;
    {
        const Call call =
            api.send({Write::Method::Post, path}, [&](const auto& answer) { outcome = answer; });
    }
    QTRY_COMPARE(server.requests(path), 1);
    Outcome later;
    const Call next = get(api, later);
    QTRY_VERIFY(later);
    QVERIFY(!outcome);
}

PRISM_TEST(TestHttpClient)

} // namespace tst_http_client

#include "tst_http_client.moc"
