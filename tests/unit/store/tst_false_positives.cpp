#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/savepoint.h"
#include "server/store/writing/staged_checks.h"
#include "tests/support/test_program.h"
#include "tests/unit/store/groups.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace tst_false_positives {

using namespace prism::store;
using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

const Timestamp someTime = fromMillis(1770000000000);

/// `violations` are the numbers of what was found.
Check checkOf(const QString& id, const QList<int>& violations, const QString& project = u"web"_s)
{
    Check check;
    check.id = id;
    check.timestamp = someTime;
    check.project = project;
    check.status = CheckStatus::Blocked;
    for (const int each : violations)
        check.violations.append(
            {u"P"_s, u"Name"_s, Severity::Block, u"m"_s, false, {}, u"file-%1"_s.arg(each)});
    return check;
}

QList<int> upTo(int count)
{
    QList<int> numbers;
    for (int i = 0; i < count; ++i)
        numbers.append(i);
    return numbers;
}

} // namespace

/// What is remembered of findings that are none, within groups that are committed or undone.
class FalsePositivesTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;
    std::unique_ptr<Groups> m_groups;

    /// What was found under this number is none; whether that is remembered.
    bool remember(int finding, qint64 most = 100, const QString& reason = {})
    {
        FalsePositive marked;
        marked.id = u"id-%1-%2"_s.arg(finding).arg(++m_marks);
        marked.at = someTime + std::chrono::seconds(m_marks);
        marked.project = u"web"_s;
        marked.checkId = u"c"_s;
        marked.reason = reason;
        return (*m_groups)
            ->falsePositives()
            .remember(marked, checkOf({}, {finding}).violations.first(), most)
            .has_value();
    }

    bool forget(int finding)
    {
        return (*m_groups)->falsePositives().forget(u"web"_s, checkOf({}, {finding}).violations[0]).value();
    }

    std::optional<AddedCheck> add(const Check& check, const StagedChecks* staged = nullptr)
    {
        if (!m_groups->begin())
            return {};
        const AddedCheck added = (*m_groups)->addCheck(check, {false, true}, staged).value();
        return m_groups->commit() ? std::optional(added) : std::nullopt;
    }

    /// The places of the violations of the check that are marked.
    QList<int> marked(const QString& id)
    {
        QList<int> places;
        const Check check = CheckReader(*m_database).find(id)->check;
        for (qsizetype i = 0; i < check.violations.size(); ++i) {
            if (check.violations[i].falsePositive)
                places.append(int(i));
        }
        if (countsOf(check) != countsOf(check.violations))
            places.append(-1);
        return places;
    }

    QList<FalsePositive> remembered(const FalsePositiveQuery& query = {})
    {
        QList<FalsePositive> all;
        const FalsePositivePage page = FalsePositiveReader(*m_database).list(query).value();
        for (const QByteArray& json : page.entries)
            all.append(falsePositiveFromJson(QJsonDocument::fromJson(json).object()).value());
        return all;
    }

    int m_marks = 0;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::move(*sqlite::WriteConnection::open(m_folder->filePath(u"t.db"_s)));
        QVERIFY(migrate(*m_database).has_value());
        m_groups = std::make_unique<Groups>(*m_database);
        m_marks = 0;
    }

    void cleanup()
    {
        m_groups.reset();
        m_database.reset();
    }

    void whatArrives_isMarkedAndCountsLast()
    {
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        const auto added = add(checkOf(u"a"_s, {1, 2, 1}));
        QVERIFY(added && added->isNew && added->marked);
        QCOMPARE(marked(u"a"_s), (QList<int>{1, 2})); // those that count come first
        QCOMPARE(countsOf(*added->marked), (ViolationCounts{1, 0, 0, 2}));
        QVERIFY(!add(checkOf(u"b"_s, {2}))->marked);
        QVERIFY(!add(checkOf(u"c"_s, {1}, u"shop"_s))->marked);
        QCOMPARE(marked(u"c"_s), QList<int>());
    }

    /// Also where the marks are read anew, as at a start.
    void sightings_areCounted()
    {
        QVERIFY(m_groups->begin() && remember(1) && remember(2) && m_groups->commit());
        QVERIFY(add(checkOf(u"a"_s, {1, 1, 3})));
        m_groups = std::make_unique<Groups>(*m_database);
        Check later = checkOf(u"b"_s, {1});
        later.timestamp += std::chrono::hours(2);
        QVERIFY(add(later));
        QVERIFY(add(checkOf(u"c"_s, {1})));
        QVERIFY(!add(checkOf(u"c"_s, {1}))->isNew); // was there already
        const QList<FalsePositive> all = remembered();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].seen, 0);
        QVERIFY(!all[0].lastSeen);
        QCOMPARE(all[1].seen, 4);
        QCOMPARE(all[1].lastSeen, std::optional(later.timestamp));
    }

    void taken_back_marksNothingMore()
    {
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        QVERIFY(add(checkOf(u"a"_s, {1})));
        QVERIFY(m_groups->begin() && forget(1) && !forget(1) && m_groups->commit());
        QVERIFY(!add(checkOf(u"b"_s, {1}))->marked);
        QCOMPARE(marked(u"a"_s), QList<int>{0});
        QCOMPARE(marked(u"b"_s), QList<int>());
        QCOMPARE(remembered().size(), 0);
    }

    void mark_ofAGroupThatIsUndone_isNone()
    {
        QVERIFY(m_groups->begin() && remember(1));
        m_groups->undo();
        QVERIFY(!add(checkOf(u"a"_s, {1}))->marked);
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        QVERIFY(m_groups->begin() && forget(1));
        m_groups->undo();
        QVERIFY(add(checkOf(u"b"_s, {1}))->marked);
    }

    /// What was seen by others of the group stays, and is not given to another finding.
    void part_thatIsUndone_isNone()
    {
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        QVERIFY(m_groups->begin());
        QVERIFY((*m_groups)->addCheck(checkOf(u"a"_s, {1}), {}).has_value());
        {
            const auto part = Savepoint::set(**m_groups);
            QVERIFY(part.has_value());
            QVERIFY((*m_groups)->addCheck(checkOf(u"d"_s, {1}), {}).has_value());
            QVERIFY(forget(1) && remember(2));
            QVERIFY((*m_groups)->addCheck(checkOf(u"b"_s, {2}), {}).has_value());
        }
        QVERIFY((*m_groups)->addCheck(checkOf(u"c"_s, {1, 2}), {}).has_value());
        QVERIFY(m_groups->commit());
        QCOMPARE(marked(u"c"_s), QList<int>{1});
        const QList<FalsePositive> all = remembered();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0].file, u"file-1"_s);
        QCOMPARE(all[0].seen, 2);
    }

    void markThatIsGone_keepsNothingOfWhatWasSeen()
    {
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        QVERIFY(m_groups->begin());
        QVERIFY((*m_groups)->addCheck(checkOf(u"a"_s, {1}), {}).has_value());
        QVERIFY(forget(1) && remember(2));
        QVERIFY(m_groups->commit());
        const QList<FalsePositive> all = remembered();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0].seen, 0);
    }

    void moreThanAreKept_areRefused()
    {
        QVERIFY(m_groups->begin());
        QVERIFY(remember(1, 2) && remember(2, 2) && remember(2, 2, u"again"_s));
        FalsePositive marked;
        const auto third =
            (*m_groups)->falsePositives().remember(marked, checkOf({}, {3}).violations.first(), 2);
        QCOMPARE(third.error().code, ErrorCode::Quota);
        QVERIFY(third.error().details.first().contains(u"--max-false-positives"_s));
        QVERIFY(forget(1) && remember(3, 2) && !remember(1, 2));
        QVERIFY(m_groups->commit());
        QCOMPARE(remembered().size(), 2);
    }

    void saidAgain_hasTheNewerWords()
    {
        QVERIFY(m_groups->begin() && remember(1, 9, u"first"_s) && remember(1, 9) && m_groups->commit());
        QCOMPARE(remembered()[0].reason, u"first"_s);
        const Timestamp before = remembered()[0].at;
        QVERIFY(m_groups->begin() && remember(1, 9, u"second"_s) && m_groups->commit());
        QCOMPARE(remembered().size(), 1);
        QCOMPARE(remembered()[0].reason, u"second"_s);
        QVERIFY(remembered()[0].at > before);
    }

    void list_hasPagesAndProjects()
    {
        QVERIFY(m_groups->begin());
        for (int i = 0; i < 5; ++i)
            QVERIFY(remember(i));
        FalsePositive other;
        other.id = u"other"_s;
        other.at = someTime;
        other.project = u"shop"_s;
        other.checkId = u"c"_s;
        QVERIFY((*m_groups)->falsePositives().remember(other, checkOf({}, {1}).violations[0], 9).has_value());
        QVERIFY(m_groups->commit());
        FalsePositiveQuery query;
        query.limit = 4;
        const FalsePositivePage page = FalsePositiveReader(*m_database).list(query).value();
        QCOMPARE(page.entries.size(), 4);
        QVERIFY(page.next.has_value());
        query.after = page.next;
        QCOMPARE(remembered(query).size(), 2);
        QCOMPARE(remembered(query).last().project, u"shop"_s);
        query.after = {};
        query.projects = {u"shop"_s};
        QCOMPARE(remembered(query).size(), 1);
        query.projects = {QString()};
        QCOMPARE(remembered(query).size(), 0);
    }

    /// The marks of now hold, whichever there were when its parts were written.
    void staged_data()
    {
        QTest::addColumn<int>("before"); // the finding that is marked before the first part
        QTest::addColumn<int>("between");
        QTest::addColumn<int>("behind");
        QTest::addColumn<int>("takenBack"); // behind all of its parts
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("none") << -1 << -1 << -1 << -1 << QList<int>{};
        QTest::newRow("before") << 600 << -1 << -1 << -1 << QList<int>{600};
        QTest::newRow("between, of a part that is written") << -1 << 3 << -1 << -1 << QList<int>{3};
        QTest::newRow("between, of a part to come") << -1 << 1'100 << -1 << -1 << QList<int>{1'100};
        QTest::newRow("behind") << -1 << -1 << 700 << -1 << QList<int>{700};
        QTest::newRow("taken back") << 600 << 3 << -1 << 600 << QList<int>{3};
        QTest::newRow("all") << 600 << 3 << 700 << 3 << QList<int>{600, 700};
    }

    void staged()
    {
        QFETCH(const int, before);
        QFETCH(const int, between);
        QFETCH(const int, behind);
        QFETCH(const int, takenBack);
        QFETCH(const QList<int>, expected);
        const auto mark = [this](int finding) {
            return finding < 0 || (m_groups->begin() && remember(finding) && m_groups->commit());
        };
        const Check check = checkOf(u"a"_s, upTo(1'200));
        const auto staged = std::make_shared<StagedChecks>(1);
        staged->offer(check);
        QVERIFY(mark(before));
        for (int slices = 0; !staged->areDone(); ++slices) {
            QVERIFY(m_groups->begin());
            staged->writeNext(**m_groups);
            QVERIFY(m_groups->commit());
            QVERIFY(slices > 0 || mark(between));
        }
        QVERIFY(mark(behind));
        if (takenBack >= 0)
            QVERIFY(m_groups->begin() && forget(takenBack) && m_groups->commit());
        const auto added = add(check, staged.get());
        QVERIFY(added && added->isNew);
        QCOMPARE(added->marked.has_value(), !expected.isEmpty());
        QCOMPARE(marked(u"a"_s), expected);
        const qint64 count = expected.size();
        QCOMPARE(countsOf(CheckReader(*m_database).find(u"a"_s)->check),
                 (ViolationCounts{1'200 - count, 0, 0, count}));
        qint64 seen = 0;
        for (const FalsePositive& each : remembered())
            seen += each.seen;
        QCOMPARE(seen, count);
    }

    void stagedCheck_ofWhichAllIsMarked_passes()
    {
        Check check = checkOf(u"a"_s, QList<int>(1'200, 1));
        QVERIFY(m_groups->begin() && remember(1) && m_groups->commit());
        const auto staged = std::make_shared<StagedChecks>(1);
        staged->offer(check);
        while (!staged->areDone()) {
            QVERIFY(m_groups->begin());
            staged->writeNext(**m_groups);
            QVERIFY(m_groups->commit());
        }
        QVERIFY(add(check, staged.get())->isNew);
        QVERIFY(CheckReader(*m_database).find(u"a"_s)->check.status == CheckStatus::Pass);
        QCOMPARE(remembered()[0].seen, 1'200);
    }
};

PRISM_TEST(FalsePositivesTest)

} // namespace tst_false_positives

#include "tst_false_positives.moc"
