#include "server/analytics/percentile.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/savepoint.h"
#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"
#include "tests/unit/store/older_layouts.h"
#include "tests/unit/store/older_schema.h"

#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <random>

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::analytics::Rollup;
using prism::analytics::RollupPtr;
using prism::analytics::Span;
using prism::store::Result;

namespace {

const Timestamp someTime = *fromIso(u"2026-03-27T10:20:00Z");

using Random = std::mt19937_64;

struct Fact
{
    Check check;
    bool imported = false;
};

/// What a rollup of the span has to say, counted one by one.
QString difference(const std::vector<Fact>& facts, const Span& span, RollupSource& source, const Span& asked)
{
    const Result<RollupPtr> answer = source.rollup(asked);
    const auto top = source.topPrinciples(asked, 10'000);
    if (!answer || !top)
        return u"cannot be read"_s;
    const Rollup& rollup = **answer;
    qint64 checks = 0, violations = 0, falsePositives = 0, violating = 0, live = 0, hits = 0;
    double sum = 0;
    QSet<QString> users, sessions;
    QMap<QString, qint64> principles;
    std::vector<double> durations;
    for (const auto& [check, imported] : facts) {
        if (check.timestamp < span.from || check.timestamp >= span.to)
            continue;
        ++checks;
        live += imported ? 0 : 1;
        if (check.duration) {
            sum += *check.duration;
            durations.push_back(*check.duration);
        }
        users.insert(check.user);
        sessions.insert(check.session);
        qint64 counted = 0;
        for (const Violation& violation : check.violations) {
            falsePositives += violation.falsePositive ? 1 : 0;
            counted += violation.falsePositive ? 0 : 1;
            if (!violation.falsePositive)
                ++principles[violation.principleId];
        }
        violations += counted;
        hits += std::min(counted, qint64(10));
        violating += counted > 0 ? 1 : 0;
    }
    users.remove(QString());
    sessions.remove(QString());
    const auto& figures = rollup.all().figures;
    const auto exact = prism::analytics::percentile(durations, 0.95);
    const auto near = rollup.all().durations.percentile(0.95);
    const bool same =
        figures.checks == checks && figures.violations == violations &&
        figures.falsePositives == falsePositives && figures.checksWithViolations == violating &&
        figures.hits >= hits && figures.hits <= std::min(violations, 10 * violating) && // some are estimates
        rollup.live().figures.checks == live && std::abs(rollup.all().durations.sum() - sum) < 1e-6 &&
        rollup.users().count() == users.size() && rollup.sessions().count() == sessions.size() &&
        exact.has_value() == near.has_value() && (!exact || std::abs(*exact - *near) <= 0.01 * *exact);
    bool sameTop = std::ssize(*top) == principles.size();
    for (const auto& principle : *top)
        sameTop = sameTop && principles.value(principle.id) == principle.count;
    return same && sameTop ? QString()
                           : u"%1 to %2: %3 checks instead of %4, %5 violations instead of %6"_s
                                 .arg(toIso(span.from), toIso(span.to))
                                 .arg(figures.checks)
                                 .arg(checks)
                                 .arg(figures.violations)
                                 .arg(violations);
}

QString difference(const std::vector<Fact>& facts, const Span& span, RollupSource& source)
{
    return difference(facts, span, source, span);
}

} // namespace

/// Rollups in a real database against counting one by one.
class RollupSourceTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"t.db"_s);
        m_database = std::move(*sqlite::WriteConnection::open(m_file));
        QVERIFY(migrate(*m_database).has_value());
        m_reader = std::move(*sqlite::ReadConnection::open(m_file));
        m_random.seed(99);
        m_facts.clear();
        m_zone = QTimeZone::utc();
    }

    void cleanup()
    {
        m_reader.reset();
        m_database.reset();
    }

    void anySpan_isWhatHappenedInIt_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::newRow("UTC") << "UTC"_ba;
        QTest::newRow("three quarters off") << "Asia/Kathmandu"_ba;
        QTest::newRow("with summer time, on the night of its change") << "Europe/Paris"_ba;
    }

    void anySpan_isWhatHappenedInIt()
    {
        QFETCH(const QByteArray, zone);
        m_zone = QTimeZone(zone);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        for (int round = 0; round < 12; ++round) {
            write(groups, 40); // late ones among them, in days that were asked for before
            if (round % 3 == 1)
                fold(groups, 1 + below(60));
            expectRandomSpans(source, 12);
            RollupSource fresh(*m_reader, m_zone);
            expectRandomSpans(fresh, 3);
        }
    }

    void quarterAskedForAgain_countsEachCheckOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        const Timestamp quarter =
            *fromIso(u"2026-03-25T08:30:00Z"); // half of all checks lie in and beside it
        for (int round = 0; round < 30; ++round) {
            if (below(2) == 0)
                write(groups, 10);
            if (below(3) == 0)
                fold(groups, below(20));
            // As time goes on, and now and then back.
            const auto moment = std::chrono::seconds(round % 7 == 6 ? below(900) : round * 30);
            expect(source, {quarter - 8h, quarter + moment});
        }
    }

    void marks_areInTheNextAnswer()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 60);
        expectRandomSpans(source, 4);
        QVERIFY(groups.begin());
        for (std::size_t i = 0; i < m_facts.size(); i += 2) {
            Check& check = m_facts[i].check;
            for (qsizetype k = 0; k < check.violations.size(); ++k) {
                const bool mark = !check.violations[k].falsePositive;
                const auto marked = groups->markViolation(check.id, k, mark);
                QVERIFY(marked.has_value() && marked->before != marked->after);
                check.violations[k].falsePositive = mark;
                QVERIFY(groups->markViolation(check.id, k, mark)->before == check);
            }
        }
        commit(groups);
        expectRandomSpans(source, 8);
        fold(groups, 10);
        expectRandomSpans(source, 4);
        fold(groups);
        RollupSource afterwards(*m_reader, m_zone);
        expectRandomSpans(afterwards, 8);
        QVERIFY(groups.begin());
        QVERIFY(groups->markViolation(u"none"_s, 0, true).error().code == ErrorCode::NotFound);
        const QString id = m_facts[0].check.id;
        QVERIFY(groups->markViolation(id, 100, true).error().code == ErrorCode::NotFound);
        QVERIFY(groups->markViolation(id, -1, true).error().code == ErrorCode::NotFound);
    }

    void whatIsRolledBack_isNotCounted()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 50);
        QVERIFY(groups.begin()); // a whole group that fails when it is written already
        for (int i = 0; i < 30; ++i)
            QVERIFY(groups->addCheck(someCheck(), false).value());
        QVERIFY(groups.announce("{}", someTime));
        QVERIFY(groups.ledger().write(*m_database).has_value());
        groups.undo();
        expectRandomSpans(source, 5);

        QVERIFY(groups.begin()); // one write among others
        add(groups, 5);
        {
            const auto part = Savepoint::set(*groups);
            QVERIFY(part.has_value());
            QVERIFY(groups->addCheck(someCheck(), false).value());
        }
        add(groups, 5);
        commit(groups);
        expectRandomSpans(source, 10);
    }

    void writesAroundARollback_countOnceEach_data()
    {
        QTest::addColumn<bool>("isWrittenDown");
        QTest::addColumn<bool>("isFolded");
        QTest::newRow("before the end of the group") << false << false;
        QTest::newRow("at the commit") << true << false;
        QTest::newRow("while it is folded") << true << true;
    }

    /// All in one quarter: what is rolled back leaves nothing that the next write comes to.
    void writesAroundARollback_countOnceEach()
    {
        QFETCH(const bool, isWrittenDown);
        QFETCH(const bool, isFolded);
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        const auto addOne = [&](bool stays) {
            Check check = someCheck();
            check.timestamp = someTime;
            check.violations.append({u"rule %1"_s.arg(m_nextId), u"name"_s, Severity::Block, {}, false});
            QVERIFY(groups->addCheck(check, false).value());
            if (stays)
                m_facts.push_back({check, false});
        };
        const Span all{someTime - 24h, someTime + 24h};
        for (int round = 0; round < 4; ++round) {
            QVERIFY(groups.begin());
            addOne(true);
            commit(groups);
            expect(source, all);
            QVERIFY(groups.begin());
            addOne(false);
            if (isWrittenDown)
                QVERIFY(groups.ledger().write(*m_database).has_value());
            if (isFolded)
                QVERIFY(RollupFolder(*m_database, m_zone).fold(1'000).has_value());
            groups.undo();
            expect(source, all);
            QVERIFY(groups.begin());
            addOne(true);
            {
                const auto part = Savepoint::set(*groups);
                addOne(false);
            }
            addOne(true);
            commit(groups);
            expect(source, all);
        }
        fold(groups);
        expect(source, all);
        RollupSource fresh(*m_reader, m_zone);
        expect(fresh, all);
    }

    void commit_costsTheSameWhateverItsBucketHolds()
    {
        Groups groups(*m_database);
        const auto cost = [&] { // rows written, and bytes of them
            Check check;
            check.id = QString::number(m_nextId++);
            check.timestamp = someTime;
            check.violations.append({u"no-secrets"_s, {}, Severity::Block, {}, false});
            const bool begun = groups.begin() && groups->addCheck(check, false).value();
            const qint64 before = m_database->changes();
            const bool written = begun && groups.ledger().write(*m_database).has_value();
            const qint64 rows = m_database->changes() - before;
            const bool committed = written && groups.commit();
            return committed ? std::pair(rows, count("SELECT LENGTH(content) FROM rollup_deltas ORDER BY "
                                                     "ordinal DESC LIMIT 1"))
                             : std::pair(qint64(-1), qint64(-1));
        };
        (void)cost();
        const auto before = cost();
        QCOMPARE(before.first, qint64(1));
        addJunk(groups, 20, u"long "_s.repeated(50));
        QCOMPARE(cost(), before);
        fold(groups);
        QCOMPARE(cost(), before);
    }

    void folding_rewritesOnlyWhatChanges()
    {
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        add(groups, 5);
        commit(groups);
        addJunk(groups, 60, u"junk "_s);
        fold(groups);
        const qint64 rows = count("SELECT COUNT(*) FROM principle_counts");
        QVERIFY(rows >= 2 * 6'000 / 256);
        QVERIFY(groups.begin());
        Check check;
        check.id = u"one more"_s;
        check.timestamp = someTime;
        check.violations.append({u"junk 17"_s, {}, Severity::Block, {}, false});
        QVERIFY(groups->addCheck(check, false).value());
        commit(groups);
        const qint64 before = m_database->changes();
        fold(groups);
        // Quarter and day, a row of principles of each, how far it is.
        QCOMPARE(m_database->changes() - before, 5);
        QVERIFY(count("SELECT MAX(LENGTH(counts)) FROM principle_counts") < 2'000);
    }

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
            QVERIFY(groups->addCheck(check, false).value());
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
            QVERIFY(groups->addCheck(check, false).value());
        }
        Check above;
        above.id = u"above"_s;
        above.timestamp = someTime;
        for (const QString& id : {u"z1"_s, u"z2"_s, u"z3"_s, u"z3"_s, u"z2"_s, u"z1"_s})
            above.violations.append({id, {}, Severity::Info, {}, false});
        QVERIFY(groups->addCheck(above, false).value());
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
        QVERIFY(groups->addCheck(check, false).value());
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

    void readerThatComesBackLate_missesNothing_data()
    {
        QTest::addColumn<int>("commits");
        QTest::addColumn<bool>("isFolded");
        QTest::newRow("a few, waiting") << 3 << false;
        QTest::newRow("a few, folded") << 3 << true;
        QTest::newRow("more than it keeps, folded") << 700 << true;
        QTest::newRow("more than are kept, folded") << 1'100 << true;
        QTest::newRow("more than it reads, waiting") << 2'100 << false;
    }

    void readerThatComesBackLate_missesNothing()
    {
        QFETCH(const int, commits);
        QFETCH(const bool, isFolded);
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 20);
        const Span week{someTime - 72h, someTime + 96h};
        expect(source, week);
        expect(source, {someTime - 3h, someTime + 1min});
        QVERIFY(groups.begin());
        for (int i = 0; i < commits; ++i) { // as many groups, in one transaction
            add(groups, 1);
            QVERIFY(groups.ledger().write(*m_database).has_value());
        }
        commit(groups);
        if (isFolded)
            fold(groups);
        expect(source, {someTime - 3h, someTime + 1min});
        write(groups, 2);
        expect(source, week);
    }

    void storedTwice_isCountedOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database);
        write(groups, 10);
        QVERIFY(groups.begin());
        QVERIFY(!groups->addCheck(m_facts[3].check, false).value());
        commit(groups);
        expectRandomSpans(source, 5);
    }

    void databaseFromBeforeRollups_isCountedAtTheStart()
    {
        Groups groups(*m_database);
        write(groups, 200);
        Retro retro;
        retro.id = u"r"_s;
        retro.user = u"writer"_s;
        retro.timestamp = someTime;
        QVERIFY(RetroWriter(*m_database).insert(retro).value());
        QVERIFY(m_database->execute("DELETE FROM rollup_deltas").has_value()); // nothing was folded yet
        QTest::ignoreMessage(QtInfoMsg, "counting the 200 checks of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // does not count again
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto all = source.rollup({someTime - 1000h, someTime + 1000h});
        QCOMPARE((*all)->all().figures.retros, 1);
        QCOMPARE((*all)->all().figures.checks, 200);
        const QString wrong = difference(m_facts, {someTime - 1000h, someTime - 24h}, source);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void olderRollups_areConverted_data()
    {
        QTest::addColumn<bool>("isTrimmed");
        QTest::newRow("all checks kept") << false;
        QTest::newRow("some checks removed") << true;
    }

    /// An older program counted two thousand principles of a quarter, and no more.
    void olderRollups_areConverted()
    {
        QFETCH(const bool, isTrimmed);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        Groups groups(*m_database);
        write(groups, 300);
        addJunk(groups, 25, u"junk "_s);
        std::map<Timestamp, std::pair<Rollup, prism::test::OlderPrinciples>> quarters;
        for (const auto& [check, imported] : m_facts) {
            auto& [rollup, principles] = quarters[prism::analytics::quarterOf(check.timestamp)];
            rollup.add(check, imported);
            for (const Violation& violation : check.violations) {
                if (principles.size() < 2'000 || principles.contains(violation.principleId))
                    principles[violation.principleId].second += violation.falsePositive ? 0 : 1;
            }
        }
        QVERIFY(turnIntoSchema7(*m_database));
        for (const auto& [start, counted] : quarters)
            QVERIFY(
                m_database
                    ->execute("INSERT INTO quarter_rollups VALUES (?, 7, ?, ?)",
                              {toMillis(start), prism::test::figuresWithoutHits(counted.first.all().figures),
                               prism::test::contentWith(counted.first, counted.second)})
                    .has_value());
        if (isTrimmed) {
            const Timestamp limit = *fromIso(u"2026-03-27T10:00:00Z");
            QVERIFY(SettingsWriter(*m_database).setChecksKeptFrom(limit).has_value());
            QVERIFY(
                m_database->execute("DELETE FROM checks WHERE timestamp < ?", {toMillis(limit)}).has_value());
        }
        QVERIFY(migrate(*m_database).has_value());
        QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // says nothing, since it does nothing
        QCOMPARE(count("SELECT COUNT(*) FROM sqlite_master WHERE name = 'older_rollups'"), 0);
        RollupSource source(*m_reader, m_zone);
        const Span all{Timestamp(), someTime + 1000h};
        {
            const auto snapshot = prism::store::Snapshot::begin(*m_reader);
            QVERIFY(snapshot.has_value());
            QVERIFY(source.refresh().has_value());
            QCOMPARE(source.topPrinciples(all, 9'999)->size(), std::size_t(2'505));
        }
        if (!isTrimmed) {
            expectRandomSpans(source, 20);
            write(groups, 50);
            fold(groups);
            expectRandomSpans(source, 20);
        }
    }

    void olderRollupThatIsDamaged_isAnErrorAndStays()
    {
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(turnIntoSchema7(*m_database));
        QVERIFY(m_database->execute("INSERT INTO quarter_rollups VALUES (0, 7, x'00', x'00')").has_value());
        QVERIFY(migrate(*m_database).has_value());
        for (int tries = 0; tries < 2; ++tries) {
            QTest::ignoreMessage(QtInfoMsg, "converting the rollups of an older database, once");
            QTest::ignoreMessage(QtCriticalMsg, "the rollup of 1970-01-01T00:00:00.000Z is damaged");
            QCOMPARE(buildRollups(*m_database, m_zone).error().code, ErrorCode::Unavailable);
        }
        QCOMPARE(count("SELECT COUNT(*) FROM older_rollups"), 1);
    }

    void otherZone_sumsUpItsDays_data()
    {
        QTest::addColumn<qint64>("folded");
        QTest::newRow("all waits") << qint64(0);
        QTest::newRow("some waits") << qint64(30);
        QTest::newRow("all is folded") << std::numeric_limits<qint64>::max();
    }

    void otherZone_sumsUpItsDays()
    {
        QFETCH(const qint64, folded);
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        Groups groups(*m_database);
        write(groups, 200);
        if (folded > 0)
            fold(groups, folded);
        m_zone = QTimeZone("America/New_York");
        QTest::ignoreMessage(QtInfoMsg, "summing up the days of America/New_York instead of UTC");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSource source(*m_reader, m_zone);
        expectRandomSpans(source, 20);
        fold(groups);
        RollupSource afterwards(*m_reader, m_zone);
        expectRandomSpans(afterwards, 20);
    }

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
        QVERIFY(groups->addCheck(first, false).value());
        m_facts.push_back({first, false});
        Upkeep upkeep(*m_database, groups.ledger(), {{}, 24h, [] { return 10; }}, 1);
        while (upkeep.whileIdle(*groups, someTime + 10 * 24h).value()) {
        }
        commit(groups);
        const std::vector<Fact> before = m_facts;
        QVERIFY(groups.begin());
        for (const auto& [check, imported] : before)
            QVERIFY(!groups->addCheck(check, imported).value());
        first.id = u"another one"_s;
        QVERIFY(!groups->addCheck(first, true).value());
        first.timestamp = limit;
        QVERIFY(groups->addCheck(first, true).value());
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

    void manyUsers_areEstimated()
    {
        Groups groups(*m_database);
        QVERIFY(groups.begin());
        for (int i = 0; i < 12'000; ++i) {
            Retro retro;
            retro.id = retro.user = QString::number(i);
            retro.timestamp = someTime;
            QVERIFY(groups->addRetro(retro, false).value());
        }
        commit(groups);
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto days = source.userDays({someTime - 48h, someTime + 48h});
        QVERIFY(days->isEstimated);
        QVERIFY(std::abs(days->count / 12'000 - 1) < 0.02);
    }

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

private:
    qint64 below(qint64 limit) { return qint64(m_random() % quint64(limit)); }

    /// Within four days, in few quarters and many.
    Check someCheck()
    {
        Check check;
        check.id = QString::number(m_nextId++);
        check.timestamp =
            someTime + std::chrono::milliseconds(below(below(2) ? 96 * 3'600'000 : 2'000'000)) - 50h;
        check.status = below(2) ? CheckStatus::Pass : CheckStatus::Blocked;
        check.duration = double(below(100'000)) / 100;
        check.user = below(4) ? u"u%1"_s.arg(below(9)) : QString();
        check.session = u"s%1"_s.arg(below(30));
        for (qint64 i = below(4); i > 0; --i)
            check.violations.append({u"P%1"_s.arg(below(5)), {}, Severity::Warning, {}, below(3) == 0});
        return check;
    }

    void add(Groups& groups, int count)
    {
        for (int i = 0; i < count; ++i) {
            const Fact fact{someCheck(), below(3) == 0};
            QVERIFY(groups->addCheck(fact.check, fact.imported).value());
            m_facts.push_back(fact);
        }
    }

    /// Checks with a hundred principles each that nobody else has, named by their number.
    void addJunk(Groups& groups, int checks, const QString& prefix, Timestamp time = someTime)
    {
        int next = 0;
        QVERIFY(groups.begin());
        for (int i = 0; i < checks; ++i) {
            Fact fact;
            fact.check.id = u"%1%2"_s.arg(prefix.left(5)).arg(i);
            fact.check.timestamp = time;
            for (int k = 0; k < 100; ++k)
                fact.check.violations.append(
                    {prefix + QString::number(next++), {}, Severity::Warning, {}, false});
            QVERIFY(groups->addCheck(fact.check, fact.imported).value());
            m_facts.push_back(fact);
        }
        commit(groups);
    }

    void commit(Groups& groups)
    {
        QVERIFY(groups.announce("{}", someTime));
        QVERIFY(groups.commit());
    }

    /// Some of what waits, or all.
    void fold(Groups& groups, qint64 most = std::numeric_limits<qint64>::max())
    {
        QVERIFY(groups.begin());
        RollupFolder folder(*m_database, m_zone);
        while (*folder.fold(most) > 0 && most == std::numeric_limits<qint64>::max()) {
        }
        QVERIFY(groups.commit());
    }

    qint64 count(QByteArrayView sql)
    {
        auto rows = m_database->select(sql);
        return rows && rows->next() ? rows->integer(0) : -1;
    }

    void write(Groups& groups, int count)
    {
        QVERIFY(groups.begin());
        add(groups, count);
        commit(groups);
    }

    void expectRandomSpans(RollupSource& source, int count)
    {
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        const Result<Seq> seq = source.refresh();
        QVERIFY(seq.has_value());
        for (int i = 0; i < count; ++i) {
            constexpr std::array<qint64, 4> units{1, 900'000, 3'600'000, 86'400'000};
            const qint64 unit = units[std::size_t(below(4))];
            const auto moment = [&] {
                return fromMillis(
                    toMillis(someTime + std::chrono::milliseconds(below(120 * 3'600'000)) - 60h) / unit *
                    unit);
            };
            const Timestamp a = moment();
            const Timestamp b = moment();
            compare(source, {std::min(a, b), std::max(a, b)});
        }
    }

    void expect(RollupSource& source, const Span& span)
    {
        const auto snapshot = prism::store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        QVERIFY(source.refresh().has_value());
        compare(source, span);
    }

    void compare(RollupSource& source, const Span& span)
    {
        const Result<RollupPtr> rollup = source.rollup(span);
        QVERIFY(rollup.has_value());
        const QString wrong = difference(m_facts, span, source);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const auto figures = source.figures({span.from}, span.to);
        QVERIFY(figures.has_value() && figures->size() == 1);
        QVERIFY(figures->front() == (*rollup)->all().figures);
        const auto times = source.times({span.from}, span.to);
        const auto& durations = (*rollup)->all().durations;
        QVERIFY(times.has_value() && times->size() == 1);
        QCOMPARE(times->front().mean.has_value(), durations.mean().has_value());
        QVERIFY(std::abs(times->front().mean.value_or(0) - durations.mean().value_or(0)) < 1e-6);
        QVERIFY(times->front().p95 == durations.percentile(0.95));
        const auto users = source.users({span.from}, span.to);
        QVERIFY(users.has_value() && users->size() == 1);
        QCOMPARE(users->front().count, double((*rollup)->users().count()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<WriteConnection> m_database;
    std::unique_ptr<ReadConnection> m_reader;
    QTimeZone m_zone = QTimeZone::utc();
    Random m_random;
    std::vector<Fact> m_facts;
    int m_nextId = 0;
};

PRISM_TEST(RollupSourceTest)
#include "tst_rollup_source.moc"
