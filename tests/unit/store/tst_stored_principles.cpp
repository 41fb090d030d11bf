#include "tests/support/test_program.h"
#include "tests/unit/store/stored_rollup_test.h"

#include <QSet>

namespace tst_stored_principles {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Span;

/// How often principles were violated, however many there are.
class StoredPrinciplesTest : public StoredRollupTest
{
    Q_OBJECT

private slots:
    void init() { open(); }
    void cleanup() { close(); }

    void manyPrinciples_hideNone_data()
    {
        QTest::addColumn<int>("checksOfJunk"); // a hundred principles each
        QTest::addColumn<Timestamp>("junkTime");
        QTest::addColumn<bool>("isFolded");
        const Timestamp old = *fromIso(u"1970-01-02T00:00:00Z");
        for (const int checks : {20, 21, 200}) {
            for (const bool isFolded : {false, true}) {
                QTest::addRow("%d00 at the same time, %s", checks, isFolded ? "folded" : "waiting")
                    << checks << someTime << isFolded;
                QTest::addRow("%d00 in 1970, %s", checks, isFolded ? "folded" : "waiting")
                    << checks << old << isFolded;
            }
        }
    }

    void manyPrinciples_hideNone()
    {
        QFETCH(const int, checksOfJunk);
        QFETCH(const Timestamp, junkTime);
        QFETCH(const bool, isFolded);
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        addJunk(groups, checksOfJunk, u"junk "_s, junkTime);
        if (isFolded)
            fold(groups);
        using Top = std::vector<prism::analytics::PrincipleCount>;
        const auto top = [&](RollupSource& asked, const Span& span) {
            const auto snapshot = prism::store::Snapshot::begin(*m_reader);
            const bool isReady = snapshot && asked.refresh();
            return isReady ? asked.topPrinciples(span, 3).value_or(Top()) : Top();
        };
        const Span all{Timestamp(), someTime + 48h};
        QCOMPARE(top(source, all), (Top{{u"junk 0"_s, {}, 1}, {u"junk 1"_s, {}, 1}, {u"junk 10"_s, {}, 1}}));
        for (int i = 0; i < 5; ++i) {
            Check check;
            check.id = u"honest %1"_s.arg(i);
            check.timestamp = someTime + 1min;
            for (int k = 0; k < 100; ++k)
                check.violations.append({u"no-secrets"_s, u"No secrets"_s, Severity::Block, {}, false});
            check.violations.append({u"a-rule"_s, {}, Severity::Block, {}, i == 0});
            QVERIFY(groups.begin());
            QVERIFY(groups->addCheck(check, {false}).value());
            commit(groups);
        }
        const Top expected{
            {u"no-secrets"_s, u"No secrets"_s, 500}, {u"a-rule"_s, {}, 4}, {u"junk 0"_s, {}, 1}};
        RollupSource fresh(*m_reader, m_zone);
        for (RollupSource* each : {&source, &fresh}) {
            QCOMPARE(top(*each, all), expected);
            // Some of it from the rows themselves.
            QCOMPARE(top(*each, {Timestamp(), someTime + 2min}), expected);
        }
        fold(groups);
        RollupSource folded(*m_reader, m_zone);
        QCOMPARE(top(folded, all), expected);
        QCOMPARE(top(source, all), expected);
        for (int i = 1; i < 5; ++i) {
            QVERIFY(groups.begin());
            QVERIFY(groups->markViolation(u"honest %1"_s.arg(i), 100, true).has_value());
            commit(groups);
        }
        const Top marked{{u"no-secrets"_s, u"No secrets"_s, 500}, {u"junk 0"_s, {}, 1}, {u"junk 1"_s, {}, 1}};
        QCOMPARE(top(source, all), marked);
        QCOMPARE(top(folded, all), marked);
    }

    /// Of those with as many as the last of the top has, the ids decide, however many there are.
    void tiedPrinciples_areInTheOrderOfTheirIds_data()
    {
        QTest::addColumn<int>("tied");
        QTest::addColumn<bool>("isFolded");
        for (const int tied : {8, 15'999, 16'000, 16'001, 16'380, 16'381})
            QTest::addRow("%d", tied) << tied << true;
        QTest::newRow("16381, waiting") << 16'381 << false;
    }

    void tiedPrinciples_areInTheOrderOfTheirIds()
    {
        QFETCH(const int, tied);
        QFETCH(const bool, isFolded);
        // The first by id come last; of the last two, UTF-16 has it the other way round.
        QStringList ids{u"\U00010000"_s, u"\uffee"_s};
        for (int i = tied - 1; i >= 2; --i)
            ids.append(u"p%1"_s.arg(i, 6, 10, QLatin1Char('0')));
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        for (qsizetype first = 0; first < ids.size(); first += 100) {
            Check check;
            check.id = QString::number(first);
            check.timestamp = someTime + std::chrono::minutes(first / 100);
            for (const QString& id : ids.mid(first, 100))
                check.violations.append({id, {}, Severity::Info, {}, false});
            QVERIFY(groups->addCheck(check, {false}).value());
        }
        Check above;
        above.id = u"above"_s;
        above.timestamp = someTime;
        for (const QString& id : {u"z1"_s, u"z2"_s, u"z3"_s, u"z3"_s, u"z2"_s, u"z1"_s})
            above.violations.append({id, {}, Severity::Info, {}, false});
        QVERIFY(groups->addCheck(above, {false}).value());
        commit(groups);
        if (isFolded)
            fold(groups);
        std::sort(ids.begin(), ids.end(),
                  [](const QString& a, const QString& b) { return a.toUtf8() < b.toUtf8(); });
        const QStringList expected = QStringList{u"z1"_s, u"z2"_s, u"z3"_s} + ids.mid(0, 7);
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        // The whole from what is kept, and to the middle of a quarter from the rows besides.
        for (const Timestamp end : {someTime + 48h, someTime + 211min}) {
            for (int again = 0; again < 2; ++again) {
                const auto top = source.topPrinciples({Timestamp(), end}, 10);
                QVERIFY(top.has_value());
                QStringList found;
                for (const auto& each : *top)
                    found.append(each.id);
                QCOMPARE(found, expected);
            }
        }
    }

    void principlesThatLookAlike_areTwo()
    {
        Groups groups(*m_database);
        Check check;
        check.id = u"c"_s;
        check.timestamp = someTime;
        const QStringList ids{u"X"_s, QString(QChar::ByteOrderMark) + u"X"_s, u"x"_s, u"X "_s};
        for (const QString& id : ids)
            check.violations.append({id, {}, Severity::Block, {}, false});
        QVERIFY(groups.begin());
        QVERIFY(groups->addCheck(check, {false}).value());
        commit(groups);
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        QSet<QString> found;
        const auto top = source.topPrinciples({someTime - 1h, someTime + 1h}, 10);
        for (const auto& each : *top)
            found.insert(each.id);
        QCOMPARE(found, QSet<QString>(ids.begin(), ids.end()));
    }
};

PRISM_TEST(StoredPrinciplesTest)

} // namespace tst_stored_principles

#include "tst_stored_principles.moc"
