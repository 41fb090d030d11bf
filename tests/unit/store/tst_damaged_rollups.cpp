#include "tests/support/test_program.h"
#include "tests/unit/store/stored_rollup_test.h"

#include <QRegularExpression>

namespace tst_damaged_rollups {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What cannot be read is an error, and no number.
class DamagedRollupsTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void damagedDelta_isAnErrorUntilItIsWhole()
    {
        Groups groups(*m_database);
        RollupSource source(*m_reader, m_zone);
        write(groups, 10);
        expectRandomSpans(source, 5);
        write(groups, 10);
        const auto newest = [&] {
            auto rows = m_database->select(
                "SELECT ordinal, content FROM rollup_deltas ORDER BY ordinal DESC LIMIT 1");
            return rows && rows->next() ? std::pair(rows->integer(0), rows->bytes(1))
                                        : std::pair(qint64(0), QByteArray());
        };
        const auto [ordinal, content] = newest();
        const auto store = [&, number = ordinal](const QByteArray& bytes) {
            return m_database
                ->execute("UPDATE rollup_deltas SET content = ? WHERE ordinal = ?", {bytes, number})
                .has_value();
        };
        QVERIFY(store(content + '\0'));
        {
            const auto snapshot = prism::store::Snapshot::begin(*m_reader);
            QVERIFY(snapshot.has_value());
            QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the rollup of 2026-.* is damaged"_s));
            QCOMPARE(source.refresh().error().code, ErrorCode::Unavailable);
        }
        QVERIFY(store(content));
        expectRandomSpans(source, 10);
    }

    void damagedCounts_areAnError()
    {
        Groups groups(*m_database);
        write(groups, 10);
        fold(groups);
        QVERIFY(m_database->execute("UPDATE principle_counts SET part = part + 1").has_value());
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the rollup of 2026-.* is damaged"_s));
        const auto top = source.topPrinciples({someTime - 1000h, someTime + 1000h}, 10);
        QVERIFY(!top.has_value() && top.error().code == ErrorCode::Unavailable);
    }

    void damagedRollup_isAnErrorAndNoNumber()
    {
        Groups groups(*m_database);
        write(groups, 10);
        fold(groups);
        QVERIFY(m_database->execute("UPDATE day_rollups SET content = zeroblob(100)").has_value());
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"the rollup of 2026-.* is damaged"_s));
        const auto all = source.rollup({someTime - 1000h, someTime + 1000h});
        QVERIFY(!all.has_value() && all.error().code == ErrorCode::Unavailable);
    }
};

PRISM_TEST(DamagedRollupsTest)

} // namespace tst_damaged_rollups

#include "tst_damaged_rollups.moc"
