#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/log_check.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_log_check {

using namespace prism::store::sqlite;

namespace {

constexpr qint64 headerSize = 32;
constexpr qint64 pageHeaderSize = 24;

} // namespace

/// A log is taken for whole only when a start would take all of it.
class LogCheckTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(QStringLiteral("t.db"));
        m_connection = std::move(*Connection::open(file, Connection::Mode::Make));
        execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)");
        for (int i = 0; i < 10; ++i)
            execute("INSERT INTO t (text) VALUES (hex(randomblob(3000)))");
        m_indexFile.setFileName(file + QStringLiteral("-shm"));
        QVERIFY(m_indexFile.open(QIODevice::ReadOnly));
        // The log is tried on a copy.
        m_log.setFileName(m_folder->filePath(QStringLiteral("log")));
        QVERIFY(QFile::copy(file + QStringLiteral("-wal"), m_log.fileName()));
        QVERIFY(m_log.open(QIODevice::ReadWrite));
        const auto index = LogIndex::read(m_indexFile.handle());
        QVERIFY(index.has_value());
        m_index = *index;
        QVERIFY(m_index.frames > 10);
        QCOMPARE(m_index.pageSize, 4096U);
        QCOMPARE(m_index.broughtIn, 0U);
    }

    void cleanup()
    {
        m_log.close();
        m_indexFile.close();
        m_connection.reset();
    }

    void wholeLog_isWhole()
    {
        QVERIFY(logEndsAs(m_log.handle(), m_index));
        QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), m_index.frames);
        QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames + 1), m_index.frames);
        QCOMPARE(wholePagesOf(m_log.handle(), 3), 3U);
        QVERIFY(!isForeignLog(m_log.handle(), m_index));
    }

    void cutLog_endsBeforeThePageThatIsCut()
    {
        for (quint32 page = m_index.frames; page-- > 0;) {
            const qint64 begin = offsetOf(page);
            for (const qint64 size : {begin + pageHeaderSize + 4095, begin + 1, begin}) {
                QVERIFY(m_log.resize(size));
                QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), page);
            }
            QVERIFY(!logEndsAs(m_log.handle(), m_index));
        }
        for (const qint64 size : {headerSize - 1, qint64(0)}) {
            QVERIFY(m_log.resize(size));
            QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), 0U);
            QVERIFY(!isForeignLog(m_log.handle(), m_index));
        }
    }

    void changedByte_endsTheLogThere()
    {
        for (quint32 page = 0; page < m_index.frames; ++page) {
            // The number of the page, its salt, its sum, its content from end to end.
            for (const qint64 at : {qint64(0), qint64(4), qint64(8), qint64(15), qint64(16), qint64(23),
                                    pageHeaderSize, pageHeaderSize + 4095}) {
                flip(offsetOf(page) + at);
                QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), page);
                flip(offsetOf(page) + at);
            }
        }
        QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), m_index.frames);
    }

    void changedHeader_isNoLog()
    {
        for (const qint64 at : {0, 4, 8, 12, 16, 23, 24, 31}) {
            flip(at);
            QCOMPARE(wholePagesOf(m_log.handle(), m_index.frames), 0U);
            flip(at);
        }
        for (const qint64 at : {16, 23}) {
            flip(at);
            QVERIFY(!logEndsAs(m_log.handle(), m_index));
            QVERIFY(isForeignLog(m_log.handle(), m_index));
            flip(at);
        }
        QVERIFY(logEndsAs(m_log.handle(), m_index));
    }

    void changedEnd_isSeen()
    {
        for (const qint64 at : {8, 15, 16, 20, 23}) {
            flip(offsetOf(m_index.frames - 1) + at);
            QVERIFY(!logEndsAs(m_log.handle(), m_index));
            flip(offsetOf(m_index.frames - 1) + at);
        }
    }

    void logThatWasBroughtIn_saysSo()
    {
        QVERIFY(m_connection->bringIn());
        const auto brought = LogIndex::read(m_indexFile.handle());
        QCOMPARE(brought->broughtIn, brought->frames);
        QVERIFY(brought->isOfSameLog(m_index));
        execute("INSERT INTO t (text) VALUES ('a')");
        const auto begun = LogIndex::read(m_indexFile.handle());
        QVERIFY(!begun->isOfSameLog(m_index));
        QVERIFY(begun->frames < m_index.frames);
        QVERIFY(m_connection->emptyLog());
        const auto empty = LogIndex::read(m_indexFile.handle());
        QCOMPARE(empty->frames, 0U);
        QVERIFY(m_log.resize(0));
        QVERIFY(logEndsAs(m_log.handle(), *empty));
    }

    void indexThatIsHalfWritten_isNotRead()
    {
        QFile index(m_folder->filePath(QStringLiteral("index")));
        QVERIFY(index.open(QIODevice::ReadWrite));
        QVERIFY(index.write(m_indexFile.readAll()) > 0 && index.flush());
        QVERIFY(LogIndex::read(index.handle()).has_value());
        QVERIFY(index.seek(20) && index.write("x") == 1 && index.flush());
        QVERIFY(!LogIndex::read(index.handle()).has_value());
        QVERIFY(index.resize(100));
        QVERIFY(!LogIndex::read(index.handle()).has_value());
    }

private:
    static qint64 offsetOf(quint32 page) { return headerSize + qint64(page) * (pageHeaderSize + 4096); }

    void execute(const char* sql) { QVERIFY(m_connection->execute(sql).has_value()); }

    void flip(qint64 at)
    {
        char byte = 0;
        QVERIFY(m_log.seek(at) && m_log.read(&byte, 1) == 1);
        byte = char(byte ^ 1);
        QVERIFY(m_log.seek(at) && m_log.write(&byte, 1) == 1 && m_log.flush());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Connection> m_connection;
    QFile m_log;
    QFile m_indexFile;
    LogIndex m_index;
};

PRISM_TEST(LogCheckTest)

} // namespace tst_log_check

#include "tst_log_check.moc"
