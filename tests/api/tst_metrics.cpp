#include "tests/support/raw_socket.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QMap>
#include <QProcess>
#include <QTest>

namespace tst_metrics {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// What /metrics and the status say follows from what was done.
class TestMetrics : public ServerTest
{
    Q_OBJECT

    /// Every sample by its name and labels, as written.
    using Samples = QMap<QByteArray, double>;

private slots:
    void init() { startServer({u"--slow-timeout"_s, u"1"_s}); }

    void cleanup() { stopServer(); }

    void answer_passesPrometheusOwnCheck()
    {
        QCOMPARE(post("a").status, 201);
        QCOMPARE(m_client->get("/none").status, 404);
        WsClient session;
        QVERIFY(session.open(m_server->wsUrl()));
        const HttpResponse response = m_client->get("/metrics");
        QCOMPARE(response.status, 200);
        QCOMPARE(response.header("content-type"), "text/plain; version=0.0.4; charset=utf-8"_ba);

        QProcess promtool;
        promtool.start(u"promtool"_s, {u"check"_s, u"metrics"_s});
        QVERIFY2(promtool.waitForStarted(), "promtool, of Debian's package prometheus, is missing");
        promtool.write(response.body);
        promtool.closeWriteChannel();
        QVERIFY(promtool.waitForFinished());
        QCOMPARE(promtool.readAllStandardError() + promtool.readAllStandardOutput(), QByteArray());
        QCOMPARE(promtool.exitCode(), 0);
    }

    void foreignHost_isRefusedAsEverywhere()
    {
        for (const char* path : {"/metrics", "/api/v1/system/status"})
            QCOMPARE(m_client->send("GET", path, {{"Host", "evil.example"}}).status, 403);
    }

    void writes_countAsRequestsEventsAndCommits()
    {
        const Samples before = scrape();
        for (const char* name : {"a", "b", "c"})
            QCOMPARE(post(name).status, 201);
        QCOMPARE(post("c").status, 409);
        const Samples after = scrape();
        const auto rise = [&](const char* sample) { return after.value(sample) - before.value(sample); };
        constexpr auto labels = R"(method="POST",route="/api/v1/analytics/records")";
        QCOMPARE(rise(fill(R"(prism_http_requests_total{%1,status="201"})", labels)), 3.0);
        QCOMPARE(rise(fill(R"(prism_http_requests_total{%1,status="409"})", labels)), 1.0);
        QCOMPARE(rise(fill("prism_http_request_duration_seconds_count{%1}", labels)), 4.0);
        QVERIFY(rise(fill("prism_http_request_duration_seconds_sum{%1}", labels)) > 0);
        QCOMPARE(rise("prism_events_published_total"), 3.0);
        QCOMPARE(rise("prism_event_position"), 3.0);
        QCOMPARE(rise("prism_commit_duration_seconds_count"), 4.0);
        QVERIFY(rise("prism_commit_duration_seconds_sum") > 0);
        QCOMPARE(rise("prism_commit_jobs_sum"), 4.0);
        QCOMPARE(rise("prism_commit_events_sum"), 3.0);
        QCOMPARE(rise("prism_commit_failures_total"), 0.0);
        QCOMPARE(after["prism_write_queue_length"], 0.0);
        QCOMPARE(after["prism_write_queue_limit"], 10000.0);
        QCOMPARE(after["prism_write_queue_refusals_total"], 0.0);
        QVERIFY(after["prism_database_size_bytes"] > 0);
        QVERIFY(after["prism_database_log_size_bytes"] > 0);
    }

    void whatNoRouteAnswers_isCountedAsUnmatched()
    {
        const HttpResponse unknown = m_client->get("/api/v1/nothing/here");
        QCOMPARE(unknown.status, 404);
        QCOMPARE(m_client->send("BREW", "/health").status, 405);
        // A refusal closes its connection, and the next one's worker may be faster than the count.
        QTRY_COMPARE(scrape()[R"(prism_http_requests_total{method="GET",route="unmatched",status="404"})"],
                     1.0);
        QTRY_COMPARE(scrape()[R"(prism_http_requests_total{method="other",route="unmatched",status="405"})"],
                     1.0);
        QVERIFY(!m_client->get("/metrics").body.contains("nothing/here"));
    }

