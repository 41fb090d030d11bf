#include "tests/faults/database_handle.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTest>

#include <filesystem>
#include <sqlite3.h>
#include <sys/resource.h>

namespace tst_kept_copy {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace fs = std::filesystem;

namespace {

constexpr int rows = 500;

} // namespace

/// Before a start changes the schema it keeps a copy of the database.
class TestKeptCopy : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const fs::path folder = m_folder->path().toStdString();
        m_database = folder / "prism.db";
        m_copy = folder / "prism.db.before-migration";
    }

    /// The copy is there even when nothing else comes of the start, as with this schema.
    void olderSchema_isKeptAsItWas()
    {
        const DatabaseHandle left = makeOld(1); // its log is not in the database yet
        QCOMPARE(start().exitCode, 1);
        check(1);
        const auto permissions = fs::status(m_copy).permissions();
        QCOMPARE(permissions, fs::perms::owner_read | fs::perms::owner_write);
    }

    void olderCopy_isReplaced()
    {
        writeFile(m_copy, "what was kept before");
        writeFile(m_copy.string() + ".new", "what a killed start left");
        (void)makeOld(2);
        QCOMPARE(start().exitCode, 1);
        check(2);
        int copies = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(m_database.parent_path()))
            copies += entry.path().string().find("before-migration") == std::string::npos ? 0 : 1;
        QCOMPARE(copies, 1);
    }

    void withoutRoom_isARefusalThatNamesTheSize()
    {
        (void)makeOld(1);
        writeFile(m_copy, "what was kept before");
        const auto size = fs::file_size(m_database);
        const ProgramResult result = start([] {
            const rlimit limit{65'536, 65'536};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        });
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains(QByteArray::number(qulonglong(size)) + " bytes"),
                 result.errors.constData());
        QVERIFY2(result.errors.contains("before-migration"), result.errors.constData());
        // Neither the database nor what was kept before has changed.
        QCOMPARE(numberOf(openDatabase(m_database).get(), "PRAGMA user_version"), 1);
        QCOMPARE(fs::file_size(m_copy), 20U);
        QVERIFY(!fs::exists(m_copy.string() + ".new"));
    }

    void newestSchema_needsNoCopy()
    {
        for (int run = 0; run < 2; ++run) {
            ServerProcess server;
            server.setDataDir(m_folder->path());
            QVERIFY(server.start());
            QCOMPARE(server.terminate(), 0);
            QVERIFY(!fs::exists(m_copy));
        }
    }

private:
    /// A database of an old program, still open.
    DatabaseHandle makeOld(int schema) const
    {
        DatabaseHandle handle = openDatabase(m_database);
        const QByteArray sql =
            "PRAGMA journal_mode=WAL; CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            QByteArray::number(rows) +
            ") INSERT INTO kept SELECT i, hex(randomblob(200)) FROM n; PRAGMA user_version=" +
            QByteArray::number(schema);
        sqlite3_exec(handle.get(), sql.constData(), nullptr, nullptr, nullptr);
        return handle;
    }

    ProgramResult start(const ServerProcess::Preparation& prepare = {}) const
    {
        return ServerProcess::run(
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, m_folder->path()},
            {}, prepare);
    }

    void check(int schema) const
    {
        const DatabaseHandle copy = openDatabase(m_copy);
        QCOMPARE(numberOf(copy.get(), "SELECT count(*) FROM kept"), rows);
        QCOMPARE(numberOf(copy.get(), "PRAGMA user_version"), schema);
        QCOMPARE(
            numberOf(copy.get(), "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
            1);
    }

    static void writeFile(const fs::path& file, const QByteArray& content)
    {
        QFile out(QString::fromStdString(file));
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(content), content.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_database;
    fs::path m_copy;
};

PRISM_TEST(TestKeptCopy)

} // namespace tst_kept_copy

#include "tst_kept_copy.moc"
