#include "tests/api/analytics_oracle.h"
#include "tests/api/mixture.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_projects {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";

} // namespace

/// The numbers of projects, and of sets of them, against a slow computation from what was posted.
class TestProjects : public ServerTest
{
    Q_OBJECT

private slots:
    void cleanup() { stopServer(); }

    void numbers_areThoseOfTheProjectsAlone()
    {
        startServer({u"--timezone"_s, u"America/New_York"_s});
        const Mixture mixture = Mixture::make(600, 60);
        QVERIFY(mixture.post(*m_client));
        const QList<QStringList> sets{
            {}, {u"p1"_s}, {u"p2"_s, u"p3"_s}, {u"p1"_s, u"p2"_s, u"p3"_s}, {u"never"_s}};
        for (const QStringList& set : sets) {
            for (const QString& period : {u"today"_s, u"week"_s, u"month"_s, u"year"_s, u"all"_s})
                expect(mixture, set, period);
        }
    }

    void tagAndCache_knowTheProjects()
    {
        startServer();
        post(u"web"_s);
        const QByteArray path = analytics + "/dashboard?period=all";
        const HttpResponse web = m_client->get(path + "&project=web");
        QCOMPARE(m_client->get(path + "&project=web", {{"If-None-Match", web.header("ETag")}}).status, 304);
        const HttpResponse other =
            m_client->get(path + "&project=other", {{"If-None-Match", web.header("ETag")}});
        QCOMPARE(other.status, 200);
        QCOMPARE(checksIn(other), 0);
        QCOMPARE(m_client->get(path, {{"If-None-Match", web.header("ETag")}}).status, 200);
        QCOMPARE(checksIn(m_client->get(path + "&project=web&project=other")), 1);
        QCOMPARE(m_client->get(path + "&project=other&project=web").header("ETag"),
                 m_client->get(path + "&project=web&project=other&project=web").header("ETag"));
    }

    void everyAcknowledgedWrite_isInTheNextAnswer()
    {
        startServer();
        for (int i = 1; i <= 150; ++i) { // past what waits to be folded
            post(i % 3 ? u"web"_s : u"api"_s);
            QCOMPARE(checksIn(m_client->get(analytics + "/dashboard?period=week&project=web")), i - i / 3);
            QCOMPARE(checksIn(m_client->get(analytics + "/dashboard?period=week&project=web&project=api")),
                     i);
        }
    }

    void otherEndpoints_countTheProjectAlone()
    {
        startServer();
        post(u"web"_s);
        post(u"web"_s);
        post(u"api"_s);
        const auto data = [this](const QByteArray& path) { return m_client->get(analytics + path).data(); };
        const auto points = data("/trends/checks?period=week&project=web")["points"_L1].toArray();
        double sum = 0;
        for (const auto& point : points)
            sum += point["value"_L1].toDouble();
        QCOMPARE(sum, 2.0);
        const auto rows =
            data("/reports/custom?dimensions=project&metrics=totalChecks&project=web")["rows"_L1];
        QCOMPARE(rows.toArray().size(), 1);
        QCOMPARE(m_client->get(analytics + "/export?format=csv&period=week&project=web").status, 200);
        QCOMPARE(m_client
                     ->get(analytics +
                           "/compare?baselinePeriod=week&currentPeriod=week&metrics=checks&project=web")
                     .status,
                 200);
        QCOMPARE(m_client->get(analytics + "/forecast?metric=checks&project=web").status, 200);
        QCOMPARE(m_client->get(analytics + "/anomalies?project=web").status, 200);
    }

    void tooManyProjects_areRefused()
    {
        startServer({u"--max-projects"_s, u"2"_s});
        const HttpResponse refused = m_client->get(analytics + "/dashboard?project=a&project=b&project=c");
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.details().startsWith(u"project: "));
        QCOMPARE(m_client->get(analytics + "/dashboard?project=a&project=b&project=a&project=").status, 200);
        QCOMPARE(m_client->get(analytics + "/usage?project=" + QByteArray(101, 'x')).status, 400);
    }

private:
    static int checksIn(const HttpResponse& dashboard)
    {
        return dashboard.data()["summary"_L1]["totalChecks"_L1].toInt(-1);
    }

    void post(const QString& project)
    {
        const QJsonObject check{{u"status"_s, u"PASS"_s}, {u"duration"_s, 3}, {u"project"_s, project}};
        QCOMPARE(m_client->post("/api/v1/gateway/checks", QJsonValue(check)).status, 201);
    }

    /// A principle that nobody gave a name is called by its id.
    static QJsonObject named(QJsonObject check)
    {
        QJsonArray violations;
        const QJsonArray given = check[u"violations"_s].toArray();
        for (const auto& each : given) {
            QJsonObject violation = each.toObject();
            violation[u"principleName"_s] = violation[u"principleId"_s];
            violations.append(violation);
        }
        check[u"violations"_s] = violations;
        return check;
    }

    void expect(const Mixture& mixture, const QStringList& set, const QString& period)
    {
        AnalyticsOracle oracle{QTimeZone("America/New_York")};
        const auto isIn = [&set](const QJsonObject& entry) {
            return set.isEmpty() || set.contains(entry[u"project"_s].toString());
        };
        for (const QJsonObject& check : mixture.checks) {
            if (isIn(check))
                oracle.addCheck(named(check));
        }
        for (const QJsonObject& retro : mixture.retros) {
            if (isIn(retro))
                oracle.addRetro(retro);
        }
        QByteArray query = "?period=" + period.toLatin1();
        for (const QString& project : set)
            query += "&project=" + project.toLatin1();
        const HttpResponse response = m_client->get(analytics + "/dashboard" + query);
        QCOMPARE(response.status, 200);
        const QJsonValue data = response.data();
        const QDateTime now = QDateTime::fromString(data["generatedAt"_L1].toString(), Qt::ISODateWithMs);
        const QJsonObject expected{{u"summary"_s, oracle.summary(period, now)},
                                   {u"changes"_s, oracle.changes(period, now)},
                                   {u"quality"_s, oracle.quality(period, now)},
                                   {u"usage"_s, oracle.usage(period, now)},
                                   {u"performance"_s, oracle.performance(period, now)}};
        QString wrong = difference(expected, data, set.join(u"+"_s) + u' ' + period);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        wrong = difference(oracle.usage(period, now), m_client->get(analytics + "/usage" + query).data());
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

PRISM_TEST(TestProjects)

} // namespace tst_projects

#include "tst_projects.moc"
