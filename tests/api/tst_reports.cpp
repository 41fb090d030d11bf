#include "tests/api/analytics_oracle.h"
#include "tests/api/mixture.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QMap>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace tst_reports {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray analytics = "/api/v1/analytics";

/// One check in one group, with the violations that are the group's own; or a retrospective.
struct Entry
{
    QJsonObject json;
    QJsonArray violations;
    bool isRetro = false;
};

QString rowKey(const QJsonObject& row, const QStringList& dimensions)
{
    QStringList key;
    for (const QString& dimension : dimensions)
        key.append(row[dimension].isNull() ? u"-"_s : row[dimension].toString());
    return key.join(u'|');
}

QJsonValue share(int part, int whole)
{
    return whole > 0 ? QJsonValue(std::round(double(part) / whole * 1e4) / 1e4) : QJsonValue();
}

/// The numbers of one group, from its entries.
QJsonObject numbersOf(const QList<Entry>& entries)
{
    int checks = 0, violations = 0, violating = 0, marked = 0, passed = 0, retros = 0;
    QList<double> times;
    double sum = 0;
    QSet<QString> users;
    for (const Entry& entry : entries) {
        users.insert(entry.json["user"_L1].toString());
        if (entry.isRetro) {
            ++retros;
            continue;
        }
        int own = 0;
        for (const auto& violation : entry.violations)
            ++(violation["falsePositive"_L1].toBool() ? marked : own);
        violations += own;
        violating += own > 0 ? 1 : 0;
        ++checks;
        passed += entry.json["status"_L1] == "PASS"_L1 ? 1 : 0;
        times.append(entry.json["duration"_L1].toDouble());
        sum += times.constLast();
    }
    users.remove(QString());
    std::sort(times.begin(), times.end());
    const auto rank = [&](double part) {
        return times.isEmpty() ? QJsonValue() : times[qsizetype(std::ceil(part * double(times.size()))) - 1];
    };
    return {{u"totalChecks"_s, checks},
            {u"violations"_s, violations},
            {u"violationRate"_s, share(violating, checks)},
            {u"falsePositiveRate"_s, share(marked, violations + marked)},
            {u"successRate"_s, share(passed, checks)},
            {u"activeUsers"_s, users.size()},
            {u"totalRetrospectives"_s, retros},
            {u"minCheckTime"_s, times.isEmpty() ? QJsonValue() : times.constFirst()},
            {u"maxCheckTime"_s, rank(1)},
            {u"p50CheckTime"_s, rank(0.5)},
            {u"p95CheckTime"_s, rank(0.95)},
            {u"avgCheckTime"_s, checks > 0 ? QJsonValue(sum / checks) : QJsonValue()}};
}

} // namespace

