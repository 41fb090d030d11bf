#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/check_writer.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <random>

namespace tst_check_filter {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

using Random = std::mt19937;
using Narrow = std::function<void(CheckQuery&)>;
using IsWanted = std::function<bool(const Check&)>;

QString oneOf(Random& random, const QStringList& texts)
{
    return texts[qsizetype(random() % std::size_t(texts.size()))];
}

Check madeCheck(int number, Random& random)
{
    Check check;
    check.id = QString::number(number);
    check.timestamp = fromMillis(1770000000000 + (number / 3) * 1000); // some at the same time
    check.status = CheckStatus(random() % 3);
    check.user = oneOf(random, {{}, u"ana"_s, u"Ben"_s});
    check.project = oneOf(random, {{}, u"web"_s, u"shop"_s});
    check.session = oneOf(random, {{}, u"s1"_s, u"s2"_s});
    check.gate = oneOf(random, {{}, u"unit"_s, u"lint"_s});
    check.branch = oneOf(random, {{}, u"main"_s, u"feature"_s});
    check.commit = oneOf(random, {{}, u"c0"_s, u"c1"_s});
    for (auto i = random() % 4; i > 0; --i)
        check.violations.append({oneOf(random, {u"P1"_s, u"P2"_s}),
                                 oneOf(random, {{}, u"Größe"_s}),
                                 Severity(random() % 3),
                                 oneOf(random, {u"no"_s, u"Too LONG"_s}),
                                 random() % 3 == 0,
                                 {},
                                 oneOf(random, {u"a.c"_s, u"src/B.c"_s})});
    arrange(check);
    return check;
}

bool has(const QString& text, const QString& sought)
{
    return text.contains(sought, Qt::CaseInsensitive);
}

} // namespace

