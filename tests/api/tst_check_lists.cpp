#include "tests/api/checks_test.h"
#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_check_lists {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// Reading results of quality gates back.
class TestCheckLists : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void get_ofAnAbsentOne_isNotFound()
    {
        const HttpResponse response = m_client->get(checks + "/nothing");
        QCOMPARE(response.status, 404);
        QCOMPARE(response.error(), u"ERR_3001"_s);
    }

    void get_findsIdsThatNeedEscaping()
    {
        QCOMPARE(
            m_client
                ->post(checks,
                       QJsonObject{{u"id"_s, u"a b?#%é"_s}, {u"status"_s, u"PASS"_s}, {u"duration"_s, 1}})
                .status,
            201);
        QCOMPARE(m_client->get(checks + "/a%20b%3F%23%25%C3%A9").status, 200);
        QCOMPARE(m_client->post(checks, parseJson(R"({"id":"a/b","status":"PASS","duration":1})")).status,
                 201);
        QCOMPARE(m_client->get(checks + "/a%2Fb").data()["id"_L1], QJsonValue(u"a/b"_s));
    }

    void list_filters()
    {
        postMany();
        const auto list = [this](const QByteArray& query) {
            return idsOf(m_client->get(checks + "?limit=100&" + query));
        };
        QCOMPARE(list("").size(), 60);
        QCOMPARE(list("").first(), u"c59"_s);
        QCOMPARE(list("status=BLOCKED").size(), 20);
        QCOMPARE(list("status=BLOCKED").first(), u"c59"_s);
        QCOMPARE(list("project=web").size(), 30);
        QCOMPARE(list("user=ann").size(), 15);
        QCOMPARE(list("principle=P1").size(), 20);
        QCOMPARE(list("principle=P9").size(), 0);
        QCOMPARE(list("user=ann&project=web&status=PASS").size(), 5);
        // From is inclusive, to is not.
        QCOMPARE(list("from=2026-01-01T00:10:00.000Z&to=2026-01-01T00:13:00.000Z"),
                 (QStringList{u"c12"_s, u"c11"_s, u"c10"_s}));
        QCOMPARE(list("from=2026-01-01T01:57:00%2B01:00").size(), 3);
        QCOMPARE(list("project=%27%20OR%201%3D1").size(), 0);
    }

    void list_withAValueThatMakesNoSense_isRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("status") << "status=FINE"_ba;
        QTest::newRow("from") << "from=yesterday"_ba;
        QTest::newRow("to") << "to=2026-01-01"_ba;
        QTest::newRow("limit") << "limit=0"_ba;
        QTest::newRow("cursor") << "cursor=nonsense"_ba;
    }

    void list_withAValueThatMakesNoSense_isRefused()
    {
        QFETCH(const QByteArray, query);
        const HttpResponse response = m_client->get(checks + '?' + query);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.details().startsWith(QString::fromLatin1(query.left(query.indexOf('=')))),
                 response.summary().constData());
    }

    void list_byCursor_seesEachOnce()
    {
        postMany();
        QStringList expected;
        for (int i = 59; i >= 0; --i)
            expected.append(u"c%1"_s.arg(i));
        QStringList seen;
        QByteArray cursor;
        int pages = 0;
        do {
            const HttpResponse page =
                m_client->get(checks + "?limit=7" + (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            QCOMPARE(page.status, 200);
            seen += idsOf(page);
            cursor = nextCursor(page);
            // What arrives meanwhile, newer than all, is not in the pages still to come.
            QCOMPARE(m_client->post(checks, parseJson(R"({"status":"PASS","duration":1})")).status, 201);
        } while (!cursor.isEmpty() && ++pages < 20);
        QCOMPARE(seen, expected);
    }

    void list_byCursor_tellsEqualTimesApart()
    {
        QJsonArray body;
        for (int i = 0; i < 10; ++i)
            body.append(QJsonObject{{u"id"_s, u"t%1"_s.arg(i)},
                                    {u"status"_s, u"PASS"_s},
                                    {u"duration"_s, 1},
                                    {u"timestamp"_s, u"2026-01-01T00:00:00.000Z"_s}});
        QCOMPARE(m_client->post(imported, QJsonValue(body)).status, 201);
        QSet<QString> seen;
        QByteArray cursor;
        for (int page = 0; page < 5; ++page) {
            const HttpResponse response =
                m_client->get(checks + "?limit=2" + (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            for (const QString& id : idsOf(response))
                seen.insert(id);
            cursor = nextCursor(response);
        }
        QCOMPARE(seen.size(), 10);
        QVERIFY(cursor.isEmpty());
    }

private:
    /// c0 to c59, a minute apart, told in an order that is not that of their times.
    void postMany()
    {
        QJsonArray body;
        const QStringList statuses{u"PASS"_s, u"WARNING"_s, u"BLOCKED"_s};
        const QStringList users{u"ann"_s, u"bob"_s, u"cid"_s, QString()};
        for (int k = 0; k < 60; ++k) {
            const int i = (k * 7) % 60;
            QJsonObject check{{u"id"_s, u"c%1"_s.arg(i)},
                              {u"status"_s, statuses[i % 3]},
                              {u"duration"_s, i},
                              {u"timestamp"_s, u"2026-01-01T00:%1:00.000Z"_s.arg(i, 2, 10, QLatin1Char('0'))},
                              {u"project"_s, i % 2 ? u"api"_s : u"web"_s},
                              {u"user"_s, users[i % 4]}};
            if (i % 3 == 2)
                check.insert(
                    u"violations"_s,
                    QJsonArray{QJsonObject{{u"principleId"_s, u"P1"_s}, {u"severity"_s, u"BLOCK"_s}},
                               QJsonObject{{u"principleId"_s, u"P1"_s}, {u"severity"_s, u"INFO"_s}}});
            body.append(check);
        }
        QCOMPARE(m_client->post(imported, QJsonValue(body)).status, 201);
    }
};

PRISM_TEST(TestCheckLists)

} // namespace tst_check_lists

#include "tst_check_lists.moc"
