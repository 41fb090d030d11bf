#include "server/store/gate_builder.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/facts.h"
#include "tests/unit/store/groups.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tst_gates {

using namespace prism::store;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::array statuses{CheckStatus::Pass, CheckStatus::Warning, CheckStatus::Blocked};

/// A check that was stored, in the order of arrival.
struct Stored
{
    Check check;
    bool isDropped = false;
};

/// How a gate stands by going through all of its checks, those of retention's past included.
std::optional<GateState> plainCount(const std::vector<Stored>& all, const GateName& name,
                                    const QStringList& mainBranches)
{
    std::vector<const Check*> counting;
    for (const Stored& each : all) {
        const Check& check = each.check;
        const bool isOwn = check.origin == CheckOrigin::Local || check.origin == CheckOrigin::Agent;
        const bool isMain = check.branch.isEmpty() || mainBranches.contains(check.branch);
        if (check.project == name.project && check.gate == name.gate && isMain && !isOwn)
            counting.push_back(&check);
    }
    if (counting.empty())
        return std::nullopt;
    std::ranges::stable_sort(counting, {}, &Check::timestamp);
    const Check& newest = *counting.back();
    GateState gate{
        name,       newest.status, {}, 0,    newest.timestamp, newest.id, newest.branch, newest.commit,
        newest.url, newest.user,   {}, false};
    for (auto each = counting.rbegin(); each != counting.rend() && (*each)->status == newest.status; ++each) {
        gate.since = (*each)->timestamp;
        gate.streak = std::min(gate.streak + 1, longestStreak);
    }
    for (const Check* each : counting) {
        if (each->status == CheckStatus::Pass)
            gate.lastPass = each->timestamp;
    }
    return gate;
}

QByteArray shown(const std::optional<GateState>& gate)
{
    return gate ? encode(*gate) : QByteArrayLiteral("none");
}

} // namespace

/// How the stored gates follow what happens to checks, in whatever order that is.
class TestGates : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*sqlite::WriteConnection::open(m_folder->filePath(u"t.db"_s)));
        QVERIFY(migrate(*m_database).has_value());
        QVERIFY(countGates(*m_database).has_value());
        m_groups.emplace(*m_database);
        m_random.seed(20260207);
        m_stored.clear();
        m_branches = Settings().mainBranches;
        m_keptFrom = {};
        m_now = someTime;
    }

    void cleanup()
    {
        m_groups.reset();
        m_database.reset();
    }

    void whateverHappens_gatesStandAsAPlainCountSays()
    {
        for (int step = 0; step < 1'500; ++step) {
            QVERIFY(m_groups->begin());
            const qint64 kind = below(m_random, 100);
            if (kind < 45)
                QVERIFY(add(m_now += std::chrono::milliseconds(below(m_random, 3) * 500)));
            else if (kind < 85)
                QVERIFY(add(m_now - std::chrono::milliseconds(below(m_random, 40) * 500)));
            else if (kind < 97)
                QVERIFY(turnOne());
            else
                QVERIFY(drop(m_now - 15s));
            QVERIFY(m_groups->commit());
            QVERIFY2(findDifference().isEmpty(), qPrintable(u"step %1: "_s.arg(step) + findDifference()));
        }
        QVERIFY(std::ranges::any_of(m_stored, &Stored::isDropped));
        QCOMPARE(recountGates(*m_database).value(), 0);
        QCOMPARE(findDifference(), QString());
    }

    void importInAnyOrder_givesTheSame()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 500; ++i)
            QVERIFY(add(someTime + std::chrono::seconds(below(m_random, 2'000)), true));
        QVERIFY(m_groups->commit());
        QCOMPARE(findDifference(), QString());
    }

    void otherMainBranches_areCountedAnewInSlices()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 300; ++i)
            QVERIFY(add(m_now += 1s));
        QVERIFY(m_groups->commit());
        m_branches = {u"develop"_s};
        QVERIFY(m_groups->begin());
        Settings settings;
        settings.mainBranches = m_branches;
        QVERIFY((*m_groups)->settings().setSettings(settings).has_value());
        QVERIFY((*m_groups)->gates().beginRecount().has_value());
        QVERIFY(m_groups->commit());
        int slices = 0;
        for (bool more = true; more; ++slices) {
            QVERIFY(m_groups->begin());
            GateRecount recounted;
            more = (*m_groups)->gates().recountSome(3, recounted).value();
            QVERIFY(add(m_now += 1s)); // what comes meanwhile counts as it will
            QVERIFY(m_groups->commit());
        }
        QVERIFY(slices > 2);
        QCOMPARE(findDifference(), QString());
        QVERIFY(m_groups->begin());
        QVERIFY(!(*m_groups)->settings().gatesCountedTo().value());
    }

    void longRow_isToldUpToItsLimitAndBrokenRightly()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 1'010; ++i)
            QVERIFY(addOf({u"p"_s, u"g"_s}, m_now += 1s, CheckStatus::Pass));
        QVERIFY(m_groups->commit());
        const auto streak = [this] { return find({u"p"_s, u"g"_s})->streak; };
        QCOMPARE(streak(), longestStreak);
        QVERIFY(m_groups->begin());
        QVERIFY(addOf({u"p"_s, u"g"_s}, m_now - 4'500ms, CheckStatus::Blocked));
        QVERIFY(m_groups->commit());
        QCOMPARE(streak(), 5);
        QCOMPARE(findDifference(), QString());
    }

    void forgottenGate_comesBackWithItsNextCheck()
    {
        const GateName name{u"p"_s, u"g"_s};
        QVERIFY(m_groups->begin());
        QVERIFY(addOf(name, m_now, CheckStatus::Blocked));
        QVERIFY((*m_groups)->gates().forget(name).value());
        QVERIFY(!(*m_groups)->gates().forget(name).value());
        QVERIFY(m_groups->commit());
        QCOMPARE(recountGates(*m_database).value(), 0);
        QVERIFY(!find(name));
        QVERIFY(m_groups->begin());
        QVERIFY(addOf(name, m_now + 1s, CheckStatus::Blocked));
        QVERIFY(m_turn && !m_turn->from);
        QVERIFY(m_groups->commit());
        QCOMPARE(findDifference(), QString());
        QCOMPARE(find(name)->streak, 2);
    }

    void tooManyGates_loseThoseNotHeardOfForLongest()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 10; ++i)
            QVERIFY(addOf({u"p"_s, QString::number(i)}, m_now + i * 1s, CheckStatus::Pass));
        QCOMPARE((*m_groups)->gates().takeNewOnes(), 10);
        QCOMPARE((*m_groups)->gates().trim(4).value(), 6);
        QCOMPARE((*m_groups)->gates().trim(4).value(), 0);
        QVERIFY(m_groups->commit());
        QVERIFY(!find({u"p"_s, u"5"_s}));
        QVERIFY(find({u"p"_s, u"6"_s}));
    }

    void wrongGates_areMended()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 200; ++i)
            QVERIFY(add(m_now += 1s));
        QVERIFY(m_groups->commit());
        QVERIFY(m_database->execute("UPDATE gates SET streak = streak + 7 WHERE ordinal = 1").has_value());
        QVERIFY(m_database->execute("DELETE FROM gates WHERE ordinal = 2").has_value());
        QCOMPARE(recountGates(*m_database).value(), 2);
        QCOMPARE(findDifference(), QString());
        QCOMPARE(recountGates(*m_database).value(), 0);
    }

