#include "server/store/rollups/rollup_history.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/stored_rollup_test.h"

namespace tst_rollup_history {

using namespace prism;
using namespace prism::test;

/// What judging learns of stored checks.
class RollupHistoryTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    /// By its arrival, whenever it was.
    void newestCheck_isLiveOrNot()
    {
        store::RollupHistory history(std::move(m_reader), m_zone);
        Groups groups(*m_database);
        QCOMPARE(isNewestLive(history), true);
        for (const bool imported : {false, true, true, false, true}) {
            QVERIFY(groups.begin());
            QVERIFY(groups->addCheck(someCheck(), {imported}).value());
            commit(groups);
            QCOMPARE(isNewestLive(history), !imported);
        }
    }

    void checkThatComesLate_isNotLive()
    {
        store::RollupHistory history(std::move(m_reader), m_zone);
        Groups groups(*m_database, 0, [] { return someTime + std::chrono::days(30); });
        QVERIFY(groups.begin());
        QVERIFY(groups->addCheck(someCheck(), {false}).value());
        commit(groups);
        QCOMPARE(isNewestLive(history), false);
    }

private:
    static bool isNewestLive(store::RollupHistory& history)
    {
        const bool begun = history.begin().has_value();
        const bool isLive = history.isNewestLive().value();
        history.end();
        return begun && isLive;
    }
};

PRISM_TEST(RollupHistoryTest)

} // namespace tst_rollup_history

#include "tst_rollup_history.moc"
