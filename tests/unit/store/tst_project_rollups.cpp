#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_mending.h"
#include "server/store/rollups/rollup_sources.h"
#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/older_schema.h"
#include "tests/unit/store/stored_rollup_test.h"

namespace tst_project_rollups {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Span;

namespace {

const QStringList projects{u"api"_s, u"shop"_s, u"web"_s, u"\u00e9t\u00e9"_s};
const Span always{someTime - 1000h, someTime + 1000h};

} // namespace

/// The numbers of projects, and of sets of them, against counting one by one.
class ProjectRollupsTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init()
    {
        open();
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
    }
    void cleanup() { close(); }

    void anySpanOfAnySet_isWhatHappenedInIt()
    {
        RollupSources sources(*m_reader, m_zone);
        Groups groups(*m_database);
        for (int round = 0; round < 12; ++round) {
            writeOfProjects(groups, 40);
            if (round % 3 == 1)
                foldProjects(groups, 1 + below(60));
            if (round % 4 == 3)
                fold(groups);
            expectAll(sources, 6);
            RollupSources fresh(*m_reader, m_zone);
            expectAll(fresh, 2);
        }
    }

    void marks_areInTheNumbersOfTheirProjectAlone()
    {
        RollupSources sources(*m_reader, m_zone);
        Groups groups(*m_database);
        writeOfProjects(groups, 80);
        expectAll(sources, 3);
        QVERIFY(groups.begin());
        for (Fact& fact : m_facts) {
            for (qsizetype k = 0; k < fact.check.violations.size(); ++k) {
                bool& mark = fact.check.violations[k].falsePositive;
                mark = !mark;
                QVERIFY(groups->markViolation(fact.check.id, k, mark).has_value());
            }
        }
        commit(groups);
        expectAll(sources, 3);
        foldProjects(groups, 1'000);
        expectAll(sources, 3);
    }

    void whatIsRolledBack_isNotCounted()
    {
        RollupSources sources(*m_reader, m_zone);
        Groups groups(*m_database);
        writeOfProjects(groups, 30);
        QVERIFY(groups.begin());
        Check check = someCheck();
        check.project = u"never"_s;
        QVERIFY(groups->addCheck(check, {false}).value());
        QVERIFY(groups.ledger().write(*m_database).has_value());
        groups.undo();
        expectAll(sources, 3);
        QCOMPARE(count("SELECT COUNT(*) FROM scopes WHERE project = 'never'"), 0);
    }

    void projectThatWasNeverSeen_hasNothingUntilItIs()
    {
        RollupSources sources(*m_reader, m_zone);
        Groups groups(*m_database);
        writeOfProjects(groups, 20);
        expect(sources, {u"new"_s}, always);
        expect(sources, {u"new"_s, u"web"_s}, always);
        QVERIFY(groups.begin());
        Fact fact{someCheck(), false};
        fact.check.project = u"new"_s;
        QVERIFY(groups->addCheck(fact.check, {false}).value());
        commit(groups);
        m_facts.push_back(fact);
        expect(sources, {u"new"_s}, always);
        expect(sources, {u"new"_s, u"web"_s}, always);
    }

    void commitOfAProject_writesOneRowMore_andFewWait()
    {
        Groups groups(*m_database);
        Upkeep upkeep(*m_database, groups.ledger(), {}, 1, m_zone);
        qint64 most = 0;
        for (int i = 0; i < 300; ++i) {
            QVERIFY(groups.begin());
            QVERIFY(upkeep.besideWrites(*groups, now()).has_value());
            Fact fact{someCheck(), false};
            fact.check.project = u"web"_s;
            QVERIFY(groups->addCheck(fact.check, {false}).value());
            m_facts.push_back(fact);
            const qint64 before = m_database->changes();
            QVERIFY(groups.ledger().write(*m_database).has_value());
            if (i > 50)
                QVERIFY(m_database->changes() - before <= 2);
            commit(groups);
            most = std::max(most, count("SELECT COUNT(*) FROM scope_deltas"));
        }
        QVERIFY2(most <= 3 * RollupCounter::mostWaiting, qPrintable(QString::number(most)));
        QVERIFY(count("SELECT COUNT(*) FROM quarter_rollups WHERE scope = 1") > 0);
        RollupSources sources(*m_reader, m_zone);
        expectAll(sources, 3);
    }

    void olderDatabase_isCountedByProjectOnce()
    {
        Groups groups(*m_database);
        writeOfProjects(groups, 300);
        fold(groups);
        foldProjects(groups, 20);
        QVERIFY(turnIntoSchema15(*m_database));
        QVERIFY(migrate(*m_database).has_value());
        QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
        QTest::ignoreMessage(QtInfoMsg, "counting the 300 checks of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSources sources(*m_reader, m_zone);
        expectAll(sources, 6);
    }

    void otherZone_sumsUpTheDaysOfProjects()
    {
        Groups groups(*m_database);
        writeOfProjects(groups, 200);
        foldProjects(groups, 1'000);
        fold(groups);
        m_zone = QTimeZone("America/New_York");
        QTest::ignoreMessage(QtInfoMsg, "summing up the days of America/New_York instead of UTC");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSources sources(*m_reader, m_zone);
        expectAll(sources, 6);
    }

    void mending_countsProjectsAnew()
    {
        Groups groups(*m_database);
        writeOfProjects(groups, 200);
        foldProjects(groups, 1'000);
        const auto sound = mendRollups(*m_database, m_zone);
        QVERIFY(sound.has_value());
        QCOMPARE(sound->quarters, 0);
        QCOMPARE(sound->days, 0);
        QVERIFY(m_database->execute("DELETE FROM quarter_rollups WHERE scope = 2").has_value());
        const auto mended = mendRollups(*m_database, m_zone);
        QVERIFY(mended.has_value());
        QVERIFY(mended->quarters > 0);
        QCOMPARE(mendRollups(*m_database, m_zone)->quarters, 0);
        QCOMPARE(count("SELECT COUNT(*) FROM quarter_rollups WHERE scope < 0"), 0);
        RollupSources sources(*m_reader, m_zone);
        expectAll(sources, 6);
    }

private:
    void writeOfProjects(Groups& groups, int number)
    {
        QVERIFY(groups.begin());
        for (int i = 0; i < number; ++i) {
            Fact fact{someCheck(), below(3) == 0};
            if (below(5) > 0)
                fact.check.project = projects[below(projects.size())];
            QVERIFY(groups->addCheck(fact.check, {fact.imported}).value());
            m_facts.push_back(fact);
        }
        commit(groups);
    }

    void foldProjects(Groups& groups, qint64 most)
    {
        const Scopes scopes = ScopeReader(*m_database).all().value();
        QVERIFY(groups.begin());
        for (const Scope scope : scopes)
            QVERIFY(RollupFolder(*m_database, m_zone, scope).fold(most).has_value());
        QVERIFY(groups.commit());
    }

    void expectAll(RollupSources& sources, int spans)
    {
        const std::vector<QStringList> sets{
            {}, {u"web"_s}, {u"api"_s, u"shop"_s}, {projects.last()}, projects};
        for (const QStringList& set : sets) {
            expect(sources, set, always);
            for (int i = 0; i < spans; ++i) {
                constexpr std::array<qint64, 4> units{1, 900'000, 3'600'000, 86'400'000};
                const qint64 unit = units[std::size_t(below(4))];
                const auto moment = [&] {
                    return fromMillis(
                        toMillis(someTime + std::chrono::milliseconds(below(432'000'000)) - 60h) / unit *
                        unit);
                };
                const Timestamp a = moment();
                const Timestamp b = moment();
                expect(sources, set, {std::min(a, b), std::max(a, b)});
            }
        }
    }

    void expect(RollupSources& sources, const QStringList& set, const Span& span)
    {
        std::vector<Fact> facts;
        for (const Fact& fact : m_facts) {
            if (set.isEmpty() || set.contains(fact.check.project))
                facts.push_back(fact);
        }
        const auto snapshot = Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        const auto source = sources.of(set);
        QVERIFY(source.has_value());
        QVERIFY((*source)->refresh().has_value());
        const QString wrong = difference(facts, span, **source);
        QVERIFY2(wrong.isEmpty(), qPrintable(set.join(u", "_s) + u": "_s + wrong));
        comparePartsWith(**(*source)->rollup(span), **source, span);
        double days = 0;
        std::map<Timestamp, QSet<QString>> users;
        prism::analytics::Calendar calendar(m_zone);
        for (const auto& [check, imported] : facts) {
            if (check.timestamp >= span.from && check.timestamp < span.to && !check.user.isEmpty())
                users[calendar.dayOf(check.timestamp).from].insert(check.user);
        }
        for (const auto& [day, names] : users)
            days += double(names.size());
        QCOMPARE((*source)->userDays(span)->count, days);
    }
};

PRISM_TEST(ProjectRollupsTest)

} // namespace tst_project_rollups

#include "tst_project_rollups.moc"
