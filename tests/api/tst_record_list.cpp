#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_record_list {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QStringList namesOf(const HttpResponse& response)
{
    QStringList names;
    for (const auto& record : response.data().toArray())
        names.append(record["name"_L1].toString());
    return names;
}

} // namespace

/// Pages, orders and filters of the list of records.
class TestRecordList : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer();
        const QStringList types{u"custom"_s, u"scheduled"_s, u"adhoc"_s};
        for (int i = 0; i < 125; ++i) {
            const QString name = u"Record %1"_s.arg(i, 3, 10, QLatin1Char('0'));
            QJsonObject body{{u"type"_s, types[i % 3]}, {u"name"_s, name}};
            if (i % 25 == 0)
                body.insert(u"description"_s, u"every 25th, 100% of _them_"_s);
            const HttpResponse response = m_client->post(records, QJsonValue(body));
            QCOMPARE(response.status, 201);
            m_names.append(name);
        }
    }

    void cleanupTestCase() { stopServer(); }

    void page_hasTheNewestFirst_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("page");
        QTest::addColumn<int>("limit");
        QTest::newRow("default") << ""_ba << 1 << 20;
        QTest::newRow("second") << "?page=2"_ba << 2 << 20;
        QTest::newRow("last, short") << "?page=7"_ba << 7 << 20;
        QTest::newRow("beyond the last") << "?page=8"_ba << 8 << 20;
        QTest::newRow("limit") << "?limit=7&page=3"_ba << 3 << 7;
        QTest::newRow("one each") << "?limit=1&page=125"_ba << 125 << 1;
        QTest::newRow("limit is lowered") << "?limit=500"_ba << 1 << 100;
        QTest::newRow("limit is lowered, second page") << "?limit=101&page=2"_ba << 2 << 100;
        QTest::newRow("unknown order falls back") << "?sortBy=colour&sortOrder=sideways"_ba << 1 << 20;
        QTest::newRow("unknown type falls back") << "?type=weird"_ba << 1 << 20;
        QTest::newRow("unknown parameter") << "?colour=red"_ba << 1 << 20;
    }

    void page_hasTheNewestFirst()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const int, page);
        QFETCH(const int, limit);
        const HttpResponse response = m_client->get(records + query);
        QCOMPARE(response.status, 200);
        QStringList expected = m_names;
        std::reverse(expected.begin(), expected.end());
        QCOMPARE(namesOf(response), expected.mid((page - 1) * limit, limit));
        const QJsonObject pagination = response.meta()["pagination"_L1].toObject();
        QCOMPARE(pagination["page"_L1].toInt(), page);
        QCOMPARE(pagination["limit"_L1].toInt(), limit);
        QCOMPARE(pagination["total"_L1].toInt(), 125);
        QCOMPARE(pagination["totalPages"_L1].toInt(), (125 + limit - 1) / limit);
    }

    void query_thatMakesNoSense_isRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("page 0") << "page=0"_ba;
        QTest::newRow("page -1") << "page=-1"_ba;
        QTest::newRow("page is a word") << "page=first"_ba;
        QTest::newRow("page is beyond counting") << "page=99999999999999999999"_ba;
        QTest::newRow("limit 0") << "limit=0"_ba;
        QTest::newRow("limit -5") << "limit=-5"_ba;
        QTest::newRow("limit is a word") << "limit=many"_ba;
    }

    void query_thatMakesNoSense_isRefused()
    {
        QFETCH(const QByteArray, query);
        const HttpResponse response = m_client->get(records + '?' + query);
        QCOMPARE(response.status, 400);
        QCOMPARE(response.error(), u"ERR_1001"_s);
        const QString parameter = QString::fromLatin1(query.left(query.indexOf('=')));
        QVERIFY2(response.details().startsWith(parameter), response.summary().constData());
    }

    void order_isTheOneAskedFor_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("ascending");
        QTest::newRow("name asc") << "sortBy=name&sortOrder=asc"_ba << true;
        QTest::newRow("name desc") << "sortBy=name&sortOrder=desc"_ba << false;
        QTest::newRow("createdAt asc") << "sortBy=createdAt&sortOrder=asc"_ba << true;
        QTest::newRow("createdAt desc") << "sortBy=createdAt&sortOrder=desc"_ba << false;
        QTest::newRow("updatedAt asc") << "sortBy=updatedAt&sortOrder=asc"_ba << true;
        QTest::newRow("updatedAt desc") << "sortBy=updatedAt&sortOrder=desc"_ba << false;
    }

    void order_isTheOneAskedFor()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const bool, ascending);
        QStringList expected = m_names;
        if (!ascending)
            std::reverse(expected.begin(), expected.end());
        QStringList all;
        for (int page = 1; page <= 3; ++page)
            all +=
                namesOf(m_client->get(records + "?limit=50&page=" + QByteArray::number(page) + '&' + query));
        QCOMPARE(all, expected);
    }

    void type_filtersAndCounts()
    {
        const HttpResponse response = m_client->get(records + "?type=adhoc&limit=100");
        QCOMPARE(namesOf(response).size(), 41);
        QCOMPARE(response.meta()["pagination"_L1]["total"_L1].toInt(), 41);
        for (const auto& record : response.data().toArray())
            QCOMPARE(record["type"_L1].toString(), u"adhoc"_s);
    }

    void search_findsInNameAndDescription_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("part of a name") << "cord%20012"_ba << 1;
        QTest::newRow("case does not matter") << "RECORD%2012"_ba << 5;
        QTest::newRow("description") << "every%2025th"_ba << 5;
        QTest::newRow("a percent sign is no wildcard") << "100%25%20of"_ba << 5;
        QTest::newRow("only a percent sign") << "%25"_ba << 5;
        QTest::newRow("an underscore is no wildcard") << "_them_"_ba << 5;
        QTest::newRow("nothing") << "zebra"_ba << 0;
        QTest::newRow("a quote") << "%27%3B--"_ba << 0;
        QTest::newRow("double quotes") << "%22%22%22"_ba << 0;
        QTest::newRow("two characters") << "_t"_ba << 5;
        QTest::newRow("end of the name and begin of the description") << "0%0Aevery"_ba << 0;
    }

    void search_findsInNameAndDescription()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, count);
        const HttpResponse response = m_client->get(records + "?limit=100&search=" + text);
        QCOMPARE(response.status, 200);
        QCOMPARE(namesOf(response).size(), count);
    }

    void cursor_leadsThroughTheWholeList_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* order : {"createdAt", "updatedAt", "name"}) {
            for (const char* direction : {"asc", "desc"}) {
                for (const char* filter : {"", "&type=adhoc", "&search=25th"})
                    QTest::addRow("%s %s %s", order, direction, filter)
                        << QByteArray("?sortBy=") + order + "&sortOrder=" + direction + filter;
            }
        }
    }

    void cursor_leadsThroughTheWholeList()
    {
        QFETCH(QByteArray, query);
        QStringList expected;
        for (int page = 1; page <= 2; ++page)
            expected +=
                namesOf(m_client->get(records + query + "&limit=100&page=" + QByteArray::number(page)));
        QVERIFY(expected.size() >= 5);
        QStringList read;
        QByteArray cursor;
        do {
            const HttpResponse response = m_client->get(records + query + "&limit=4&cursor=" + cursor);
            QVERIFY2(response.status == 200, response.summary());
            QVERIFY(!response.meta()["pagination"_L1].toObject().contains("total"_L1) || cursor.isEmpty());
            read += namesOf(response);
            cursor = nextCursor(response);
        } while (!cursor.isEmpty() && read.size() <= expected.size());
        QCOMPARE(read, expected);
    }

    void cursorOfAnotherOrder_isRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("other order") << "?sortBy=name&cursor=u5-5"_ba;
        QTest::newRow("no cursor") << "?cursor=x"_ba;
        QTest::newRow("not an id") << "?cursor=c12"_ba;
        QTest::newRow("search with the cursor of a list")
            << "?search=record&cursor=c0190a0b0c0d07e0800f000000000000f"_ba;
        QTest::newRow("list with the cursor of a search") << "?cursor=s5"_ba;
        QTest::newRow("below all records") << "?search=record&cursor=s-9223372036854775808"_ba;
        QTest::newRow("above all records") << "?sortOrder=asc&search=record&cursor=s9223372036854775807"_ba;
        QTest::newRow("not a place") << "?sortBy=updatedAt&cursor=u5"_ba;
    }

    void cursorOfAnotherOrder_isRefused()
    {
        QFETCH(QByteArray, query);
        const HttpResponse response = m_client->get(records + query);
        QCOMPARE(response.status, 400);
        QVERIFY2(response.details().startsWith(u"cursor:"_s), qPrintable(response.details()));
    }

    void total_followsWritesAndDeletions()
    {
        const auto total = [this] {
            return m_client->get(records).meta()["pagination"_L1]["total"_L1].toInt();
        };
        const HttpResponse made =
            m_client->post(records, parseJson(R"({"type":"custom","name":"One more"})"));
        QCOMPARE(total(), 126);
        m_client->post(records, parseJson(R"({"type":"custom","name":"One more"})"));
        QCOMPARE(total(), 126);
        m_client->remove(records + '/' + made.data()["id"_L1].toString().toLatin1());
        QCOMPARE(total(), 125);
    }

private:
    QStringList m_names;
};

PRISM_TEST(TestRecordList)

} // namespace tst_record_list

#include "tst_record_list.moc"
