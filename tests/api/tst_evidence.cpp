#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_evidence {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray analytics = "/api/v1/analytics";

QJsonArray violationsOf(int count, const QString& severity)
{
    QJsonArray list;
    for (int i = 0; i < count; ++i)
        list.append(QJsonObject{{u"principleId"_s, u"P%1"_s.arg(i)},
                                {u"severity"_s, severity},
                                {u"file"_s, u"src/%1.cpp"_s.arg(i)},
                                {u"line"_s, i + 1}});
    return list;
}

QJsonArray joined(QJsonArray list, const QJsonArray& more)
{
    for (const auto& each : more)
        list.append(each);
    return list;
}

QJsonObject checkOf(const QString& id, const QJsonArray& violations)
{
    return {{u"id"_s, id}, {u"status"_s, u"WARNING"_s}, {u"violations"_s, violations}};
}

QJsonObject countsOf(int block, int warning, int info, int falsePositive)
{
    return {
        {u"block"_s, block}, {u"warning"_s, warning}, {u"info"_s, info}, {u"falsePositive"_s, falsePositive}};
}

} // namespace

/// What a check ran on, and where its violations are: stored, given back, counted and told of in few words.
class TestEvidence : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void everyField_isKeptAcrossARestart()
    {
        const QJsonObject check = parseJson(R"({"id":"full","status":"BLOCKED","duration":12.75,"user":"ann",
            "session":"s","project":"shop","gate":"unit tests","branch":"feature/ü","commit":"3a69c8a",
            "url":"https:\/\/ci.example/7","origin":"agent","violations":[{"principleId":"P","principleName":"N",
            "severity":"BLOCK","message":"m","pattern":"p.","file":"src/a b.cpp","line":2147483647,"column":7,
            "url":"https:\/\/rules.example/P","fingerprint":"f00","falsePositive":false}],
            "counts":{"block":1,"warning":0,"info":0,"falsePositive":0}})")
                                      .toObject();
        const HttpResponse stored = m_client->post(checks, check);
        QCOMPARE(stored.status, 201);
        QJsonObject expected = check;
        expected.insert(u"timestamp"_s, stored.data()["timestamp"_L1]);
        QCOMPARE(stored.data().toObject(), expected);
        QCOMPARE(m_client->post(checks, check).data().toObject(), expected); // sent again
        restart();
        QCOMPARE(m_client->get(checks + "/full").data().toObject(), expected);
        QCOMPARE(m_client->get(checks).data().toArray(), QJsonArray{expected});
    }

    void unknownDuration_isInNoMeanAndNoPercentile()
    {
        for (const char* body : {R"({"status":"PASS"})", R"({"status":"PASS","duration":null})",
                                 R"({"status":"PASS","duration":100,"gate":"a","branch":"main"})",
                                 R"({"status":"PASS","duration":0,"gate":"a"})"})
            QCOMPARE(m_client->post(checks, parseJson(body)).status, 201);
        const auto numbers = [this] {
            const QJsonValue dashboard = m_client->get(analytics + "/dashboard?period=today").data();
            return QJsonObject{{u"checks"_s, dashboard["summary"_L1]["totalChecks"_L1]},
                               {u"mean"_s, dashboard["summary"_L1]["avgCheckTime"_L1]},
                               {u"p50"_s, dashboard["performance"_L1]["p50CheckTime"_L1]},
                               {u"min"_s, dashboard["performance"_L1]["minCheckTime"_L1]}};
        };
        const QJsonObject expected{{u"checks"_s, 4}, {u"mean"_s, 50}, {u"p50"_s, 0}, {u"min"_s, 0}};
        QCOMPARE(numbers(), expected);
        restart(); // from what is stored
        QCOMPARE(numbers(), expected);
        QJsonObject rows;
        const QJsonArray report = m_client
                                      ->get(analytics + "/reports/"
                                                        "custom?period=today&dimensions=gate,branch&metrics="
                                                        "totalChecks,avgCheckTime,p95CheckTime")
                                      .data()["rows"_L1]
                                      .toArray();
        for (const auto& row : report)
            rows.insert(row["gate"_L1].toString() + u'/' + row["branch"_L1].toString(),
                        QJsonArray{row["totalChecks"_L1], row["avgCheckTime"_L1], row["p95CheckTime"_L1]});
        QCOMPARE(rows, (QJsonObject{{u"/"_s, QJsonArray{2, QJsonValue(), QJsonValue()}},
                                    {u"a/"_s, QJsonArray{1, 0, 0}},
                                    {u"a/main"_s, QJsonArray{1, 100, 100}}}));
        QCOMPARE(m_client->get(checks + "?limit=100").data().toArray().at(3)["duration"_L1].isUndefined(),
                 true);
    }

    /// Lists, events and answers to writes have few, whatever the check has.
    void manyViolations_areToldOfInFewWords()
    {
        const auto before = position(*m_client);
        const HttpResponse stored = m_client->post(
            checks, checkOf(u"many"_s, joined(violationsOf(300, u"INFO"_s), violationsOf(2, u"BLOCK"_s))));
        QCOMPARE(stored.status, 201);
        const QJsonObject told = stored.data().toObject();
        QCOMPARE(told["violations"_L1].toArray().size(), 20);
        QCOMPARE(told["violations"_L1][0]["severity"_L1].toString(), u"BLOCK"_s);
        QCOMPARE(told["violations"_L1][2]["severity"_L1].toString(), u"INFO"_s);
        QCOMPARE(told["counts"_L1].toObject(), countsOf(2, 0, 300, 0));
        QCOMPARE(m_client->get(checks).data().toArray(), QJsonArray{told});
        QCOMPARE(eventsSince(*m_client, before)[0]["data"_L1].toObject(), told);
        const QJsonObject whole = m_client->get(checks + "/many").data().toObject();
        QCOMPARE(whole["violations"_L1].toArray().size(), 302);
        QCOMPARE(whole["counts"_L1], told["counts"_L1]);
        QCOMPARE(pagesOf("many", "?limit=77"), whole["violations"_L1].toArray());
    }

    void pagesOfViolations_endByTheirSize()
    {
        QJsonArray violations;
        for (int i = 0; i < 700; ++i)
            violations.append(QJsonObject{{u"principleId"_s, u"P"_s},
                                          {u"severity"_s, u"INFO"_s},
                                          {u"message"_s, u'x' + QString(1'998, QChar(1)) + u'x'}});
        const QByteArray body = toBytes(checkOf(u"large"_s, violations));
        QCOMPARE(m_client->post(checks, body).status, 201);
        const HttpResponse page = m_client->get(checks + "/large/violations?limit=100");
        QVERIFY(page.body.size() <= 1024 * 1024 + 1024);
        QVERIFY(page.data().toArray().size() < 100);
        QCOMPARE(pagesOf("large", "?limit=100").size(), 700);

        const HttpResponse whole = m_client->get(checks + "/large"); // and it ends like a list
        QVERIFY(whole.body.size() <= 1024 * 1024 + 1024);
        QVERIFY(whole.body.size() > 1024 * 1024 - 20 * 1024);
        QCOMPARE(whole.data()["counts"_L1].toObject(), countsOf(0, 0, 700, 0));
        const QByteArray cursor = whole.data()["violationsCursor"_L1].toString().toLatin1();
        QCOMPARE(joined(whole.data()["violations"_L1].toArray(), pagesOf("large", "?limit=100", cursor)),
                 pagesOf("large", "?limit=100"));
    }

    void listOfViolations_ofWhatIsNotThere_isRefused()
    {
        QCOMPARE(m_client->get(checks + "/none/violations").status, 404);
        QCOMPARE(m_client->post(checks, checkOf(u"one"_s, violationsOf(1, u"INFO"_s))).status, 201);
        for (const char* cursor : {"x", "-1", "1.5", "99999999999999999999"})
            QCOMPARE(m_client->get(checks + "/one/violations?cursor=" + cursor).status, 400);
        QCOMPARE(m_client->get(checks + "/one/violations?cursor=7").data().toArray(), QJsonArray());
    }

    void moreThanAreKept_areAllCounted()
    {
        const HttpResponse stored = m_client->post(
            checks,
            checkOf(u"huge"_s, joined(violationsOf(25'100, u"WARNING"_s), violationsOf(1, u"BLOCK"_s))));
        QVERIFY2(stored.status == 201, stored.summary().constData());
        QCOMPARE(stored.data()["note"_L1].toString(), u"Of 25101 violations the gravest 25000 are kept."_s);
        const QJsonObject whole = m_client->get(checks + "/huge").data().toObject();
        const QByteArray cursor = whole["violationsCursor"_L1].toString().toLatin1();
        QCOMPARE(whole["violations"_L1].toArray().size() + pagesOf("huge", "?limit=100", cursor).size(),
                 25'000);
        QCOMPARE(whole["counts"_L1].toObject(), countsOf(1, 25'100, 0, 0));
        const auto counted = [this] {
            return m_client->get(analytics + "/dashboard?period=today")
                .data()["summary"_L1]["violations"_L1]
                .toInt();
        };
        const auto reported = [this](const QByteArray& query) {
            const QJsonValue report = m_client
                                          ->get(analytics +
                                                "/reports/custom?period=today&metrics=violations,"
                                                "falsePositiveRate&" +
                                                query)
                                          .data();
            QStringList rows;
            for (const auto& row : report["rows"_L1].toArray())
                rows << row["severity"_L1].toString() + u' ' + row["principle"_L1].toString() + u' ' +
                            QString::number(row["violations"_L1].toInt());
            return rows;
        };
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(counted(), 25'101);
            QCOMPARE(reported("dimensions=status"), QStringList{u"  25101"_s});
            QCOMPARE(reported("dimensions=severity"), (QStringList{u"BLOCK  1"_s, u"WARNING  25100"_s}));
            const QByteArray known =
                "dimensions=principle&filters=" + QByteArray("{\"principle\":\"P7\"}").toPercentEncoding();
            QCOMPARE(reported(known), QStringList{u" P7 1"_s});
            if (i == 0)
                restart();
        }
    }

    /// And it is known in which group they would be.
    void whatIsNotKept_isReportedWithoutItsPrinciple()
    {
        QJsonArray violations = violationsOf(25'003, u"WARNING"_s);
        for (qsizetype i = 0; i < violations.size(); ++i) {
            QJsonObject each = violations[i].toObject();
            each.insert(u"principleId"_s, u"P"_s);
            each.insert(u"falsePositive"_s, i > 24'990);
            violations[i] = each;
        }
        QCOMPARE(m_client->post(checks, checkOf(u"huge"_s, violations)).status, 201);
        QJsonArray rows = m_client
                              ->get(analytics + "/reports/custom?period=today&metrics=violations,"
                                                "falsePositiveRate,totalChecks&dimensions=principle")
                              .data()["rows"_L1]
                              .toArray();
        QCOMPARE(rows.size(), 2);
        const QJsonObject unknown = rows[0].toObject();
        QVERIFY(unknown["principle"_L1].isNull());
        QCOMPARE(unknown["violations"_L1].toInt(), 0);
        QCOMPARE(unknown["falsePositiveRate"_L1].toInt(), 1); // the three that count last
        QCOMPARE(rows[1]["violations"_L1].toInt(), 24'991);
    }

    /// The one that is marked need not be among those that are listed.
    void mark_isFollowedByTheCounts()
    {
        QCOMPARE(m_client->post(checks, checkOf(u"m"_s, violationsOf(40, u"WARNING"_s))).status, 201);
        const auto mark = [this](bool falsePositive) {
            return patch("/m/violations/30", QJsonObject{{u"falsePositive"_s, falsePositive}});
        };
        const auto topCount = [this](const QString& principle) {
            const QJsonArray top =
                m_client->get(analytics + "/quality?period=today").data()["topViolations"_L1].toArray();
            for (const auto& each : top) {
                if (each["principleId"_L1].toString() == principle || each["id"_L1].toString() == principle)
                    return each["count"_L1].toInt();
            }
            return 0;
        };
        const auto before = position(*m_client);
        const HttpResponse marked = mark(true);
        QVERIFY2(marked.status == 200, marked.summary().constData());
        QCOMPARE(marked.data()["counts"_L1].toObject(), countsOf(0, 39, 0, 1));
        QCOMPARE(marked.data()["violations"_L1].toArray().size(), 20);
        QCOMPARE(eventsSince(*m_client, before)[0]["data"_L1]["check"_L1].toObject(),
                 marked.data().toObject());
        const QJsonObject whole = m_client->get(checks + "/m").data().toObject();
        QCOMPARE(whole["violations"_L1][30]["falsePositive"_L1].toBool(), true);
        QCOMPARE(whole["counts"_L1].toObject(), countsOf(0, 39, 0, 1));
        QCOMPARE(topCount(u"P30"_s), 0);
        QCOMPARE(mark(false).data()["counts"_L1].toObject(), countsOf(0, 40, 0, 0));
        QCOMPARE(patch("/m/violations/40", QJsonObject{{u"falsePositive"_s, true}}).status, 404);
    }

    void verdict_saysWhatItWasAskedFor()
    {
        const QJsonObject asked =
            parseJson(R"({"intent":"rm -rf /","project":"shop","gate":"hook","branch":"main",
            "commit":"3a69c8a","url":"https:\/\/ci.example/7","origin":"agent"})")
                .toObject();
        const HttpResponse judged = m_client->post("/api/v1/gateway/check", asked);
        QVERIFY2(judged.status == 201, judged.summary().constData());
        const QJsonObject kept =
            m_client->get(checks + '/' + judged.data()["id"_L1].toString().toLatin1()).data().toObject();
        for (const QString& field : asked.keys()) {
            if (field != u"intent"_s)
                QCOMPARE(kept[field], asked[field]);
        }
        const HttpResponse refused = m_client->post(
            "/api/v1/gateway/check", QJsonObject{{u"intent"_s, u"x"_s}, {u"origin"_s, u"moon"_s}});
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.details(), u"origin: must be one of ci, local, agent"_s);
    }

private:
    /// On the same data.
    void restart()
    {
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
    }

    HttpResponse patch(const QByteArray& path, const QJsonObject& body)
    {
        return m_client->send("PATCH", checks + path, {{"Content-Type", "application/json"}}, toBytes(body));
    }

    /// From the cursor on.
    QJsonArray pagesOf(const QByteArray& id, const QByteArray& query, QByteArray cursor = {})
    {
        QJsonArray all;
        do {
            const HttpResponse page = m_client->get(checks + '/' + id + "/violations" + query +
                                                    (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            all = joined(all, page.data().toArray());
            cursor = nextCursor(page);
        } while (!cursor.isEmpty());
        return all;
    }
};

PRISM_TEST(TestEvidence)

} // namespace tst_evidence

#include "tst_evidence.moc"