    void headAndGet_areCountedApart()
    {
        QCOMPARE(m_client->get("/health").status, 200);
        QCOMPARE(m_client->send("HEAD", "/health").status, 200);
        const Samples samples = scrape();
        QCOMPARE(samples[R"(prism_http_requests_total{method="GET",route="/health",status="200"})"], 1.0);
        QCOMPARE(samples[R"(prism_http_requests_total{method="HEAD",route="/health",status="200"})"], 1.0);
    }

    void conditionalAnswers_areCountedAsTheyWereGiven()
    {
        const QByteArray settings = "/api/v1/settings";
        const QByteArray dashboard = "/api/v1/analytics/dashboard";
        const QJsonValue change = parseJson(R"({"retentionDays":90})");
        const QByteArray tag = m_client->get(settings).header("ETag");
        const QByteArray known = m_client->get(dashboard).header("ETag");
        QCOMPARE(m_client->get(settings, {{"If-None-Match", tag}}).status, 304);
        QCOMPARE(m_client->send("HEAD", settings, {{"If-None-Match", tag}}).status, 304);
        QCOMPARE(m_client->get(dashboard, {{"If-None-Match", known}}).status, 304);
        QCOMPARE(m_client->get(settings, {{"If-Match", "\"no\""}}).status, 412);
        QCOMPARE(m_client->put(settings, change, {{"If-Match", "\"no\""}}).status, 412);
        QCOMPARE(m_client->put(settings, change, {{"If-Match", tag}}).status, 200);
        const Samples samples = scrape();
        const auto count = [&samples](const char* method, const QByteArray& route, int status) {
            return samples.value("prism_http_requests_total{method=\"" + QByteArray(method) + "\",route=\"" +
                                 route + "\",status=\"" + QByteArray::number(status) + "\"}");
        };
        QCOMPARE(count("GET", settings, 200), 1.0);
        QCOMPARE(count("GET", settings, 304), 1.0);
        QCOMPARE(count("HEAD", settings, 304), 1.0);
        QCOMPARE(count("GET", settings, 412), 1.0);
        QCOMPARE(count("PUT", settings, 412), 1.0);
        QCOMPARE(count("PUT", settings, 200), 1.0);
        QCOMPARE(count("GET", dashboard, 200), 1.0);
        QCOMPARE(count("GET", dashboard, 304), 1.0);
    }

