#include "server/api/event_pages.h"
#include "server/api/window_reading.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_history.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_read_snapshot {

using namespace prism;
using namespace Qt::StringLiterals;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using store::Snapshot;

namespace {

const QString file = u"t.db"_s;
const protocol::Error noSnapshot{ErrorCode::Unavailable, u"no snapshot today"_s};

/// Reads what there is, and cannot keep it from changing meanwhile.
class UnsteadyConnection : public store::ReadConnection
{
public:
    explicit UnsteadyConnection(const QString& path)
        : m_database(std::move(*store::sqlite::ReadConnection::open(path)))
    {
    }

    void breakOffWhen(std::function<bool()>) override {}
    const store::Dialect& dialect() const override { return m_database->dialect(); }

private:
    Result<store::Rows> run(QByteArrayView sql, std::span<const store::Value> values) override
    {
        return m_database->select(sql, std::vector<store::Value>(values.begin(), values.end()));
    }
    Result<void> beginSnapshot() override { return Failure(noSnapshot); }
    void endSnapshot() override { qFatal("nothing was begun"); }

    std::unique_ptr<store::ReadConnection> m_database;
};

template <typename T>
protocol::Error errorOf(const Result<T>& result)
{
    return result ? protocol::Error{ErrorCode::Internal, u"it was read"_s} : result.error();
}

using Read = protocol::Error (*)(std::unique_ptr<store::ReadConnection>);

protocol::Error readEvents(std::unique_ptr<store::ReadConnection> database)
{
    const realtime::Backlog backlog(0, 10, 1000);
    return errorOf(api::EventPages(*database, u"e"_s, backlog).read({0, 10, u"e"_s}));
}

protocol::Error readNumbers(std::unique_ptr<store::ReadConnection> database)
{
    const QString epoch = u"e"_s;
    const QTimeZone zone = QTimeZone::utc();
    store::RollupSources rollups(*database, zone);
    api::NoiseBook noise([](const api::NoiseBook::Work&) {}, [] {});
    statistics::Findings findings;
    const api::Numbers numbers{*database, rollups, epoch, zone, noise, findings};
    return errorOf(api::WindowReading(numbers).begin());
}

protocol::Error readHistory(std::unique_ptr<store::ReadConnection> database)
{
    return errorOf(store::RollupHistory(std::move(database), QTimeZone::utc()).begin());
}

} // namespace

/// What is made of several reads is of one state of the database, or is not answered.
class ReadSnapshotTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(file); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const auto database = store::sqlite::WriteConnection::open(path());
        QVERIFY(store::migrate(**database).has_value());
    }

    void withoutASnapshot_nothingIsRead_data()
    {
        QTest::addColumn<Read>("read");
        QTest::newRow("page of events") << Read(readEvents);
        QTest::newRow("numbers") << Read(readNumbers);
        QTest::newRow("history") << Read(readHistory);
    }

    void withoutASnapshot_nothingIsRead()
    {
        QFETCH(const Read, read);
        QCOMPARE(read(std::make_unique<UnsteadyConnection>(path())), noSnapshot);
    }

    /// The connection may have been closed meanwhile.
    void databaseThatIsAway_isSaidAndFoundAgain()
    {
        const auto guarded = *store::sqlite::DatabaseFile::claim(path());
        const auto writer = *store::sqlite::WriteConnection::open(guarded);
        const auto reader = *store::sqlite::ReadConnection::open(guarded);
        QVERIFY(guarded->whileNobodyReads([] {}));
        QVERIFY(QFile::rename(path(), path() + u".away"_s));
        QCOMPARE(Snapshot::begin(*reader).error().code, ErrorCode::Unavailable);
        QVERIFY(QFile::rename(path() + u".away"_s, path()));
        QVERIFY(guarded->whileNobodyReads([] {})); // nobody was left reading
        QVERIFY(Snapshot::begin(*reader).has_value());
    }

    void snapshotInAnother_isRefusedAndTheOtherStays_data()
    {
        QTest::addColumn<bool>("writes");
        QTest::newRow("of a connection that reads") << false;
        QTest::newRow("of one that writes") << true;
    }

    void snapshotInAnother_isRefusedAndTheOtherStays()
    {
        QFETCH(const bool, writes);
        using Connection = std::unique_ptr<store::ReadConnection>;
        const auto guarded = store::sqlite::DatabaseFile::unguarded(path());
        const auto writer = *store::sqlite::WriteConnection::open(guarded);
        const Connection reader = writes ? Connection(*store::sqlite::WriteConnection::open(guarded))
                                         : Connection(*store::sqlite::ReadConnection::open(guarded));
        const auto settings = [&] {
            auto rows = reader->select("SELECT count(*) FROM settings WHERE name = 'a'");
            return rows && rows->next() ? rows->integer(0) : -1;
        };
        {
            const auto snapshot = Snapshot::begin(*reader);
            QCOMPARE(settings(), 0);
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"within a transaction"_s));
            QCOMPARE(Snapshot::begin(*reader).error().code, ErrorCode::Internal);
            QVERIFY(writer->execute("INSERT INTO settings VALUES ('a', 'b')").has_value());
            QCOMPARE(settings(), 0);
        }
        QCOMPARE(settings(), 1);
        QVERIFY(Snapshot::begin(*reader).has_value());
    }

    /// More bytes than the engine takes are refused, not left out.
    void valueThatCannotBeBound_isAnError()
    {
        const auto writer = *store::sqlite::WriteConnection::open(path());
        const QByteArray tooLarge(1'000'000'001, Qt::Uninitialized);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"too big"_s));
        QVERIFY(!writer->execute("INSERT INTO settings VALUES ('a', ?)", {tooLarge}).has_value());
        QVERIFY(!static_cast<store::ReadConnection&>(*writer).select("SELECT ?", {tooLarge}).has_value());
        QVERIFY(writer->execute("INSERT INTO settings VALUES ('a', ?)", {QByteArray("b")}).has_value());
    }
};

PRISM_TEST(ReadSnapshotTest)

} // namespace tst_read_snapshot

#include "tst_read_snapshot.moc"
