#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/check_writer.h"
#include "server/store/tables/retro_writer.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

namespace tst_time_page {

using namespace prism::store;
using namespace prism::protocol;

namespace {

constexpr int rowCount = 20000;
constexpr int mostSteps = 2000;
const Timestamp begin = fromMillis(1770000000000);

/// Adds up the steps of SQLite's machine over the statements that end.
int addSteps(unsigned, void* steps, void* statement, void*)
{
    *static_cast<int*>(steps) +=
        sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

QString idOf(int i)
{
    return QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 10, QLatin1Char('0'));
}

struct Page
{
    QStringList ids;
    std::optional<TimeCursor> next;
};

QStringList idsOf(const QList<QByteArray>& entries)
{
    QStringList ids;
    for (const QByteArray& entry : entries)
        ids.append(QJsonDocument::fromJson(entry)[QLatin1String("id")].toString());
    return ids;
}

Page checksOf(ReadConnection& database, const CheckQuery& query)
{
    Page page;
    const auto list = CheckReader(database).list(query);
    page.ids = idsOf(list->checks);
    page.next = list->next;
    return page;
}

Page retrosOf(ReadConnection& database, const CheckQuery& query)
{
    Page page;
    RetroQuery same;
    same.from = query.from;
    same.to = query.to;
    same.after = query.after;
    same.limit = query.limit;
    const auto list = RetroReader(database).list(same);
    page.ids = idsOf(list->retros);
    page.next = list->next;
    return page;
}

using ReadPage = Page (*)(ReadConnection&, const CheckQuery&);

} // namespace

/// A page deep in a list costs what the first one costs, and no entry is left out between pages.
class TimePageTest : public QObject
{
    Q_OBJECT

    int m_steps = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;

    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto database = sqlite::WriteConnection::open(m_folder->filePath(QStringLiteral("t.db")));
        QVERIFY(database.has_value());
        m_database = std::move(*database);
        QVERIFY(migrate(*m_database).has_value());
    }

    /// `perInstant` entries in each millisecond.
    void fill(int count, int perInstant)
    {
        QVERIFY(m_database->execute("BEGIN").has_value());
        for (int i = 0; i < count; ++i) {
            Check check;
            check.id = idOf(i);
            check.timestamp = begin + std::chrono::milliseconds(i / perInstant);
            QVERIFY(CheckWriter(*m_database).insert(check).has_value());
            Retro retro;
            retro.id = check.id;
            retro.timestamp = check.timestamp;
            QVERIFY(RetroWriter(*m_database).insert(retro).has_value());
        }
        QVERIFY(m_database->execute("COMMIT").has_value());
    }

    /// Has SQLite tell of every statement on the one connection that is opened here.
    static int watch(sqlite3* handle, char**, const sqlite3_api_routines*)
    {
        return sqlite3_trace_v2(handle, SQLITE_TRACE_PROFILE, addSteps, watched());
    }

    static int*& watched()
    {
        static int* steps = nullptr;
        return steps;
    }

private slots:
    void initTestCase()
    {
        watched() = &m_steps;
        QCOMPARE(sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch)), SQLITE_OK);
    }

    void init() { open(); }

    void cleanup()
    {
        m_database.reset();
        m_folder.reset();
    }

    void pageFarBehind_costsNoMoreSteps_data()
    {
        QTest::addColumn<ReadPage>("read");
        QTest::addColumn<int>("perInstant");
        QTest::addColumn<bool>("bounded");
        for (const bool bounded : {false, true}) {
            for (const int perInstant : {1, rowCount}) {
                const QByteArray name = QByteArray(bounded ? "between" : "all") +
                                        (perInstant == 1 ? ", each at its time" : ", all at one time");
                QTest::newRow(("checks " + name).constData()) << ReadPage(checksOf) << perInstant << bounded;
                QTest::newRow(("retros " + name).constData()) << ReadPage(retrosOf) << perInstant << bounded;
            }
        }
    }

    void pageFarBehind_costsNoMoreSteps()
    {
        QFETCH(const ReadPage, read);
        QFETCH(const int, perInstant);
        QFETCH(const bool, bounded);
        fill(rowCount, perInstant);
        CheckQuery query;
        query.limit = 10;
        if (bounded) {
            query.from = begin;
            query.to = begin + std::chrono::hours(1);
        }
        constexpr int middle = rowCount / 2;
        query.after = TimeCursor{toMillis(begin) + middle / perInstant, middle + 1};
        m_steps = 0;
        const Page page = read(*m_database, query);
        QCOMPARE(page.ids.size(), 10);
        QCOMPARE(page.ids.first(), idOf(middle - 1));
        QVERIFY2(m_steps > 0, "nothing was counted");
        QVERIFY2(m_steps < mostSteps, qPrintable(QStringLiteral("%1 steps").arg(m_steps)));
    }

    void pages_togetherAreTheWholeList_data()
    {
        QTest::addColumn<ReadPage>("read");
        QTest::newRow("checks") << ReadPage(checksOf);
        QTest::newRow("retros") << ReadPage(retrosOf);
    }

    void pages_togetherAreTheWholeList()
    {
        QFETCH(const ReadPage, read);
        constexpr int count = 100;
        constexpr int perInstant = 7;
        fill(count, perInstant);
        CheckQuery query;
        query.limit = 3;
        query.from = begin + std::chrono::milliseconds(2);
        query.to = begin + std::chrono::milliseconds(10);
        QStringList expected;
        for (int i = 10 * perInstant - 1; i >= 2 * perInstant; --i)
            expected.append(idOf(i));
        QStringList seen;
        do {
            const Page page = read(*m_database, query);
            seen += page.ids;
            query.after = page.next;
        } while (query.after && seen.size() <= count);
        QCOMPARE(seen, expected);
    }

    void cursorOutsideTheSpan_givesOnlyWhatIsWithin()
    {
        fill(20, 2);
        CheckQuery query;
        query.to = begin + std::chrono::milliseconds(5);
        query.after = TimeCursor{toMillis(begin) + 8, 18};
        query.limit = 1;
        QCOMPARE(checksOf(*m_database, query).ids, QStringList{idOf(9)});
        query.to.reset();
        query.from = begin + std::chrono::milliseconds(9);
        QVERIFY(checksOf(*m_database, query).ids.isEmpty());
    }
};

PRISM_TEST(TimePageTest)

} // namespace tst_time_page

#include "tst_time_page.moc"