/// Which checks a list contains, compared with what is found by looking at each, and how far it looks.
class CheckFilterTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<WriteConnection> m_database;
    QList<Check> m_checks; ///< newest first

    /// All pages of so many rows; how many there were.
    std::pair<QStringList, int> listed(CheckQuery query)
    {
        QStringList ids;
        for (int pages = 1;; ++pages) {
            const CheckPage page = CheckReader(*m_database).list(query).value();
            for (const QByteArray& json : page.checks)
                ids.append(QJsonDocument::fromJson(json)["id"_L1].toString());
            if (!page.next)
                return {ids, pages};
            query.after = page.next;
            if (pages > 10'000)
                return {{u"no end"_s}, pages};
        }
    }

    QStringList expected(const IsWanted& isWanted) const
    {
        QStringList ids;
        for (const Check& check : m_checks) {
            if (isWanted(check))
                ids.append(check.id);
        }
        return ids;
    }

private slots:
    void initTestCase()
    {
        m_database = std::move(*sqlite::WriteConnection::open(m_folder.filePath(u"t.db"_s)));
        QVERIFY(migrate(*m_database).has_value());
        CheckWriter table(*m_database);
        Random random(1);
        for (int i = 0; i < 500; ++i) {
            m_checks.prepend(madeCheck(i, random));
            QVERIFY(table.insert(m_checks.first()).value());
        }
    }

    void filter_data()
    {
        QTest::addColumn<Narrow>("narrow");
        QTest::addColumn<IsWanted>("isWanted");
        const auto row = [](const char* name, const Narrow& narrow, const IsWanted& isWanted) {
            QTest::newRow(name) << narrow << isWanted;
        };
        const auto any = [](const std::function<bool(const Violation&)>& isOne) -> IsWanted {
            return [isOne](const Check& check) {
                return std::any_of(check.violations.begin(), check.violations.end(), isOne);
            };
        };
        row(
            "nothing", [](CheckQuery&) {}, [](const Check&) { return true; });
        row(
            "status", [](CheckQuery& query) { query.status = CheckStatus::Warning; },
            [](const Check& check) { return check.status == CheckStatus::Warning; });
        row(
            "project", [](CheckQuery& query) { query.projects = {u"web"_s}; },
            [](const Check& check) { return check.project == u"web"_s; });
        row(
            "projects",
            [](CheckQuery& query) {
                query.projects = {u"shop"_s, u"none"_s, u"web"_s};
            },
            [](const Check& check) { return !check.project.isEmpty(); });
        row(
            "user", [](CheckQuery& query) { query.user = u"Ben"_s; },
            [](const Check& check) { return check.user == u"Ben"_s; });
        row(
            "another case", [](CheckQuery& query) { query.user = u"ben"_s; },
            [](const Check&) { return false; });
        row(
            "session, gate, branch and commit",
            [](CheckQuery& query) {
                query.session = u"s1"_s;
                query.gate = u"unit"_s;
                query.branch = u"main"_s;
                query.commit = u"c1"_s;
            },
            [](const Check& check) {
                return check.session == u"s1"_s && check.gate == u"unit"_s && check.branch == u"main"_s &&
                       check.commit == u"c1"_s;
            });
        row(
            "principle", [](CheckQuery& query) { query.principle = u"P2"_s; },
            any([](const Violation& each) { return each.principleId == u"P2"_s; }));
        row(
            "severity", [](CheckQuery& query) { query.severity = Severity::Info; },
            any([](const Violation& each) { return each.severity == Severity::Info; }));
        row(
            "marked", [](CheckQuery& query) { query.falsePositive = true; },
            any([](const Violation& each) { return each.falsePositive; }));
        row(
            "not marked", [](CheckQuery& query) { query.falsePositive = false; },
            any([](const Violation& each) { return !each.falsePositive; }));
        row(
            "marked of a severity",
            [](CheckQuery& query) {
                query.falsePositive = true;
                query.severity = Severity::Block;
            },
            any([](const Violation& each) {
                return each.falsePositive && each.severity == Severity::Block;
            }));
        row(
            "not marked of a severity",
            [](CheckQuery& query) {
                query.falsePositive = false;
                query.severity = Severity::Warning;
            },
            any([](const Violation& each) {
                return !each.falsePositive && each.severity == Severity::Warning;
            }));
        row(
            "all of one violation",
            [](CheckQuery& query) {
                query.principle = u"P1"_s;
                query.falsePositive = true;
                query.severity = Severity::Info;
            },
            any([](const Violation& each) {
                return each.principleId == u"P1"_s && each.falsePositive && each.severity == Severity::Info;
            }));
        row(
            "text of a check", [](CheckQuery& query) { query.text = u"BEN"_s; },
            [](const Check& check) { return check.user == u"Ben"_s; });
        row(
            "text of several columns", [](CheckQuery& query) { query.text = u"a"_s; },
            [](const Check& check) {
                return has(check.user, u"a"_s) || has(check.gate, u"a"_s) || has(check.branch, u"a"_s) ||
                       has(check.project, u"a"_s) ||
                       std::any_of(check.violations.begin(), check.violations.end(),
                                   [](const Violation& each) {
                                       return has(each.file, u"a"_s) || has(each.message, u"a"_s);
                                   });
            });
        row(
            "text of a message", [](CheckQuery& query) { query.text = u"too long"_s; },
            any([](const Violation& each) { return each.message == u"Too LONG"_s; }));
        row(
            "text of a file", [](CheckQuery& query) { query.text = u"/b.c"_s; },
            any([](const Violation& each) { return each.file == u"src/B.c"_s; }));
        row(
            "text of a principle", [](CheckQuery& query) { query.text = u"p2"_s; },
            any([](const Violation& each) { return each.principleId == u"P2"_s; }));
        row(
            "text that is not ASCII, decomposed", [](CheckQuery& query) { query.text = u"GRO\u0308SSE"_s; },
            any([](const Violation& each) { return !each.principleName.isEmpty(); }));
        row(
            "text and violation",
            [](CheckQuery& query) {
                query.text = u"src"_s;
                query.severity = Severity::Block;
            },
            [](const Check& check) {
                return std::any_of(check.violations.begin(), check.violations.end(),
                                   [](const Violation& each) { return each.file == u"src/B.c"_s; }) &&
                       std::any_of(check.violations.begin(), check.violations.end(),
                                   [](const Violation& each) { return each.severity == Severity::Block; });
            });
        row(
            "text, project and time",
            [](CheckQuery& query) {
                query.text = u"unit"_s;
                query.projects = {u"shop"_s};
                query.from = fromMillis(1770000000000 + 50'000);
                query.to = fromMillis(1770000000000 + 100'000);
            },
            [](const Check& check) {
                const qint64 time = toMillis(check.timestamp) - 1770000000000;
                return check.gate == u"unit"_s && check.project == u"shop"_s && time >= 50'000 &&
                       time < 100'000;
            });
    }

    void filter()
    {
        QFETCH(const Narrow, narrow);
        QFETCH(const IsWanted, isWanted);
        const QStringList wanted = expected(isWanted);
        QVERIFY(!wanted.isEmpty() || QTest::currentDataTag() == "another case"_ba);
        for (const int rows : {50'000, 40, 1}) {
            for (const int limit : {1, 7, 100}) {
                CheckQuery query;
                narrow(query);
                query.rows = rows;
                query.limit = limit;
                QCOMPARE(listed(query).first, wanted);
            }
        }
    }

    /// So that what is rare costs several pages, and none of them more than it may.
    void page_looksNoFurtherThanItMay()
    {
        CheckQuery query;
        query.user = u"nobody"_s;
        query.rows = 100;
        const CheckPage first = CheckReader(*m_database).list(query).value();
        QCOMPARE(first.checks.size(), 0);
        QVERIFY(first.next.has_value());
        QCOMPARE(first.lookedTo, std::optional(m_checks[99].timestamp));
        QCOMPARE(listed(query), (std::pair{QStringList(), 5}));
        query.after = first.next;
        QCOMPARE(CheckReader(*m_database).list(query)->lookedTo, std::optional(m_checks[199].timestamp));
        query.rows = 400;
        const CheckPage last = CheckReader(*m_database).list(query).value();
        QVERIFY(!last.next && !last.lookedTo);
    }

    /// Violations are looked at as well.
    void violations_countToo()
    {
        CheckQuery query;
        query.text = u"nowhere"_s;
        query.rows = 100;
        const int pages = listed(query).second;
        QVERIFY(pages > 5 && pages <= 20);
    }

    /// Whatever the first of them would cost.
    void fullPage_saysNothingOfHowFarItLooked()
    {
        CheckQuery query;
        query.rows = 10;
        query.limit = 10;
        const CheckPage page = CheckReader(*m_database).list(query).value();
        QCOMPARE(page.checks.size(), 10);
        QVERIFY(page.next && !page.lookedTo);
    }
};

PRISM_TEST(CheckFilterTest)

} // namespace tst_check_filter

#include "tst_check_filter.moc"