/// Reports, runs of records and the cache.
class TestReports : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer({u"--timezone"_s, u"Asia/Kolkata"_s});
        m_mixture = Mixture::make(600, 40);
        QVERIFY(m_mixture.post(*m_client));
    }

    void cleanupTestCase() { stopServer(); }

    void report_groupsWhatWasPosted_data()
    {
        QTest::addColumn<QStringList>("dimensions");
        QTest::newRow("user") << QStringList{u"user"_s};
        QTest::newRow("principle") << QStringList{u"principle"_s};
        QTest::newRow("severity and status") << QStringList{u"severity"_s, u"status"_s};
        QTest::newRow("principle and severity") << QStringList{u"principle"_s, u"severity"_s};
        QTest::newRow("day and project") << QStringList{u"day"_s, u"project"_s};
        QTest::newRow("week") << QStringList{u"week"_s};
        QTest::newRow("month and user") << QStringList{u"month"_s, u"user"_s};
    }

    void report_groupsWhatWasPosted()
    {
        QFETCH(const QStringList, dimensions);
        const QStringList metrics = numbersOf({}).keys();
        const QJsonValue data =
            m_client
                ->get(analytics + "/reports/custom?period=month&dimensions=" +
                      dimensions.join(u',').toLatin1() + "&metrics=" + metrics.join(u',').toLatin1())
                .data();
        const QMap<QString, QList<Entry>> groups = group(dimensions, {}, data);
        const QJsonArray rows = data["rows"_L1].toArray();
        QVERIFY(groups.size() > 1);
        QCOMPARE(rows.size(), groups.size());
        QCOMPARE(data["meta"_L1]["totalRecords"_L1].toInteger(), groups.size());
        for (const auto& each : rows) {
            const QString key = rowKey(each.toObject(), dimensions);
            QVERIFY2(groups.contains(key), qPrintable(key));
            const QString wrong = difference(numbersOf(groups[key]), each, key);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }

    /// A retrospective has no status and no severity.
    void report_withFilters_countsWhatPassesThem_data()
    {
        QTest::addColumn<QByteArray>("filters");
        QTest::addColumn<bool>("hasRetros");
        QTest::newRow("project") << R"({"project":["p1","p2"]})"_ba << true;
        QTest::newRow("status") << R"({"status":["PASS","WARNING","BLOCKED"]})"_ba << false;
        QTest::newRow("severity") << R"({"severity":["BLOCK"]})"_ba << false;
        QTest::newRow("project and status") << R"({"project":["p1","p2"],"status":["PASS"]})"_ba << false;
        QTest::newRow("all") << R"({"project":["p1","p2"],"status":["PASS"],"severity":["BLOCK"]})"_ba
                             << false;
    }

    void report_withFilters_countsWhatPassesThem()
    {
        QFETCH(const QByteArray, filters);
        QFETCH(const bool, hasRetros);
        const QJsonValue data = m_client
                                    ->get(analytics +
                                          "/reports/custom?period=month&dimensions=user&metrics="
                                          "totalChecks,violations,totalRetrospectives&filters=" +
                                          filters.toPercentEncoding())
                                    .data();
        const QJsonObject wanted = parseJson(filters.constData()).toObject();
        const QMap<QString, QList<Entry>> groups = group({u"user"_s}, wanted, data);
        QVERIFY(groups.size() > 1);
        QCOMPARE(data["rows"_L1].toArray().size(), groups.size());
        int retros = 0;
        for (const auto& row : data["rows"_L1].toArray()) {
            const QJsonObject expected = numbersOf(groups[rowKey(row.toObject(), {u"user"_s})]);
            QCOMPARE(row["totalChecks"_L1], expected[u"totalChecks"_s]);
            QCOMPARE(row["violations"_L1], expected[u"violations"_s]);
            QCOMPARE(row["totalRetrospectives"_L1], expected[u"totalRetrospectives"_s]);
            retros += row["totalRetrospectives"_L1].toInt();
        }
        QCOMPARE(retros > 0, hasRetros);
    }

    void report_byGroupBy_comesInItsOrder()
    {
        const QJsonArray rows = m_client
                                    ->get(analytics + "/reports/custom?dimensions=user&groupBy=status"
                                                      "&metrics=totalChecks")
                                    .data()["rows"_L1]
                                    .toArray();
        QString last;
        for (const auto& row : rows) {
            QVERIFY(row["status"_L1].isString() && row["user"_L1] != QJsonValue::Undefined);
            QVERIFY(row["status"_L1].toString() >= last);
            last = row["status"_L1].toString();
        }
        QCOMPARE(last, u"WARNING"_s);
    }

    void query_thatIsNotValid_namesFieldAndReason_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* path, const char* detail) {
            QTest::newRow(path) << QByteArray(path) << QString::fromLatin1(detail);
        };
        row("/reports/custom?metrics=violations", "dimensions: must name one at least");
        row("/reports/custom?dimensions=user&metrics=", "metrics: must name one at least");
        row("/reports/custom?dimensions=luck&metrics=violations", "dimensions: 'luck' must be one of");
        row("/reports/custom?dimensions=user&metrics=luck", "metrics: 'luck' must be one of");
        row("/reports/custom?dimensions=user&metrics=violations&groupBy=x", "groupBy: 'x' must be one of");
        row("/reports/custom?dimensions=user&metrics=violations&filters=x", "filters: must be a JSON object");
        row("/reports/custom?dimensions=user&metrics=violations&filters=%7B%22day%22:%22x%22%7D",
            "filters.day: is not known");
        row("/reports/custom?dimensions=user&metrics=violations&filters=%7B%22status%22:%22x%22%7D",
            "filters.status: must be one of PASS");
        row("/reports/custom?dimensions=user&metrics=violations&filters=%7B%22user%22:7%7D",
            "filters.user: must be a text");
        row("/export", "format: must be one of json, csv, excel");
        row("/export?format=pdf", "format: must be one of json, csv, excel");
        row("/export?format=csv&period=x", "period: must be one of");
    }

    void query_thatIsNotValid_namesFieldAndReason()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QString, detail);
        const HttpResponse response = m_client->get(analytics + path);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.details().startsWith(detail), qPrintable(response.details()));
    }

    void record_isRunByItsDefinition()
    {
        const HttpResponse created =
            m_client->post("/api/v1/analytics/records",
                           parseJson(R"({"type":"custom","name":"passes of p1","config":{"period":"month",
                          "metrics":["totalChecks","violations"],"filters":{"project":"p1","status":"PASS"}}})"));
        QCOMPARE(created.status, 201);
        const QByteArray path =
            analytics + "/records/" + created.data()["id"_L1].toString().toLatin1() + "/result";
        const QJsonValue data = m_client->get(path).data();
        const QJsonObject wanted{{u"project"_s, QJsonArray{u"p1"_s}}, {u"status"_s, QJsonArray{u"PASS"_s}}};
        const QJsonObject expected = numbersOf(group({}, wanted, data)[QString()]);
        QVERIFY(expected[u"totalChecks"_s].toInt() > 0);
        QCOMPARE(data["metrics"_L1], QJsonValue(QJsonObject{{u"totalChecks"_s, expected[u"totalChecks"_s]},
                                                            {u"violations"_s, expected[u"violations"_s]}}));
        QCOMPARE(data["period"_L1].toString(), u"month"_s);
    }

    void record_thatCannotBeRun_saysWhy()
    {
        const HttpResponse created = m_client->post(
            "/api/v1/analytics/records",
            parseJson(
                R"({"type":"custom","name":"odd","config":{"metrics":["luck"],"filters":{"moon":1}}})"));
        QCOMPARE(created.status, 201);
        const HttpResponse response = m_client->get(
            analytics + "/records/" + created.data()["id"_L1].toString().toLatin1() + "/result");
        QCOMPARE(response.status, 400);
        QVERIFY(response.details().contains("config.metrics: 'luck' must be one of"_L1));
        QVERIFY(response.details().contains("config.filters.moon: is not known"_L1));
        QCOMPARE(m_client->get(analytics + "/records/nothing/result").status, 404);
    }

    void cache_countsHitsAndMisses()
    {
        ServerProcess server({u"--timezone"_s, u"UTC"_s});
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        const auto stats = [&] { return client.get(analytics + "/cache/stats").data(); };
        QCOMPARE(stats()["hitRate"_L1], QJsonValue(QJsonValue::Null));
        QCOMPARE(client.get(analytics + "/dashboard?period=week").status, 200);
        QCOMPARE(stats()["misses"_L1].toInt(), 1);
        QCOMPARE(stats()["entries"_L1].toInt(), 1);
        QVERIFY(stats()["bytes"_L1].toInt() > 100);
        QCOMPARE(client.remove(analytics + "/cache").data()["cleared"_L1].toInt(), 1);
        QCOMPARE(stats()["entries"_L1].toInt(), 0);
        QCOMPARE(client.get(analytics + "/dashboard?period=week").status, 200);
        const int misses = stats()["misses"_L1].toInt();
        QCOMPARE(misses, 2);
        // A quarter of an hour may end in between, so one of these may miss too.
        for (int i = 0; i < 4; ++i)
            QCOMPARE(client.get(analytics + "/dashboard?period=week").status, 200);
        QCOMPARE(stats()["hits"_L1].toInt() + stats()["misses"_L1].toInt(), 6);
        QVERIFY(stats()["hits"_L1].toInt() >= 3);
    }

