#include "server/analytics/percentile.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/rollups/rollup_source.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/settings_reader.h"
#include "server/store/writing/savepoint.h"
#include "server/store/writing/upkeep.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

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
QString difference(const std::vector<Fact>& facts, const Span& span, const Rollup& rollup)
{
    qint64 checks = 0, violations = 0, falsePositives = 0, violating = 0, live = 0;
    double sum = 0;
    QSet<QString> users, sessions;
    QMap<QString, qint64> principles;
    std::vector<double> durations;
    for (const auto& [check, imported] : facts) {
        if (check.timestamp < span.from || check.timestamp >= span.to)
            continue;
        ++checks;
        live += imported ? 0 : 1;
        sum += check.duration;
        durations.push_back(check.duration);
        users.insert(check.user);
        sessions.insert(check.session);
        bool counts = false;
        for (const Violation& violation : check.violations) {
            falsePositives += violation.falsePositive ? 1 : 0;
            violations += violation.falsePositive ? 0 : 1;
            counts |= !violation.falsePositive;
            if (!violation.falsePositive)
                ++principles[violation.principleId];
        }
        violating += counts ? 1 : 0;
    }
    users.remove(QString());
    sessions.remove(QString());
    const auto& figures = rollup.all().figures;
    const auto exact = prism::analytics::percentile(durations, 0.95);
    const auto near = rollup.all().durations.percentile(0.95);
    const bool same =
        figures.checks == checks && figures.violations == violations &&
        figures.falsePositives == falsePositives && figures.checksWithViolations == violating &&
        rollup.live().figures.checks == live && std::abs(rollup.all().durations.sum() - sum) < 1e-6 &&
        rollup.users().count() == users.size() && rollup.sessions().count() == sessions.size() &&
        exact.has_value() == near.has_value() && (!exact || std::abs(*exact - *near) <= 0.01 * *exact);
    const auto top = rollup.topPrinciples(1000);
    bool sameTop = std::ssize(top) == principles.size();
    for (const auto& principle : top)
        sameTop = sameTop && principles.value(principle.id) == principle.count;
    return same && sameTop ? QString()
                           : u"%1 to %2: %3 checks instead of %4, %5 violations instead of %6"_s
                                 .arg(toIso(span.from), toIso(span.to))
                                 .arg(figures.checks)
                                 .arg(checks)
                                 .arg(figures.violations)
                                 .arg(violations);
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
        Groups groups(*m_database, 0, m_zone);
        for (int round = 0; round < 12; ++round) {
            write(groups, 40); // late ones among them, in days that were asked for before
            expectRandomSpans(source, 12);
        }
    }

    void quarterAskedForAgain_countsEachCheckOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database, 0, m_zone);
        const Timestamp quarter =
            *fromIso(u"2026-03-25T08:30:00Z"); // half of all checks lie in and beside it
        for (int round = 0; round < 30; ++round) {
            if (below(2) == 0)
                write(groups, 10);
            // As time goes on, and now and then back.
            const auto moment = std::chrono::seconds(round % 7 == 6 ? below(900) : round * 30);
            expect(source, {quarter - 8h, quarter + moment});
        }
    }

    void marks_areInTheNextAnswer()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database, 0, m_zone);
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
        QVERIFY(groups.begin());
        QVERIFY(groups->markViolation(u"none"_s, 0, true).error().code == ErrorCode::NotFound);
        const QString id = m_facts[0].check.id;
        QVERIFY(groups->markViolation(id, 100, true).error().code == ErrorCode::NotFound);
        QVERIFY(groups->markViolation(id, -1, true).error().code == ErrorCode::NotFound);
    }

    void whatIsRolledBack_isNotCounted()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database, 0, m_zone);
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

    void storedTwice_isCountedOnce()
    {
        RollupSource source(*m_reader, m_zone);
        Groups groups(*m_database, 0, m_zone);
        write(groups, 10);
        QVERIFY(groups.begin());
        QVERIFY(!groups->addCheck(m_facts[3].check, false).value());
        commit(groups);
        expectRandomSpans(source, 5);
    }

    void databaseFromBeforeRollups_isCountedAtTheStart()
    {
        Groups groups(*m_database, 0, m_zone);
        write(groups, 200);
        Retro retro;
        retro.id = u"r"_s;
        retro.user = u"writer"_s;
        retro.timestamp = someTime;
        QVERIFY(RetroWriter(*m_database).insert(retro).value());
        for (const char* statement : {"DELETE FROM quarter_rollups", "DELETE FROM day_rollups"})
            QVERIFY(m_database->execute(statement).has_value());
        QTest::ignoreMessage(QtInfoMsg, "counting the 200 checks of an older database, once");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        QVERIFY(buildRollups(*m_database, m_zone).has_value()); // does not count again
        const prism::store::Snapshot snapshot(*m_reader);
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto all = source.rollup({someTime - 1000h, someTime + 1000h});
        QCOMPARE((*all)->all().figures.retros, 1);
        QCOMPARE((*all)->all().figures.checks, 200);
        const auto before = source.rollup({someTime - 1000h, someTime - 24h});
        const QString wrong = difference(m_facts, {someTime - 1000h, someTime - 24h}, **before);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void otherZone_sumsUpItsDays()
    {
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        Groups groups(*m_database, 0, m_zone);
        write(groups, 200);
        m_zone = QTimeZone("America/New_York");
        QTest::ignoreMessage(QtInfoMsg, "summing up the days of America/New_York instead of UTC");
        QVERIFY(buildRollups(*m_database, m_zone).has_value());
        RollupSource source(*m_reader, m_zone);
        expectRandomSpans(source, 20);
    }

    void removedChecks_stayCountedAndEdgesAreWholeHours()
    {
        Groups groups(*m_database, 0, m_zone);
        write(groups, 300);
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

        const prism::store::Snapshot snapshot(*m_reader);
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto expect = [&](const Span& asked, const Span& answered, bool approximate) {
            QVERIFY(source.refresh().has_value());
            const Result<RollupPtr> rollup = source.rollup(asked);
            const QString wrong = difference(m_facts, answered, **rollup);
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
        Groups groups(*m_database, 0, m_zone);
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
        const prism::store::Snapshot snapshot(*m_reader);
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const Span all{someTime - 1000h, someTime + 1000h};
        const QString wrong = difference(m_facts, all, **source.rollup(all));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void manyUsers_areEstimated()
    {
        Groups groups(*m_database, 0, m_zone);
        QVERIFY(groups.begin());
        for (int i = 0; i < 12'000; ++i) {
            Retro retro;
            retro.id = retro.user = QString::number(i);
            retro.timestamp = someTime;
            QVERIFY(groups->addRetro(retro, false).value());
        }
        commit(groups);
        const prism::store::Snapshot snapshot(*m_reader);
        RollupSource source(*m_reader, m_zone);
        QVERIFY(source.refresh().has_value());
        const auto days = source.userDays({someTime - 48h, someTime + 48h});
        QVERIFY(days->isEstimated);
        QVERIFY(std::abs(days->count / 12'000 - 1) < 0.02);
    }

    void damagedRollup_isAnErrorAndNoNumber()
    {
        Groups groups(*m_database, 0, m_zone);
        write(groups, 10);
        QVERIFY(m_database->execute("UPDATE day_rollups SET content = zeroblob(100)").has_value());
        const prism::store::Snapshot snapshot(*m_reader);
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

    void commit(Groups& groups)
    {
        QVERIFY(groups.announce("{}", someTime));
        QVERIFY(groups.commit());
    }

    void write(Groups& groups, int count)
    {
        QVERIFY(groups.begin());
        add(groups, count);
        commit(groups);
    }

    void expectRandomSpans(RollupSource& source, int count)
    {
        const prism::store::Snapshot snapshot(*m_reader);
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
        const prism::store::Snapshot snapshot(*m_reader);
        QVERIFY(source.refresh().has_value());
        compare(source, span);
    }

    void compare(RollupSource& source, const Span& span)
    {
        const Result<RollupPtr> rollup = source.rollup(span);
        QVERIFY(rollup.has_value());
        const QString wrong = difference(m_facts, span, **rollup);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const auto figures = source.figures({span.from}, span.to);
        QVERIFY(figures.has_value() && figures->size() == 1);
        QVERIFY(figures->front() == (*rollup)->all().figures);
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
