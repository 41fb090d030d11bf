#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

namespace tst_database_file {

using namespace prism::store;

namespace {

/// Writes into the file that is there. It stays open: closing it would give up SQLite's locks.
std::unique_ptr<QFile> writtenOver(const QString& name, const QByteArray& content)
{
    auto file = std::make_unique<QFile>(name);
    const bool isWritten = file->open(QIODevice::ReadWrite | QIODevice::Unbuffered) &&
                           file->write(content) == content.size() && file->resize(content.size());
    return isWritten ? std::move(file) : nullptr;
}

/// How many descriptors this process has of files that have no name any more.
int deletedFiles(const QString& folder)
{
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code error;
        const std::string target = std::filesystem::read_symlink(entry.path(), error).string();
        count += target.starts_with(folder.toStdString()) && target.ends_with(" (deleted)") ? 1 : 0;
    }
    return count;
}

} // namespace

/// All connections to a file are closed at once, and opened anew by who reads next.
class DatabaseFileTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<sqlite::DatabaseFile> m_file;
    std::unique_ptr<sqlite::WriteConnection> m_writer;

    static qint64 sumOf(sqlite::ReadConnection& reader)
    {
        auto rows = static_cast<ReadConnection&>(reader).select("SELECT sum(n) FROM t");
        return rows && rows->next() ? rows->integer(0) : -1;
    }

    void add(int number) { QVERIFY(m_writer->execute("INSERT INTO t VALUES (?)", {number}).has_value()); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto file = sqlite::DatabaseFile::claim(m_folder->filePath(QStringLiteral("t.db")));
        QVERIFY(file.has_value());
        m_file = *file;
        m_writer = std::move(*sqlite::WriteConnection::open(m_file));
        QVERIFY(m_writer->execute("CREATE TABLE t (n INTEGER)").has_value());
        QVERIFY(m_writer->execute("CREATE TABLE events (seq INTEGER PRIMARY KEY)").has_value());
        QVERIFY(m_writer->execute("CREATE TABLE event_floor (seq INTEGER)").has_value());
    }

    void cleanup()
    {
        m_writer.reset();
        m_file.reset();
    }

    void logThatIsGone_isBegunAnewForAll_data()
    {
        QTest::addColumn<QStringList>("endings");
        QTest::newRow("log") << QStringList{QStringLiteral("-wal")};
        QTest::newRow("index") << QStringList{QStringLiteral("-shm")};
        QTest::newRow("both") << QStringList{QStringLiteral("-wal"), QStringLiteral("-shm")};
    }

    void logThatIsGone_isBegunAnewForAll()
    {
        QFETCH(const QStringList, endings);
        const auto one = *sqlite::ReadConnection::open(m_file);
        const auto other = *sqlite::ReadConnection::open(m_file);
        add(1);
        QCOMPARE(sumOf(*one), 1);
        QVERIFY(!m_writer->outage(0));
        for (const QString& ending : endings)
            QVERIFY(QFile::remove(m_file->path() + ending));
        add(2);
        QVERIFY(deletedFiles(m_folder->path()) > 0);
        {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("a new one was begun")));
            QVERIFY(!m_writer->outage(0));
        }
        QCOMPARE(deletedFiles(m_folder->path()), 0);
        for (const QString& ending : {QStringLiteral("-wal"), QStringLiteral("-shm")})
            QVERIFY(QFile::exists(m_file->path() + ending));
        add(4);
        QCOMPARE(sumOf(*one), 7);
        QCOMPARE(sumOf(*other), 7);
    }

    void whileSomebodyReads_nothingIsBegun()
    {
        const auto reader = *sqlite::ReadConnection::open(m_file);
        add(1);
        QVERIFY(!m_writer->outage(0));
        std::optional<Snapshot> snapshot(*Snapshot::begin(*reader));
        QCOMPARE(sumOf(*reader), 1);
        QVERIFY(QFile::remove(m_file->path() + QStringLiteral("-wal")));
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("moved, deleted or replaced")));
        const auto outage = m_writer->outage(0);
        QVERIFY(outage && !outage->isFinal);
        QCOMPARE(outage->error.code, ErrorCode::Unavailable);
        QCOMPARE(sumOf(*reader), 1);
        snapshot.reset();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("a new one was begun")));
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("written to again")));
        QVERIFY(!m_writer->outage(0));
        add(2);
        QCOMPARE(sumOf(*reader), 3);
    }

    void touchedFile_isTheSameAfterALookIntoIt()
    {
        add(1);
        QVERIFY(!m_writer->outage(0));
        for (int i = 0; i < 3; ++i) {
            const auto now = std::filesystem::file_time_type::clock::now();
            std::filesystem::last_write_time(m_file->path().toStdString(), now + std::chrono::seconds(i));
            QTest::ignoreMessage(QtWarningMsg,
                                 QRegularExpression(QStringLiteral("all that belongs into it")));
            QVERIFY(!m_writer->outage(0));
            QVERIFY(!m_writer->outage(0));
        }
    }

    /// Another's write may come within the same tick of the system's clock, and change no size.
    void fileWrittenToRightAfterTheLogWasBroughtIn_isLookedInto()
    {
        QVERIFY(m_writer->execute("CREATE TABLE pages (content BLOB)").has_value());
        QFile file(m_file->path()); // stays open, as closing it would give up SQLite's locks
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        for (int i = 0; i < 20; ++i) {
            QVERIFY(m_writer->execute("INSERT INTO pages VALUES (zeroblob(5000000))").has_value());
            QVERIFY(file.seek(0) && file.write("S") == 1); // as it begins
            QTest::ignoreMessage(QtWarningMsg,
                                 QRegularExpression(QStringLiteral("all that belongs into it")));
            QVERIFY(!m_writer->outage(0));
        }
        m_writer.reset();
    }

    /// The log is begun anew when nobody reads, and until then anything may happen.
    void fileWrittenOverWhileTheLogIsBegunAnew_isSeen()
    {
        const QString copy = m_folder->filePath(QStringLiteral("copy.db"));
        QVERIFY(m_writer->execute("VACUUM INTO ?", {copy}).has_value());
        QFile backup(copy);
        QVERIFY(backup.open(QIODevice::ReadOnly));
        QVERIFY(m_writer->execute("INSERT INTO events VALUES (1), (2), (3)").has_value());
        QVERIFY(!m_writer->outage(3));
        const auto idle = *sqlite::ReadConnection::open(m_file);
        std::atomic<bool> isReading = false;
        std::atomic<bool> isGone = false;
        std::atomic<int> without = 0;
        std::unique_ptr<QFile> written;
        std::thread busy([&] {
            const auto reader = *sqlite::ReadConnection::open(m_file);
            const auto snapshot = Snapshot::begin(*reader);
            (void)sumOf(*reader);
            isReading = true;
            isGone.wait(false);
            without = deletedFiles(m_folder->path());
            without.notify_all();
            while (deletedFiles(m_folder->path()) >= without) // until the idle one's are closed
                std::this_thread::yield();
            written = writtenOver(m_file->path(), backup.readAll());
        });
        while (!isReading)
            std::this_thread::yield();
        QVERIFY(QFile::remove(m_file->path() + QStringLiteral("-wal")));
        isGone = true;
        isGone.notify_all();
        without.wait(0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("a new one was begun")));
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("writes over the database")));
        const bool isSeen = m_writer->outage(3).has_value();
        busy.join();
        QVERIFY(isSeen);
        QVERIFY(written != nullptr);
        QVERIFY(m_writer->outage(3).has_value());
        m_writer.reset();
    }

    /// What is locked is another one.
    void fileReplacedBeforeItIsOpened_isRefused_data()
    {
        QTest::addColumn<bool>("wasOpen");
        QTest::newRow("at the start") << false;
        QTest::newRow("when it is opened again") << true;
    }

    void fileReplacedBeforeItIsOpened_isRefused()
    {
        QFETCH(const bool, wasOpen);
        const QString other = m_folder->filePath(QStringLiteral("other.db"));
        const QString copy = m_folder->filePath(QStringLiteral("copy.db"));
        for (const QString& file : {copy, other})
            QVERIFY(m_writer->execute("VACUUM INTO ?", {file}).has_value());
        const auto claimed = *sqlite::DatabaseFile::claim(other);
        if (wasOpen)
            QVERIFY(sqlite::WriteConnection::open(claimed).has_value());
        std::filesystem::rename(copy.toStdString(), other.toStdString());
        const auto opened = sqlite::WriteConnection::open(claimed);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::Unavailable);
        QVERIFY2(opened.error().message.contains(QStringLiteral("Something else was put in the place")),
                 qPrintable(opened.error().message));
    }

    void missingEvent_isAnotherContent()
    {
        QVERIFY(m_writer->execute("INSERT INTO events VALUES (1), (2), (3)").has_value());
        QVERIFY(!m_writer->outage(3));
        const auto touch = [this] {
            std::filesystem::last_write_time(m_file->path().toStdString(),
                                             std::filesystem::file_time_type::clock::now());
        };
        touch();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("all that belongs into it")));
        QVERIFY(!m_writer->outage(3));
        QVERIFY(m_writer->execute("DELETE FROM events WHERE seq = 2").has_value());
        QVERIFY(!m_writer->outage(3));
        touch();
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("writes over the database")));
        QVERIFY(m_writer->outage(3).has_value());
    }

    /// Neither end of the log nor its times tell of it.
    void logWrittenToWhileACommitIsOnItsWay_isSeen()
    {
        for (int i = 0; i < 10; ++i)
            add(i);
        QVERIFY(!m_writer->outage(0));
        QVERIFY(m_writer->begin().has_value());
        add(10);
        {
            QFile log(m_file->path() + QStringLiteral("-wal"));
            QVERIFY(log.open(QIODevice::ReadWrite));
            QVERIFY(log.seek(5000) && log.write(QByteArray(100, 'x')) == 100);
        }
        QVERIFY(m_writer->execute("COMMIT").has_value());
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("writes over the log")));
        const auto outage = m_writer->outage(0);
        QVERIFY(outage && !outage->isFinal);
        QCOMPARE(outage->error.code, ErrorCode::Unavailable);
    }

    void whoeverReadsAtLength_isWaitedFor()
    {
        const auto reader = *sqlite::ReadConnection::open(m_file);
        const auto other = *sqlite::ReadConnection::open(m_file);
        std::optional<Snapshot> snapshot(*Snapshot::begin(*reader));
        int calls = 0;
        QVERIFY(!m_file->whileNobodyReads([&] { ++calls; }));
        QCOMPARE(calls, 0);
        QCOMPARE(sumOf(*other), 0);
        snapshot.reset();
        QVERIFY(m_file->whileNobodyReads([&] { ++calls; }));
        QCOMPARE(calls, 1);
    }

    void readersOnOtherThreads_readOn()
    {
        add(1);
        std::atomic<bool> isOver = false;
        std::atomic<int> wrong = 0;
        std::atomic<int> read = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const auto reader = *sqlite::ReadConnection::open(m_file);
                while (!isOver) {
                    wrong += sumOf(*reader) == 1 ? 0 : 1;
                    const auto snapshot = Snapshot::begin(*reader);
                    wrong += snapshot ? 0 : 1;
                    wrong += sumOf(*reader) == 1 ? 0 : 1;
                    ++read;
                }
            });
        int times = 0;
        while (times < 50 || read < 200)
            times += m_file->whileNobodyReads([] {}) ? 1 : 0;
        isOver = true;
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong, 0);
    }
};

PRISM_TEST(DatabaseFileTest)

} // namespace tst_database_file

#include "tst_database_file.moc"