    void sessions_areCountedByKindWhileTheyLast()
    {
        QCOMPARE(open("websocket"), 0.0);
        const double connections = scrape()["prism_connections_open"];
        auto session = std::make_unique<WsClient>();
        QVERIFY(session->open(m_server->wsUrl()));
        QCOMPARE(open("websocket"), 1.0);
        RawSocket stream(m_server->httpPort());
        QVERIFY(stream.write(
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"));
        QVERIFY(stream.readAtLeast(200).contains("event-stream"));
        QCOMPARE(open("stream"), 1.0);
        QCOMPARE(scrape()["prism_connections_open"], connections + 2);

        session.reset();
        stream.abort();
        QTRY_COMPARE(open("websocket"), 0.0);
        QTRY_COMPARE(open("stream"), 0.0);
        QCOMPARE(scrape()[R"(prism_sessions_opened_total{kind="websocket"})"], 1.0);
        QCOMPARE(scrape()[R"(prism_sessions_opened_total{kind="stream"})"], 1.0);
        QTRY_COMPARE(scrape()["prism_connections_open"], connections);
    }

    void eachEventToEachSession_isADelivery()
    {
        WsClient one;
        WsClient other;
        QVERIFY(one.open(m_server->wsUrl()) && one.sync());
        QVERIFY(other.open(m_server->wsUrl()) && other.sync());
        other.send({{"type"_L1, u"subscribe"_s}, {"event"_L1, u"gateway:*"_s}});
        QVERIFY(other.waitForType("subscribed"_L1).has_value());
        QCOMPARE(post("a").status, 201);
        QCOMPARE(post("b").status, 201);
        QVERIFY(one.waitForSeq(2));
        QVERIFY(other.sync().has_value());
        const Samples samples = scrape();
        QCOMPARE(samples["prism_deliveries_total"], 2.0);
        QVERIFY(samples["prism_delivered_bytes_total"] > 400);
        QVERIFY(samples["prism_delivered_bytes_total"] < 4000);
    }

    void resumes_areCountedByOutcome()
    {
        QCOMPARE(post("a").status, 201);
        WsClient first;
        QVERIFY(first.open(m_server->wsUrl()));
        for (const QString& epoch : {first.epoch(), first.epoch(), u"another"_s}) {
            QUrl url = m_server->wsUrl();
            url.setQuery(u"since=0&epoch="_s + epoch);
            WsClient back;
            QVERIFY(back.open(url));
            QVERIFY(back.waitForType("resumed"_L1).has_value());
        }
        const Samples samples = scrape();
        QCOMPARE(samples[R"(prism_resumes_total{outcome="complete"})"], 2.0);
        QCOMPARE(samples[R"(prism_resumes_total{outcome="incomplete"})"], 1.0);
    }

    void stalledSession_showsWhatWaitsAndThenItsClose()
    {
        RawWebSocket stalled(m_server->wsPort());
        stalled.raw().socket().setReadBufferSize(1);
        const QByteArray line =
            fill(R"({"status":"PASS","duration":1,"project":"%1"})", QByteArray(90, 'p')) + '\n';
        const auto waits = [this] { return scrape()["prism_sessions_unsent_bytes"] > 0; };
        bool hasWaited = false;
        // No more than it takes: on a busy machine the session is closed while another body is stored.
        for (int i = 0; i < 5 && !hasWaited; ++i) {
            QCOMPARE(m_client
                         ->post("/api/v1/gateway/checks", line.repeated(10000),
                                {{"Content-Type", "application/x-ndjson"}})
                         .status,
                     201);
            hasWaited = QTest::qWaitFor(waits, 300);
        }
        QVERIFY(hasWaited);
        QTRY_COMPARE_WITH_TIMEOUT(scrape()["prism_sessions_slow_closes_total"], 1.0, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(scrape()["prism_sessions_unsent_bytes"], 0.0, 10000);
    }

    void counters_neverFall()
    {
        Samples before = scrape();
        for (int round = 0; round < 5; ++round) {
            WsClient session;
            QVERIFY(session.open(m_server->wsUrl()));
            QCOMPARE(post(QByteArray::number(round)).status, 201);
            const Samples after = scrape();
            for (auto sample = before.cbegin(); sample != before.cend(); ++sample) {
                if (isCounter(sample.key()))
                    QVERIFY2(after.value(sample.key(), -1) >= sample.value(), sample.key().constData());
            }
            before = after;
        }
    }

    void status_saysTheSameAsTheMetrics()
    {
        WsClient session;
        QVERIFY(session.open(m_server->wsUrl()) && session.sync());
        QCOMPARE(m_client->get("/none").status, 404);
        for (const char* name : {"a", "b", "c"})
            QCOMPARE(post(name).status, 201);
        QVERIFY(session.waitForSeq(3));
        const Samples metrics = scrape();
        const HttpResponse response = m_client->get("/api/v1/system/status");
        QCOMPARE(response.status, 200);
        const QJsonObject status = response.data().toObject();
        const Samples later = scrape();
        const auto at = [&status](const QString& path) {
            QJsonValue value = status;
            for (const QString& step : path.split(u'.'))
                value = value[step];
            return value;
        };
        QCOMPARE(at(u"epoch"_s).toString(), session.epoch());
        QCOMPARE(at(u"seq"_s).toInt(), 3);
        QCOMPARE(at(u"zone"_s).toString(), u"UTC"_s);
        QVERIFY(!at(u"version"_s).toString().isEmpty());
        QVERIFY(
            metrics.contains("prism_build_info{version=\"" + at(u"version"_s).toString().toUtf8() + "\"}"));
        QVERIFY(at(u"started"_s).toString().endsWith(u'Z'));
        QVERIFY(at(u"uptimeSeconds"_s).toDouble() > 0 && at(u"uptimeSeconds"_s).toDouble() < 60);
        QCOMPARE(at(u"connections"_s).toInt(), int(metrics["prism_connections_open"]));
        QCOMPARE(at(u"sessions.websocket"_s).toInt(), 1);
        QCOMPARE(at(u"sessions.stream"_s).toInt(), 0);
        QCOMPARE(at(u"events.total"_s).toInt(), 3);
        QVERIFY(at(u"events.perSecond"_s).toDouble() > 0);
        QCOMPARE(at(u"deliveries.total"_s).toInt(), 3);
        QVERIFY(at(u"deliveries.perSecond"_s).toDouble() > 0);
        QCOMPARE(at(u"queue.waiting.writes"_s).toInt(), 0);
        QCOMPARE(at(u"queue.limit.writes"_s).toInt(), 10000);
        QCOMPARE(at(u"commits.count"_s).toInt(), 3);
        QVERIFY(at(u"commits.p50Ms"_s).toDouble() > 0);
        QVERIFY(at(u"commits.p99Ms"_s).toDouble() >= at(u"commits.p50Ms"_s).toDouble());
        QCOMPARE(at(u"commits.meanJobs"_s).toDouble(), 1.0);
        QCOMPARE(at(u"requests.total"_s).toInt(), 5);
        QCOMPARE(at(u"requests.byClass.2xx"_s).toInt(), 4);
        QCOMPARE(at(u"requests.byClass.4xx"_s).toInt(), 1);
        QCOMPARE(at(u"requests.byClass.5xx"_s).toInt(), 0);
        QVERIFY(at(u"database.schema"_s).toInt() > 0);
        // The server tidies up meanwhile, and neither file becomes smaller by that.
        const auto isBetween = [&](const QString& path, const QByteArray& name) {
            return at(path).toDouble() >= metrics[name] && at(path).toDouble() <= later[name];
        };
        QVERIFY(isBetween(u"database.bytes"_s, "prism_database_size_bytes"));
        QVERIFY(isBetween(u"database.logBytes"_s, "prism_database_log_size_bytes"));
        QVERIFY(at(u"process.residentBytes"_s).toInteger() > 1024 * 1024);
        QVERIFY(at(u"process.cpuSeconds"_s).toDouble() >= 0);
    }

private:
    HttpResponse post(const QByteArray& name)
    {
        return m_client->post("/api/v1/analytics/records",
                              parseJson(fill(R"({"type":"custom","name":"%1"})", name).constData()));
    }

    Samples scrape()
    {
        Samples samples;
        const HttpResponse response = m_client->get("/metrics");
        for (const QByteArray& line : response.body.split('\n')) {
            const qsizetype space = line.lastIndexOf(' ');
            if (space > 0 && !line.startsWith('#'))
                samples.insert(line.first(space), line.mid(space + 1).toDouble());
        }
        return samples;
    }

    double open(const QByteArray& kind) { return scrape()[fill(R"(prism_sessions_open{kind="%1"})", kind)]; }

    static bool isCounter(const QByteArray& sample)
    {
        const QByteArray name = sample.first(sample.contains('{') ? sample.indexOf('{') : sample.size());
        return name.endsWith("_total") || name.endsWith("_bucket") || name.endsWith("_sum") ||
               name.endsWith("_count");
    }
};

PRISM_TEST(TestMetrics)

} // namespace tst_metrics

#include "tst_metrics.moc"
