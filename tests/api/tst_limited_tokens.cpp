#include "tests/api/limited_token_test.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>

namespace tst_limited_tokens {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

/// Without what differs between two answers to the same question: when, in answer to which request, and what
/// was asked for.
QString essence(const HttpResponse& answer)
{
    static const QRegularExpression times(u"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\"requestId\":\"[^\"]+\""_s);
    QString text = QString::fromUtf8(answer.body).remove(times);
    return text.replace(u"nowhere"_s, u"hidden"_s);
}

} // namespace

/// A token that is limited to projects hears of no other, whatever it asks.
class TestLimitedTokens : public LimitedTokenTest
{
    Q_OBJECT

    QString m_hiddenCheck;
    QString m_hiddenMark;

    QString markFirstOf(const QByteArray& project)
    {
        const QString id = report(m_admin, checkOf(project)).data()[u"id"_s].toString();
        const HttpResponse marked =
            m_client->send("PATCH", checksPath + '/' + id.toLatin1() + "/violations/0",
                           bearer(m_admin) + RestClient::Headers{{"Content-Type", "application/json"}},
                           R"({"falsePositive": true, "reason": "hidden reason"})");
        return marked.status == 200 ? id : QString();
    }

    /// Every operation of the description.
    template <typename Each>
    void forEachOperation(const Each& each) const
    {
        const QJsonObject paths =
            m_client->get("/api/v1/openapi.json", bearer(m_admin)).json()[u"paths"_s].toObject();
        QVERIFY(paths.size() > 40);
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path->toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method)
                each(method.key().toUpper().toLatin1(), path.key().toLatin1(), method->toObject());
        }
    }

