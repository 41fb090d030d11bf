#include "server/api/languages.h"
#include "server/http/http_date.h"
#include "server/http/weighted_list.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_weighted_list {

using namespace prism::http;

/// What header fields list, and the dates they have.
class WeightedListTest : public QObject
{
    Q_OBJECT

private slots:
    void members_areReadWithTheirWeights_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("members");
        const auto row = [](const char* field, const char* members) {
            QTest::newRow(field) << QByteArray(field) << QByteArray(members);
        };
        row("", "");
        row(",, ,", "");
        row("a", "a=1000");
        row("a, b", "a=1000 b=1000");
        row("a;q=0", "a=0");
        row("a;q=1.000,b;q=0.001", "a=1000 b=1");
        row("a; q=0.5 ,b ;Q=0.25", "a=500 b=250");
        row("a;q=0.", "a=0");
        row("a;x=y;q=0.3;z", "a=300");
        row("a;q=1.001, b", "b=1000");
        row("a;q=0.1234, b", "b=1000");
        row("a;q=, b", "b=1000");
        row("a;q=-1, b", "b=1000");
        row("a;q=.5, b", "b=1000");
        row("a;q=00, b", "b=1000");
        row("a;q=2, b", "b=1000");
        row(";q=1, b", "b=1000");
        row("a;quality=0", "a=1000");
    }

    void members_areReadWithTheirWeights()
    {
        QFETCH(QByteArray, field);
        QByteArrayList members;
        for (const Weighted& member : weightedList(field))
            members.append(member.value + '=' + QByteArray::number(member.weight));
        QTEST(members.join(' '), "members");
    }

    void longList_hasAnEnd()
    {
        QCOMPARE(weightedList(QByteArray("a,").repeated(100)).size(), std::size_t(100));
        QCOMPARE(weightedList(QByteArray("a,").repeated(5000)).size(), std::size_t(100));
    }

    void languages_areOrderedByWeight_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("languages");
        QTest::newRow("one") << QByteArray("ZH-tw") << "ZH-tw";
        QTest::newRow("weights") << QByteArray("en;q=0.2, de, fr;q=0.9") << "de fr en";
        QTest::newRow("equal") << QByteArray("de;q=0.5, en;q=0.5") << "de en";
        QTest::newRow("refused") << QByteArray("de;q=0, en, *") << "en";
        QTest::newRow("refused in full") << QByteArray("de;q=0.000, en") << "en";
        QTest::newRow("least") << QByteArray("de;q=0.001") << "de";
    }

    void languages_areOrderedByWeight()
    {
        QFETCH(QByteArray, field);
        QTEST(prism::api::preferredLanguages(field).join(QLatin1Char(' ')), "languages");
    }

    void date_isReadInEachForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds"); ///< since 1970; -1 for none
        const auto row = [](const char* text, qint64 seconds = -1) {
            QTest::newRow(text) << QByteArray(text) << seconds;
        };
        row("Sun, 06 Nov 1994 08:49:37 GMT", 784'111'777);
        row("Sunday, 06-Nov-94 08:49:37 GMT", 784'111'777);
        row("Sun Nov  6 08:49:37 1994", 784'111'777);
        row("Thu, 01 Jan 1970 00:00:00 GMT", 0);
        row("Thu, 29 Feb 2024 23:59:59 GMT", 1'709'251'199);
        row("Sat, 31 Dec 2016 23:59:60 GMT", 1'483'228'800);
        row("Sat, 31 Dec 2016 23:59:61 GMT");
        row("Sat, 31 Dec 2016 23:60:00 GMT");
        row("Sat, 31 Dec 2016 24:00:00 GMT");
        row("Wed, 29 Feb 2023 00:00:00 GMT");
        row("Sat, 32 Dec 2016 00:00:00 GMT");
        row("Sat, 00 Dec 2016 00:00:00 GMT");
        row("Sat, 31 dec 2016 00:00:00 GMT");
        row("Sat, 31 Dec 2016 00:00:00 UTC");
        row("Sat, 31 Dec 16 00:00:00 GMT");
        row("Sat, 31 Dec 2016 0:00:00 GMT");
        row("Sat, 31 Dec 2016 00:00 GMT");
        row("2016-12-31T00:00:00Z");
        row("0");
        row("");
    }

    void date_isReadInEachForm()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, seconds);
        const auto moment = fromHttpDate(text);
        QCOMPARE(moment ? qint64(moment->time_since_epoch().count()) : -1, seconds);
        if (moment)
            QCOMPARE(fromHttpDate(httpDate(*moment)), moment);
    }

    void date_isWrittenInTheOneForm()
    {
        QCOMPARE(httpDate(std::chrono::sys_seconds(std::chrono::seconds(784'111'777))),
                 QByteArray("Sun, 06 Nov 1994 08:49:37 GMT"));
    }
};

PRISM_APPLESS_TEST(WeightedListTest)

} // namespace tst_weighted_list

#include "tst_weighted_list.moc"
