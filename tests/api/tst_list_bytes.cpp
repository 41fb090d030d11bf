#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_list_bytes {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;

/// What an answer has beside the entries of its list.
constexpr qsizetype envelope = 1024;

QString idOf(int i)
{
    return u"id-%1"_s.arg(i, 4, 10, QLatin1Char('0'));
}

/// Its text has control characters, of six bytes each on the wire.
QByteArray retro(int i, qsizetype bytes)
{
    const QString lesson = u'x' + QString(1000, QChar(1)) + u'x';
    QJsonArray lessons;
    for (qsizetype size = 0; size < bytes / 2; size += 6 * lesson.size())
        lessons.append(lesson);
    return toBytes(QJsonObject{{u"id"_s, idOf(i)},
                               {u"type"_s, u"deep"_s},
                               {u"duration"_s, 1},
                               {u"lessons"_s, lessons},
                               {u"improvements"_s, lessons}});
}

QByteArray record(int i, qsizetype bytes)
{
    const QJsonObject config{{u"filters"_s, QJsonObject{{u"project"_s, QString(bytes, u'x')}}}};
    return toBytes(QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, idOf(i)}, {u"config"_s, config}});
}

using MakeEntry = QByteArray (*)(int i, qsizetype bytes);

} // namespace

/// A list that goes on by cursor ends with 1 MiB, however many entries were asked for, and loses none.
class TestListBytes : public ServerTest
{
    Q_OBJECT

    void addRows()
    {
        QTest::addColumn<QByteArray>("posted");
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<MakeEntry>("make");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("bytes");
        QTest::newRow("retrospectives") << "/api/v1/retros"_ba
                                        << "/api/v1/retros?limit=100"_ba
                                        << "id"_ba << MakeEntry(retro) << 30 << 100'000;
        for (const char* sort : {"createdAt", "updatedAt", "name"})
            QTest::newRow(qPrintable(u"records by "_s + QString::fromLatin1(sort)))
                << "/api/v1/analytics/records"_ba
                << "/api/v1/analytics/records?limit=100&cursor=&sortBy="_ba + sort << "name"_ba
                << MakeEntry(record) << 150 << 15'000;
        QTest::newRow("records searched for") << "/api/v1/analytics/records"_ba
                                              << "/api/v1/analytics/records?limit=100&cursor=&search=id-"_ba
                                              << "name"_ba << MakeEntry(record) << 150 << 15'000;
    }

    /// Page after page; the names of what was on them, and how large each was.
    QStringList readAll(const QByteArray& list, const QByteArray& name, QList<qsizetype>& sizes)
    {
        QStringList names;
        QByteArray cursor;
        do {
            const QByteArray path = list + (list.contains("cursor=") ? "" : "&cursor=");
            const HttpResponse page = m_client->get(
                cursor.isEmpty() ? list : QByteArray(path).replace("cursor=", "cursor=" + cursor));
            if (page.status != 200)
                return {QString::fromUtf8(page.summary())};
            sizes.append(page.body.size());
            const QJsonArray entries = page.data().toArray();
            for (const auto& entry : entries)
                names.append(entry[QLatin1String(name)].toString());
            cursor = nextCursor(page);
        } while (!cursor.isEmpty() && sizes.size() < 1000);
        return names;
    }

private slots:
    void cleanup() { stopServer(); }

    void list_endsWithAMebibyte_data() { addRows(); }

    void list_endsWithAMebibyte()
    {
        QFETCH(const QByteArray, posted);
        QFETCH(const QByteArray, list);
        QFETCH(const QByteArray, name);
        QFETCH(const MakeEntry, make);
        QFETCH(const int, count);
        QFETCH(const int, bytes);
        startServer();
        QStringList expected;
        for (int i = 0; i < count; ++i) {
            const HttpResponse stored = m_client->post(posted, make(i, bytes));
            QVERIFY2(stored.status == 201, stored.summary().constData());
            expected.append(idOf(i));
        }
        QList<qsizetype> sizes;
        QStringList names = readAll(list, name, sizes);
        names.sort();
        QCOMPARE(names, expected);
        QVERIFY(sizes.size() > 1);
        for (qsizetype i = 0; i < sizes.size(); ++i) {
            QVERIFY2(sizes[i] <= mebibyte + envelope, qPrintable(QString::number(sizes[i])));
            if (i + 1 < sizes.size())
                QVERIFY2(sizes[i] > mebibyte - 2 * bytes, "it has as many as fit");
        }
    }

    void events_endWithAMebibyte()
    {
        startServer();
        constexpr int count = 30;
        for (int i = 0; i < count; ++i)
            QCOMPARE(m_client->post("/api/v1/retros"_ba, retro(i, 100'000)).status, 201);
        int since = 0;
        int pages = 0;
        while (since < count && pages < 100) {
            const HttpResponse page =
                m_client->get("/api/v1/events?limit=1000&since=" + QByteArray::number(since));
            QVERIFY2(page.body.size() <= mebibyte + envelope, qPrintable(QString::number(page.body.size())));
            const QJsonArray events = page.data()["events"_L1].toArray();
            QVERIFY(!events.isEmpty());
            for (const auto& event : events)
                QCOMPARE(event["seq"_L1].toInt(), ++since);
            ++pages;
        }
        QVERIFY(pages > 2);
    }

    /// However large, it comes; and what lies around it too.
    void entryOverAMebibyte_comesAlone()
    {
        startServer({u"--max-body-bytes"_s, u"4000000"_s});
        for (const int i : {0, 1, 2, 3})
            QCOMPARE(m_client->post("/api/v1/retros"_ba, retro(i, i == 1 || i == 2 ? 1'500'000 : 10)).status,
                     201);
        QByteArray cursor;
        QStringList pages;
        do {
            const HttpResponse page = m_client->get("/api/v1/retros?limit=100" +
                                                    (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            QStringList ids;
            const QJsonArray entries = page.data().toArray();
            for (const auto& entry : entries)
                ids.append(entry["id"_L1].toString());
            pages.append(ids.join(u','));
            cursor = nextCursor(page);
        } while (!cursor.isEmpty() && pages.size() < 10);
        QCOMPARE(pages, (QStringList{idOf(3), idOf(2), idOf(1), idOf(0)}));
    }

    /// By page number they stay whole: what a record may have bounds them.
    void recordsByPage_stayWhole()
    {
        startServer();
        constexpr int limit = 100;
        const QString control(500, QChar(1)); // six bytes each on the wire
        const qsizetype config = 16 * 1024 - 40;
        for (int i = 0; i < limit; ++i) {
            QJsonObject json = QJsonDocument::fromJson(record(i, config)).object();
            json.insert(u"description"_s, u"x"_s + control.left(498) + u"x"_s);
            const HttpResponse stored = m_client->post("/api/v1/analytics/records", json);
            QVERIFY2(stored.status == 201, stored.summary().constData());
        }
        const HttpResponse page = m_client->get("/api/v1/analytics/records?limit=100");
        QCOMPARE(page.data().toArray().size(), limit);
        QVERIFY2(page.body.size() > mebibyte && page.body.size() <= 2 * mebibyte,
                 qPrintable(QString::number(page.body.size())));
    }
};

PRISM_TEST(TestListBytes)

} // namespace tst_list_bytes

#include "tst_list_bytes.moc"
