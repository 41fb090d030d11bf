#include "shared/protocol/timestamp.h"
#include "tests/api/checks_test.h"
#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QTest>

namespace tst_check_search {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostRows = 20;

} // namespace

/// Finding checks by what they say.
class TestCheckSearch : public ServerTest
{
    Q_OBJECT

    QStringList list(const QByteArray& query) { return idsOf(m_client->get(checks + "?limit=100&" + query)); }

private slots:
    void initTestCase()
    {
        startServer({u"--max-search-rows"_s, QString::number(mostRows)});
        const QByteArray all = R"([
            {"id":"a","status":"BLOCKED","project":"web","gate":"unit","branch":"main","commit":"c0","user":"Ana",
             "session":"s1","timestamp":"2026-01-01T00:00:03Z","violations":[
                {"principleId":"P1","severity":"BLOCK","message":"Zu groß","file":"src/a.c"},
                {"principleId":"P2","severity":"INFO","falsePositive":true}]},
            {"id":"b","status":"PASS","project":"shop","gate":"lint","branch":"topic","commit":"c1","user":"ben",
             "session":"s2","timestamp":"2026-01-01T00:00:02Z"},
            {"id":"c","status":"WARNING","timestamp":"2026-01-01T00:00:01Z","violations":[
                {"principleId":"P2","severity":"WARNING","principleName":"of Ana"}]}])";
        QCOMPARE(m_client->post(imported, all).status, 201);
    }

    void cleanupTestCase() { stopServer(); }

    void filter_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* query, const QString& found) {
            QTest::newRow(query) << QByteArray(query) << found;
        };
        row("status=PASS", u"b"_s);
        row("severity=INFO", u"a"_s);
        row("severity=INFO&falsePositive=false", {});
        row("falsePositive=true", u"a"_s);
        row("falsePositive=false", u"a c"_s);
        row("principle=P2", u"a c"_s);
        row("principle=P2&falsePositive=false", u"c"_s);
        row("principle=P2&severity=BLOCK", {});
        row("gate=lint", u"b"_s);
        row("session=s1", u"a"_s);
        row("branch=topic", u"b"_s);
        row("commit=c0", u"a"_s);
        row("user=Ana", u"a"_s);
        row("user=ana", {});
        row("q=ana", u"a c"_s);
        row("q=GROSS", u"a"_s);
        row("q=gro%C3%9F", u"a"_s);
        row("q=SRC%2F", u"a"_s);
        row("q=p2&project=web", u"a"_s);
        row("q=%25", {});
        row("q=", u"a b c"_s);
        row("q=top&to=2026-01-01T00:00:02Z", {});
    }

    void filter()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const QString, found);
        QCOMPARE(list(query).join(u' '), found);
    }

    void whatMakesNoSense_isNamed_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* query : {"status=pass", "severity=LUCK", "falsePositive=yes", "from=now", "to=then"})
            QTest::newRow(query) << QByteArray(query);
        const auto longer = [](const QByteArray& name, int most) {
            QTest::addRow("%s", (name + " that is too long").constData())
                << (name + '=' + QByteArray(most + 1, 'x'));
        };
        longer("q", 200);
        longer("gate", 200);
        longer("branch", 300);
        longer("principle", 300);
        for (const char* name : {"project", "user", "session", "commit"})
            longer(name, 100);
    }

    void whatMakesNoSense_isNamed()
    {
        QFETCH(const QByteArray, query);
        const HttpResponse refused = m_client->get(checks + '?' + query);
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.details().startsWith(QString::fromLatin1(query.first(query.indexOf('='))) + u": "_s));
    }

    void name_ofTheGreatestLength_isTaken()
    {
        QCOMPARE(m_client->get(checks + "?branch=" + QByteArray(300, 'x')).status, 200);
    }

    /// A page looks at as many as it may, says how far back that is, and the next one goes on there.
    void rareOne_isFoundAfterSomePages()
    {
        QJsonArray many;
        for (int i = 0; i < 100; ++i)
            many.append(QJsonObject{
                {u"status"_s, u"PASS"_s},
                {u"timestamp"_s, u"2026-01-02T00:%1:00.000Z"_s.arg(i % 60, 2, 10, QLatin1Char('0'))}});
        QCOMPARE(m_client->post(imported, QJsonValue(many)).status, 201);
        HttpResponse page = m_client->get(checks + "?q=unit");
        int pages = 1;
        QByteArray before = "3";
        for (; idsOf(page).isEmpty(); ++pages) {
            const QByteArray lookedTo = page.meta()["lookedTo"_L1].toString().toUtf8();
            QVERIFY(lookedTo.startsWith("2026-01-02T00:") && (pages == 1 || lookedTo <= before));
            before = lookedTo;
            QVERIFY(pages < 10);
            page = m_client->get(checks + "?q=unit&cursor=" + nextCursor(page));
        }
        QCOMPARE(pages, 100 / mostRows + 1);
        QCOMPARE(idsOf(page), QStringList{u"a"_s});
        QVERIFY(nextCursor(page).isEmpty());
        QVERIFY(!page.meta().contains(u"lookedTo"_s));
    }
};

PRISM_TEST(TestCheckSearch)

} // namespace tst_check_search

#include "tst_check_search.moc"