private:
    /// What was posted in the month before an answer, by the values of the dimensions.
    QMap<QString, QList<Entry>> group(const QStringList& dimensions, const QJsonObject& filters,
                                      const QJsonValue& data) const
    {
        const QJsonValue made = data["meta"_L1]["generatedAt"_L1].isString()
                                    ? data["meta"_L1]["generatedAt"_L1]
                                    : data["generatedAt"_L1];
        const QDate first = timeOf({{u"timestamp"_s, made}}).toTimeZone(m_zone).date().addDays(-29);
        const auto passes = [&](const QString& name, const QJsonValue& value) {
            return !filters.contains(name) || filters[name].toArray().contains(value);
        };
        QMap<QString, QList<Entry>> groups;
        const auto put = [&](const QJsonObject& json, const QJsonArray& violations, bool isRetro) {
            const QDate day = timeOf(json).toTimeZone(m_zone).date();
            QMap<QString, QJsonArray> parts;
            if (violations.isEmpty())
                parts[keyOf(dimensions, json, {}, day)] = {};
            for (const auto& violation : violations)
                parts[keyOf(dimensions, json, violation.toObject(), day)].append(violation);
            for (auto part = parts.begin(); part != parts.end(); ++part)
                groups[part.key()].append({json, part.value(), isRetro});
        };
        for (const QJsonObject& check : m_mixture.checks) {
            QJsonArray own;
            for (const auto& violation : check["violations"_L1].toArray()) {
                if (passes(u"severity"_s, violation["severity"_L1]))
                    own.append(violation);
            }
            const bool wanted = passes(u"project"_s, check["project"_L1]) &&
                                passes(u"status"_s, check["status"_L1]) &&
                                (!filters.contains("severity"_L1) || !own.isEmpty());
            if (wanted && timeOf(check).toTimeZone(m_zone).date() >= first)
                put(check, own, false);
        }
        for (const QJsonObject& retro : m_mixture.retros) {
            const bool isOfChecks = filters.contains("status"_L1) || filters.contains("severity"_L1);
            if (!isOfChecks && passes(u"project"_s, retro["project"_L1]) &&
                timeOf(retro).toTimeZone(m_zone).date() >= first)
                put(retro, {}, true);
        }
        return groups;
    }

    static QString keyOf(const QStringList& dimensions, const QJsonObject& json, const QJsonObject& violation,
                         QDate day)
    {
        QStringList key;
        for (const QString& dimension : dimensions) {
            QString value = json[dimension].toString();
            if (dimension == u"principle")
                value = violation["principleId"_L1].toString();
            else if (dimension == u"severity")
                value = violation["severity"_L1].toString();
            else if (dimension == u"day")
                value = day.toString(Qt::ISODate);
            else if (dimension == u"week")
                value = day.addDays(1 - day.dayOfWeek()).toString(Qt::ISODate);
            else if (dimension == u"month")
                value = day.toString(u"yyyy-MM"_s);
            key.append(value.isEmpty() ? u"-"_s : value);
        }
        return key.join(u'|');
    }

    const QTimeZone m_zone{"Asia/Kolkata"};
    Mixture m_mixture;
};

PRISM_TEST(TestReports)

} // namespace tst_reports

#include "tst_reports.moc"
