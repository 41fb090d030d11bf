#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/stored_rollup_test.h"

namespace tst_removed_checks {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Span;

/// Checks that are kept no longer are still counted.
class RemovedChecksTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void removedChecks_stayCountedAndEdgesAreWholeHours()
    {
        Groups groups(*m_database);
        write(groups, 300);
        fold(groups);
        const Timestamp today = someTime + 10 * 24h;
        int days = 0;
        Upkeep upkeep(*m_database, groups.ledger(), {{}, 24h, [&days] { return days; }}, 1);
        QVERIFY(groups.begin());
        QCOMPARE(upkeep.whileIdle(*groups, today).value(), false);
        days = 10;
        while (upkeep.whileIdle(*groups, today).value()) {
        }
        commit(groups);
        const Timestamp limit = *fromIso(u"2026-03-27T10:00:00Z");
        QCOMPARE(SettingsReader(*m_database).checksKeptFrom().value(), limit);
        auto rows = m_database->select("SELECT COUNT(*), MIN(timestamp) FROM checks");
        QVERIFY(rows->next() && rows->integer(0) > 0 && rows->integer(0) < 300);
        QVERIFY(fromMillis(rows->integer(1)) >= limit);

        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto expect = [&](const Span& asked, const Span& answered, bool approximate) {
            QVERIFY(source.refresh().has_value());
            const QString wrong = difference(m_facts, answered, source, asked);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            QCOMPARE(source.isApproximate(), approximate);
        };
        const Timestamp early = *fromIso(u"2026-03-25T00:00:00Z");
        expect({early, early + 29h}, {early, early + 29h}, false);
        expect({early, early + 45min}, {early, early + 45min}, false);
        expect({early, early + 29h + 20min}, {early, early + 29h}, true);
        expect({early, limit + 20min}, {early, limit + 20min}, false);
    }

    void removedChecks_areNotCountedAgain()
    {
        Groups groups(*m_database);
        write(groups, 100);
        const Timestamp limit = *fromIso(u"2026-03-27T10:00:00Z");
        Check first = someCheck(); // begins a group in which nothing was removed yet
        first.timestamp = limit - 1ms;
        QVERIFY(groups.begin());
        QVERIFY(groups->addCheck(first, {false}).value());
        m_facts.push_back({first, false});
        Upkeep upkeep(*m_database, groups.ledger(), {{}, 24h, [] { return 10; }}, 1);
        while (upkeep.whileIdle(*groups, someTime + 10 * 24h).value()) {
        }
        commit(groups);
        const std::vector<Fact> before = m_facts;
        QVERIFY(groups.begin());
        for (const auto& [check, imported] : before)
            QVERIFY(!groups->addCheck(check, {imported}).value());
        first.id = u"another one"_s;
        QVERIFY(!groups->addCheck(first, {true}).value());
        first.timestamp = limit;
        QVERIFY(groups->addCheck(first, {true}).value());
        m_facts.push_back({first, true});
        commit(groups);
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const Span all{someTime - 1000h, someTime + 1000h};
        const QString wrong = difference(m_facts, all, source);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

PRISM_TEST(RemovedChecksTest)

} // namespace tst_removed_checks

#include "tst_removed_checks.moc"