private:
    std::optional<GateState> find(const GateName& name) { return *GateReader(*m_database).find(name); }

    /// Of any gate, branch, origin and status.
    bool add(Timestamp time, bool imported = false)
    {
        Check check;
        check.project = QString(u"pq"_s.at(below(m_random, 2)));
        check.gate = QStringList{u"unit"_s, u"lint"_s, u"unit tests \u00e9\U0001F600"_s, QString()}.at(
            below(m_random, 4));
        check.branch =
            QStringList{u"main"_s, u"trunk"_s, u"develop"_s, u"feature"_s, QString()}.at(below(m_random, 5));
        const std::array<std::optional<CheckOrigin>, 4> origins{std::nullopt, CheckOrigin::Ci,
                                                                CheckOrigin::Local, CheckOrigin::Agent};
        check.origin = origins.at(std::size_t(below(m_random, 4)));
        check.status = statuses.at(std::size_t(below(m_random, 3)));
        return store(check, time, imported);
    }

    bool addOf(const GateName& name, Timestamp time, CheckStatus status)
    {
        Check check;
        check.project = name.project;
        check.gate = name.gate;
        check.status = status;
        return store(check, time, false);
    }

    bool store(Check check, Timestamp time, bool imported)
    {
        const QString number = QString::number(m_stored.size());
        check.id = number;
        check.timestamp = std::max(time, m_keptFrom);
        check.commit = u"commit "_s + number;
        check.url = u"https://ci.example/"_s + number;
        check.user = u"user "_s + number;
        const auto added = (*m_groups)->addCheck(check, {imported});
        if (!added || !*added)
            return false;
        m_turn = added->turn;
        m_stored.push_back({check});
        return true;
    }

    /// Another status, as a mark or a run that is told anew may give a check.
    bool turnOne()
    {
        const auto kept = std::ranges::find(m_stored, false, &Stored::isDropped);
        if (kept == m_stored.end())
            return true;
        auto one = kept + below(m_random, m_stored.end() - kept);
        if (one->isDropped)
            return true;
        const Check before = one->check;
        one->check.status = statuses.at(std::size_t(below(m_random, 3)));
        return m_database->execute("UPDATE checks SET status = ? WHERE id = ?",
                                   {toString(one->check.status), before.id}) &&
               (*m_groups)->gates().change(before, one->check);
    }

    /// As retention does, a few at a time.
    bool drop(Timestamp olderThan)
    {
        m_keptFrom = std::max(m_keptFrom, olderThan);
        if (!(*m_groups)->settings().setChecksKeptFrom(m_keptFrom))
            return false;
        for (int trimmed = 1; trimmed > 0;) {
            const auto removed = (*m_groups)->trimChecks(m_keptFrom, 7);
            if (!removed)
                return false;
            trimmed = *removed;
        }
        for (Stored& each : m_stored)
            each.isDropped = each.isDropped || each.check.timestamp < m_keptFrom;
        return true;
    }

    /// The first gate that does not stand as it should.
    QString findDifference()
    {
        std::vector<GateName> names;
        for (const Stored& each : m_stored) {
            const GateName name{each.check.project, each.check.gate};
            if (!name.gate.isEmpty() && std::ranges::find(names, name) == names.end())
                names.push_back(name);
        }
        for (const GateName& name : names) {
            const QByteArray expected = shown(plainCount(m_stored, name, m_branches));
            const QByteArray actual = shown(find(name));
            if (actual != expected)
                return QString::fromUtf8(actual + "\n instead of \n" + expected);
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    std::optional<Groups> m_groups;
    Random m_random;
    std::vector<Stored> m_stored;
    QStringList m_branches;
    Timestamp m_keptFrom;
    Timestamp m_now;
    std::optional<GateTurn> m_turn; ///< of the check that was added last
};

PRISM_TEST(TestGates)

} // namespace tst_gates

#include "tst_gates.moc"