private slots:
    void init()
    {
        begin();
        QCOMPARE(report(m_admin, R"({"status": "PASS", "user": "hidden-nobody"})").status, 201);
        m_hiddenCheck = markFirstOf("hidden");
        QVERIFY(!m_hiddenCheck.isEmpty());
        m_hiddenMark = ask(m_admin, "/api/v1/gateway/false-positives").data()[0][u"id"_s].toString();
        QVERIFY(!m_hiddenMark.isEmpty());
    }

    void cleanup() { stopServer(); }

    void everyRoute_isOpenOrClosed()
    {
        int open = 0;
        int closed = 0;
        forEachOperation([&](const QByteArray& method, QByteArray path, const QJsonObject& operation) {
            const bool isOpen = operation[u"x-limited"_s].toBool() || operation[u"x-role"_s] == u"anyone"_s;
            if (path == "/ws")
                return;
            while (path.contains('{'))
                path.replace(path.indexOf('{'), path.indexOf('}') - path.indexOf('{') + 1, "none");
            const bool hasBody = method == "POST" || method == "PUT" || method == "PATCH";
            RestClient::Headers headers = bearer(m_editor);
            if (hasBody)
                headers.emplaceBack("Content-Type", "application/json");
            const int status = m_client->send(method, path, headers, hasBody ? "[1]" : QByteArray()).status;
            QVERIFY2((status == 403) == !isOpen, method + ' ' + path + ": " + QByteArray::number(status));
            ++(isOpen ? open : closed);
        });
        QVERIFY(open > 25 && closed > 20);
    }

    void nothingHidden_isInAnyAnswer()
    {
        int asked = 0;
        forEachOperation([&](const QByteArray& method, QByteArray path, const QJsonObject& operation) {
            if (method != "GET" || path == "/ws" || !operation[u"x-limited"_s].toBool())
                return;
            path.replace("{id}", m_hiddenCheck.toLatin1()).replace("{metric}", "checks");
            path.replace("{version}", "1");
            for (const QByteArray& query :
                 {"period=all&format=csv&metric=checks"_ba, "period=all&format=json&project=hidden"_ba,
                  "project=open&project=hidden&limit=1"_ba, "project=&period=all"_ba,
                  "q=hidden&user=hidden-ana&limit=100"_ba, "since=0&limit=1000&wait=0"_ba,
                  "dimensions=project,user,principle,gate&metrics=totalChecks&period=all"_ba,
                  "baselinePeriod=week&currentPeriod=week&metrics=checksPath,violations"_ba}) {
                const HttpResponse answer = ask(m_editor, path + '?' + query);
                QVERIFY2(!answer.body.contains("hidden"), path + '?' + query + ": " + answer.body);
                asked += answer.status == 200 ? 1 : 0;
            }
        });
        QVERIFY2(asked > 100, QByteArray::number(asked));
        const QByteArray seen = m_client->get(checksPath, bearer(m_admin)).body;
        QVERIFY2(seen.contains("hidden is broken"), "there was something to be hidden");
    }

    void hidden_isAnsweredAsAbsent_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, const QByteArray& method, const QByteArray& path,
                            const QByteArray& body = {}) { QTest::newRow(name) << method << path << body; };
        row("a check", "GET", checksPath + "/ID");
        row("its violations", "GET", checksPath + "/ID/violations");
        row("a mark", "PATCH", checksPath + "/ID/violations/0", R"({"falsePositive": false})");
        row("a mark out of range", "PATCH", checksPath + "/ID/violations/7", R"({"falsePositive": false})");
        row("a false positive", "DELETE", "/api/v1/gateway/false-positives/MARK");
        row("a gate", "DELETE", "/api/v1/gates?project=PROJECT&gate=PROJECT-lint");
        row("checks", "GET", checksPath + "?project=PROJECT");
        row("gates", "GET", "/api/v1/gates?project=PROJECT");
        row("retrospectives", "GET", "/api/v1/retros?project=PROJECT");
        row("marks", "GET", "/api/v1/gateway/false-positives?project=PROJECT");
        row("a build monitor", "GET", "/cctray.xml?project=PROJECT");
        row("numbers", "GET", "/api/v1/analytics/dashboard?period=all&project=PROJECT");
        row("a trend", "GET", "/api/v1/analytics/trends/checks?period=month&project=PROJECT");
        row("a forecast", "GET", "/api/v1/analytics/forecast?metric=checks&project=PROJECT");
        row("a report", "GET",
            "/api/v1/analytics/reports/custom?dimensions=user&metrics=totalChecks&project=PROJECT");
        row("a filter of a report", "GET",
            "/api/v1/analytics/reports/custom?dimensions=user&metrics=totalChecks&filters="
            "%7B%22project%22:%22PROJECT%22%7D");
        row("alerts", "GET", "/api/v1/analytics/anomalies?project=PROJECT");
    }

    void hidden_isAnsweredAsAbsent()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        const auto askAbout = [&](const QByteArray& id, const QByteArray& mark, const QByteArray& project) {
            QByteArray whole = path;
            whole.replace("ID", id).replace("MARK", mark).replace("PROJECT", project);
            RestClient::Headers headers = bearer(m_editor);
            if (!body.isEmpty())
                headers.emplaceBack("Content-Type", "application/json");
            return m_client->send(method, whole, headers, body);
        };
        const HttpResponse hidden = askAbout(m_hiddenCheck.toLatin1(), m_hiddenMark.toLatin1(), "hidden");
        const HttpResponse absent = askAbout("0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60",
                                             "0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60", "nowhere");
        QCOMPARE(hidden.status, absent.status);
        QCOMPARE(essence(hidden), essence(absent));
    }

    void numbers_areThoseOfItsProjects()
    {
        const QByteArray two = made(u"viewer"_s, {u"open"_s, u"hidden"_s});
        for (const char* period : {"today", "week", "month", "year", "all"}) {
            const QByteArray path = QByteArray("/api/v1/analytics/dashboard?period=") + period;
            const auto numbers = [&](const QByteArray& token, const QByteArray& more = {}) {
                return essence(m_client->get(path + more, bearer(token)));
            };
            QCOMPARE(numbers(m_editor), numbers(m_admin, "&project=open"));
            QCOMPARE(ask(m_editor, path).data()[u"summary"_s][u"totalChecks"_s].toInt(), 1);
            QCOMPARE(numbers(two), numbers(m_admin, "&project=open&project=hidden"));
            QCOMPARE(numbers(two, "&project=open"), numbers(m_admin, "&project=open"));
            QVERIFY(numbers(two) != numbers(m_editor));
        }
        const QByteArray path = "/api/v1/analytics/dashboard?period=all";
        const QByteArray tag = m_client->get(path, bearer(m_admin)).header("etag");
        QCOMPARE(m_client->get(path, bearer(m_editor) + RestClient::Headers{{"If-None-Match", tag}}).status,
                 200);
    }

    void writes_goToItsProjects_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isInQuery");
        QTest::newRow("check") << checksPath << R"({"status": "PASS"PROJECT})"_ba << false;
        QTest::newRow("checks") << checksPath << R"([{"status": "PASS"}, {"status": "PASS"PROJECT}])"_ba
                                << false;
        QTest::newRow("retrospective")
            << "/api/v1/retros"_ba
            << R"({"type": "quick", "duration": 1, "summary": "x"PROJECT})"_ba << false;
        QTest::newRow("intent") << "/api/v1/gateway/check"_ba
                                << R"({"intent": "look"PROJECT})"_ba << false;
        QTest::newRow("file") << "/api/v1/gateway/reports?format=tap"_ba
                              << "TAP version 13\n1..1\nok 1\n"_ba << true;
    }

    void writes_goToItsProjects()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isInQuery);
        const auto write = [&](const QByteArray& token, const QByteArray& project) {
            QByteArray where = path;
            QByteArray what = body;
            if (isInQuery && !project.isEmpty())
                where += "&project=" + project;
            what.replace("PROJECT", project.isEmpty() ? QByteArray() : ", \"project\": \"" + project + '"');
            return m_client->post(where, what, bearer(token)).status;
        };
        const auto count = [&] {
            return m_client->get("/api/v1/analytics/dashboard?period=all", bearer(m_admin))
                       .data()[u"summary"_s][u"totalChecks"_s]
                       .toInt() +
                   m_client->get("/api/v1/analytics/dashboard?period=all", bearer(m_admin))
                       .data()[u"summary"_s][u"totalRetrospectives"_s]
                       .toInt();
        };
        const int before = count();
        QCOMPARE(write(m_editor, "hidden"), 403);
        QCOMPARE(write(m_editor, "nowhere"), 403);
        const QByteArray two = made(u"reporter"_s, {u"open"_s, u"other"_s});
        QCOMPARE(write(two, {}), 403);
        QCOMPARE(count(), before);
        QCOMPARE(write(m_editor, {}), 201);
        QVERIFY(count() > before);
        QCOMPARE(m_client->get(checksPath + "?project=nowhere", bearer(m_admin)).data().toArray().size(), 0);
        const int ofProject = ask(m_editor, "/api/v1/analytics/dashboard?period=all")
                                  .data()[u"summary"_s][u"totalChecks"_s]
                                  .toInt() +
                              ask(m_editor, "/api/v1/analytics/dashboard?period=all")
                                  .data()[u"summary"_s][u"totalRetrospectives"_s]
                                  .toInt();
        QCOMPARE(ofProject, 2 + count() - before);
    }

    /// Else whoever works out what the server will call a run of another project could have it written
    /// theirs.
    void idThatTheServerGives_isNotTaken()
    {
        for (const char* id : {"run-0123", "file-0123"}) {
            const QByteArray check = fill(R"({"id": "%1", "status": "PASS"})", id);
            QCOMPARE(report(m_editor, check).status, 403);
            QCOMPARE(report(m_admin, check).status, 201);
        }
    }

    /// Else anybody could read what they know the id of.
    void idOfAnother_isTaken_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("one") << R"({"id": "ID", "status": "PASS"})"_ba;
        QTest::newRow("one of many") << R"([{"status": "PASS"}, {"id": "ID", "status": "PASS"}])"_ba;
    }

    void idOfAnother_isTaken()
    {
        QFETCH(QByteArray, body);
        const QByteArray own = R"({"id": "mine", "status": "PASS"})";
        QCOMPARE(report(m_editor, own).status, 201);
        QCOMPARE(report(m_editor, own).status, 200);
        body.replace("ID", m_hiddenCheck.toLatin1());
        const HttpResponse answer = report(m_editor, body);
        QCOMPARE(answer.status, 409);
        QVERIFY2(!answer.body.contains("hidden"), answer.body);
    }
};

PRISM_TEST(TestLimitedTokens)

} // namespace tst_limited_tokens

#include "tst_limited_tokens.moc"
