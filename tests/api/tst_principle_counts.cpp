#include "shared/protocol/timestamp.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QTest>

namespace tst_principle_counts {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";

QJsonObject violationOf(const QString& principle)
{
    return {{u"principleId"_s, principle}, {u"severity"_s, u"BLOCK"_s}};
}

QJsonObject checkAt(const QString& time, const QJsonArray& violations)
{
    return {{u"status"_s, u"BLOCKED"_s},
            {u"duration"_s, 5},
            {u"timestamp"_s, time},
            {u"violations"_s, violations}};
}

} // namespace

/// How often principles were violated, whatever somebody else sends, on a real server.
class TestPrincipleCounts : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }
    void cleanup() { stopServer(); }

    void junk_hidesNobody_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<QByteArray>("path");
        const QString now = prism::protocol::toIso(prism::protocol::now());
        QTest::newRow("in the same quarter") << now << checks;
        QTest::newRow("in 1970") << u"1970-01-01T00:00:00Z"_s << checks + "?imported=true";
    }

    /// Thousands of principles that nobody has, with ids as long as they may be, and then one that counts.
    void junk_hidesNobody()
    {
        QFETCH(const QString, time);
        QFETCH(const QByteArray, path);
        for (int request = 0; request < 6; ++request)
            QCOMPARE(m_client->post(path, QJsonValue(junk(time, request))).status, 201);
        postHonest();
        expectHonestFirst();
        QVERIFY(m_server->restart());
        reconnect();
        expectHonestFirst();
        m_server->kill9();
        QVERIFY(m_server->restart());
        reconnect();
        postHonest();
        const QJsonArray top = topOf("all");
        QCOMPARE(top[0]["count"_L1].toInt(), 1'000);
    }

    void mark_leavesTheCountAtOnce()
    {
        postHonest();
        const QString id = m_client->get(checks + "?limit=1").data()[0]["id"_L1].toString();
        for (int i = 0; i < 100; ++i) {
            const HttpResponse marked =
                m_client->send("PATCH", checks + '/' + id.toLatin1() + "/violations/" + QByteArray::number(i),
                               {{"Content-Type", "application/json"}}, R"({"falsePositive":true})");
            QCOMPARE(marked.status, 200);
            if (i % 25 == 0)
                QCOMPARE(topOf("today")[0]["count"_L1].toInt(), 500 - i - 1);
        }
        QCOMPARE(topOf("all")[0]["count"_L1].toInt(), 400);
    }

private:
    void reconnect() { m_client = std::make_unique<RestClient>(m_server->httpUrl()); }

    static QJsonArray junk(const QString& time, int request)
    {
        QJsonArray all;
        for (int i = 0; i < 20; ++i) {
            QJsonArray violations;
            for (int k = 0; k < 100; ++k)
                violations.append(
                    violationOf(u"junk-%1-%2"_s.arg(request).arg(100 * i + k).leftJustified(100, u'x')));
            all.append(checkAt(time, violations));
        }
        return all;
    }

    void postHonest()
    {
        QJsonArray all;
        for (int i = 0; i < 5; ++i) {
            QJsonArray violations;
            for (int k = 0; k < 100; ++k)
                violations.append(violationOf(u"no-secrets"_s));
            all.append(checkAt(prism::protocol::toIso(prism::protocol::now()), violations));
        }
        QCOMPARE(m_client->post(checks, QJsonValue(all)).status, 201);
    }

    QJsonArray topOf(const QByteArray& period)
    {
        return m_client->get("/api/v1/analytics/dashboard?period=" + period)
            .data()["topViolations"_L1]
            .toArray();
    }

    void expectHonestFirst()
    {
        const QJsonArray all = topOf("all");
        QCOMPARE(all.size(), 10);
        QCOMPARE(all[0]["id"_L1].toString(), u"no-secrets"_s);
        QCOMPARE(all[0]["count"_L1].toInt(), 500);
        // The others have one each, and the smallest ids of them are shown.
        for (int i = 1; i < 10; ++i)
            QCOMPARE(all[i]["count"_L1].toInt(), 1);
        QVERIFY(all[1]["id"_L1].toString().startsWith("junk-0-0x"_L1));
    }
};

PRISM_TEST(TestPrincipleCounts)

} // namespace tst_principle_counts

#include "tst_principle_counts.moc"
