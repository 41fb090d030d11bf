#include "server/store/migrations.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/check_writer.h"
#include "server/store/tables/event_writer.h"
#include "server/store/tables/fact_reader.h"
#include "server/store/tables/record_writer.h"
#include "server/store/tables/retro_writer.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace tst_damaged_file {

using namespace prism::store;
using namespace prism::protocol;
using prism::store::Error;
using prism::store::ErrorCode;

namespace {

constexpr int rowCount = 2000;
constexpr qint64 pageSize = 4096;
const Timestamp begin = fromMillis(1770000000000);
const prism::analytics::Span everything{begin, begin + std::chrono::hours(24)};

QString nameOf(int i)
{
    return QStringLiteral("row-%1-").arg(i, 6, 10, QLatin1Char('0')) + QString(60, QLatin1Char('x'));
}

QString idOf(int i)
{
    return QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 10, QLatin1Char('0'));
}

template <typename T>
std::optional<Error> errorOf(const prism::store::Result<T>& result)
{
    return result ? std::nullopt : std::optional(result.error());
}

using Read = std::optional<Error> (*)(ReadConnection&);

std::optional<Error> listEvents(ReadConnection& database)
{
    return errorOf(EventReader(database).range(1, rowCount, rowCount, std::numeric_limits<qint64>::max()));
}

std::optional<Error> listChecks(ReadConnection& database)
{
    CheckQuery query;
    query.limit = rowCount;
    return errorOf(CheckReader(database).list(query));
}

std::optional<Error> listRetros(ReadConnection& database)
{
    RetroQuery query;
    query.limit = rowCount;
    return errorOf(RetroReader(database).list(query));
}

std::optional<Error> listRecords(ReadConnection& database)
{
    RecordQuery query;
    query.limit = rowCount;
    return errorOf(RecordReader(database).list(query));
}

int& damageReports()
{
    static int count = 0;
    return count;
}

void countDamageReports(QtMsgType, const QMessageLogContext&, const QString& text)
{
    if (text.contains(QStringLiteral("damaged")))
        ++damageReports();
}

std::optional<Error> readFacts(ReadConnection& database)
{
    return errorOf(FactReader(database).checks(everything, [](const Check&, bool) { return true; }));
}

} // namespace

/// A page in the middle of the file is damaged: who reads over it hears of it.
class DamagedFileTest : public QObject
{
    Q_OBJECT

    static void fill(WriteConnection& database)
    {
        RecordCounts counts;
        QVERIFY(database.execute("BEGIN").has_value());
        for (int i = 0; i < rowCount; ++i) {
            const Timestamp time = begin + std::chrono::seconds(i);
            const QByteArray text = nameOf(i).toLatin1();
            QVERIFY(EventWriter(database)
                        .insert({Seq(i + 1), QStringLiteral("alert"), {}, "event " + text}, time)
                        .has_value());
            Check check;
            check.id = idOf(i);
            check.timestamp = time;
            check.project = QStringLiteral("check ") + nameOf(i);
            QVERIFY(CheckWriter(database).insert(check).has_value());
            Retro retro;
            retro.id = idOf(i);
            retro.timestamp = time;
            retro.summary = QStringLiteral("retro ") + nameOf(i);
            QVERIFY(RetroWriter(database).insert(retro).has_value());
            RecordDraft draft;
            draft.name = nameOf(i);
            draft.description = QStringLiteral("record ") + nameOf(i);
            QVERIFY(
                RecordWriter(database, counts).insert(makeRecord(draft, std::chrono::system_clock::now())));
        }
        QVERIFY(database.execute("COMMIT").has_value());
    }

    static void damagePageOf(const QString& name, const QByteArray& text)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qsizetype at = file.readAll().indexOf(text);
        QVERIFY(at > pageSize);
        QVERIFY(file.seek(at / pageSize * pageSize));
        QCOMPARE(file.write(QByteArray(pageSize, 'Z')), pageSize);
    }

private slots:
    void listOverADamagedPage_isAnErrorAndNoShorterList_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<Read>("read");
        QTest::newRow("events") << QByteArray("event ") << Read(listEvents);
        QTest::newRow("checks") << QByteArray("check ") << Read(listChecks);
        QTest::newRow("retrospectives") << QByteArray("retro ") << Read(listRetros);
        QTest::newRow("records") << QByteArray("record ") << Read(listRecords);
        QTest::newRow("facts") << QByteArray("check ") << Read(readFacts);
    }

    void listOverADamagedPage_isAnErrorAndNoShorterList()
    {
        QFETCH(const QByteArray, kind);
        QFETCH(const Read, read);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("t.db"));
        {
            const auto database = sqlite::WriteConnection::open(file);
            QVERIFY(migrate(**database).has_value());
            fill(**database);
            QVERIFY(!read(**database));
        }
        damagePageOf(file, kind + nameOf(rowCount / 2).toLatin1());
        const auto database = sqlite::ReadConnection::open(file);
        const std::optional<Error> error = read(**database);
        QVERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Unavailable);
        QVERIFY2(error->message.contains(QStringLiteral("backup")), qPrintable(error->message));
    }

    void damage_isReportedOnceByAConnection()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("t.db"));
        {
            const auto database = sqlite::WriteConnection::open(file);
            QVERIFY(migrate(**database).has_value());
            fill(**database);
        }
        damagePageOf(file, "check " + nameOf(rowCount / 2).toLatin1());
        const auto database = sqlite::ReadConnection::open(file);
        const QtMessageHandler usual = qInstallMessageHandler(countDamageReports);
        for (int i = 0; i < 3; ++i)
            (void)listChecks(**database);
        qInstallMessageHandler(usual);
        QCOMPARE(damageReports(), 1);
    }
};

PRISM_TEST(DamagedFileTest)

} // namespace tst_damaged_file

#include "tst_damaged_file.moc"
