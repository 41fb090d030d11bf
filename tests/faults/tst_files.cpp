#include "tests/faults/writer_fleet.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <linux/capability.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace fs = std::filesystem;

namespace {

const QByteArray records = "/api/v1/analytics/records";
constexpr int patienceMs = 15'000;

/// Where the files of the server lie, and what was kept of them.
struct Place
{
    fs::path folder;  ///< of the data
    fs::path outside; ///< another, on the same file system

    fs::path database() const { return folder / "prism.db"; }
    fs::path log() const { return folder / "prism.db-wal"; }
    fs::path index() const { return folder / "prism.db-shm"; }
    fs::path backup() const { return outside / "backup.db"; }
};

using Deed = std::function<void(const Place&)>;

/// What the server is to do.
enum class Outcome {
    GoesOn,  ///< all is acknowledged, perhaps after a moment
    Returns, ///< writes are refused until the deed is undone
    Stays,   ///< writes are refused
    Ends,    ///< with 1, and the next start serves
};

struct Row
{
    const char* name;
    Outcome outcome;
    bool keepsAll; ///< what was acknowledged before the deed is there after it
    Deed deed;
    Deed undo = {};
    bool hasItsMoment = false; ///< under load it may find another state than at rest, or do no harm
};

/// As `cp` does it: the file that is there stays the one it is.
void overwrite(const fs::path& from, const fs::path& to)
{
    QFile source(QString::fromStdString(from));
    QFile target(QString::fromStdString(to));
    QVERIFY(source.open(QIODevice::ReadOnly));
    QVERIFY(target.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QVERIFY(target.write(source.readAll()) >= 0);
}

void writeAt(const fs::path& file, qint64 at, const QByteArray& bytes)
{
    QFile target(QString::fromStdString(file));
    QVERIFY(target.open(QIODevice::ReadWrite));
    QVERIFY(target.seek(at));
    QCOMPARE(target.write(bytes), bytes.size());
}

void halve(const fs::path& file)
{
    fs::resize_file(file, fs::file_size(file) / 2);
}

/// As another program does that uses SQLite.
void run(const fs::path& file, const char* sql)
{
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    sqlite3_busy_timeout(handle, patienceMs);
    char* error = nullptr;
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, &error);
    QVERIFY2(code == SQLITE_OK, error);
    sqlite3_close(handle);
}

/// Even root has to keep to the permissions of files from here on.
void giveUpFilePrivileges()
{
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
}

/// The database: moved, deleted, replaced.
std::vector<Row> deedsToNames()
{
    const Deed moveBack = [](const Place& p) { fs::rename(p.outside / "prism.db", p.database()); };
    return {
        {"moved away", Outcome::Returns, true,
         [](const Place& p) { fs::rename(p.database(), p.outside / "prism.db"); }, moveBack},
        {"folder renamed", Outcome::Returns, true,
         [](const Place& p) { fs::rename(p.folder, p.outside / "data"); },
         [](const Place& p) { fs::rename(p.outside / "data", p.folder); }},
        {"folder may not be entered", Outcome::Returns, true,
         [](const Place& p) { fs::permissions(p.folder, fs::perms::none); },
         [](const Place& p) { fs::permissions(p.folder, fs::perms::owner_all); }},
        {"second name", Outcome::Returns, true,
         [](const Place& p) { fs::create_hard_link(p.database(), p.outside / "link.db"); },
         [](const Place& p) { fs::remove(p.outside / "link.db"); }},
        {"deleted", Outcome::Stays, false, [](const Place& p) { fs::remove(p.database()); }},
        {"all three deleted", Outcome::Stays, false,
         [](const Place& p) {
             for (const fs::path& file : {p.database(), p.log(), p.index()})
                 fs::remove(file);
         }},
        {"folder deleted", Outcome::Stays, false, [](const Place& p) { fs::remove_all(p.folder); }},
        {"folder deleted and made anew", Outcome::Stays, false,
         [](const Place& p) {
             fs::remove_all(p.folder);
             fs::create_directory(p.folder);
         }},
        {"replaced by a copy of itself",
         Outcome::Ends,
         true,
         [](const Place& p) {
             fs::copy_file(p.database(), p.outside / "copy.db");
             fs::rename(p.outside / "copy.db", p.database());
         },
         {},
         true},
        {"replaced by a backup", Outcome::Ends, false,
         [](const Place& p) { fs::rename(p.backup(), p.database()); }},
        {"folder replaced by a copy", Outcome::Ends, true,
         [](const Place& p) {
             fs::rename(p.folder, p.outside / "data");
             fs::copy(p.outside / "data", p.folder);
         }},
        {"moved, with a symbolic link in its place", Outcome::Ends, true,
         [](const Place& p) {
             fs::rename(p.database(), p.outside / "prism.db");
             fs::create_symlink(p.outside / "prism.db", p.database());
         }},
        {"replaced by an empty file", Outcome::Ends, false,
         [](const Place& p) {
             fs::remove(p.database());
             writeAt(p.database(), 0, "");
         }},
    };
}

/// The database's content, and what only looks as if.
std::vector<Row> deedsToContent()
{
    return {
        {"written over with a backup", Outcome::Ends, false,
         [](const Place& p) { overwrite(p.backup(), p.database()); }},
        {"written over with itself",
         Outcome::GoesOn,
         true,
         [](const Place& p) {
             fs::copy_file(p.database(), p.outside / "copy.db");
             overwrite(p.outside / "copy.db", p.database());
         },
         {},
         true},
        {"cut to nothing", Outcome::Ends, false, [](const Place& p) { fs::resize_file(p.database(), 0); }},
        {"cut in half", Outcome::Ends, false, [](const Place& p) { halve(p.database()); }},
        {"garbage in it", Outcome::Ends, false,
         [](const Place& p) { writeAt(p.database(), 4096, QByteArray(20 * 4096, 'x')); }},
        {"touched", Outcome::GoesOn, true,
         [](const Place& p) { QCOMPARE(::utimensat(AT_FDCWD, p.database().c_str(), nullptr, 0), 0); }},
        {"permissions changed", Outcome::GoesOn, true,
         [](const Place& p) { fs::permissions(p.database(), fs::perms::owner_read); }},
        {"folder read-only", Outcome::GoesOn, true,
         [](const Place& p) { fs::permissions(p.folder, fs::perms::owner_read | fs::perms::owner_exec); }},
        {"copied", Outcome::GoesOn, true, [](const Place& p) { fs::copy(p.folder, p.outside / "copies"); }},
        {"read by SQLite", Outcome::GoesOn, true,
         [](const Place& p) { run(p.database(), "SELECT count(*) FROM records; PRAGMA integrity_check"); }},
        {"copied by SQLite", Outcome::GoesOn, true,
         [](const Place& p) {
             run(p.database(),
                 qPrintable(u"VACUUM INTO '%1/vacuumed.db'"_s.arg(QString::fromStdString(p.outside))));
         }},
        {"log brought in by SQLite", Outcome::GoesOn, true,
         [](const Place& p) { run(p.database(), "PRAGMA wal_checkpoint(TRUNCATE)"); }},
        {"written to by SQLite", Outcome::GoesOn, true,
         [](const Place& p) {
             run(p.database(), "UPDATE settings SET value = value WHERE name = 'epoch'; "
                               "PRAGMA wal_checkpoint(PASSIVE)");
         }},
    };
}

/// The log and its index.
std::vector<Row> deedsToLog()
{
    return {
        {"log deleted", Outcome::GoesOn, true, [](const Place& p) { fs::remove(p.log()); }},
        {"log moved", Outcome::GoesOn, true,
         [](const Place& p) { fs::rename(p.log(), p.outside / "prism.db-wal"); }},
        {"log replaced by a copy", Outcome::GoesOn, true,
         [](const Place& p) {
             fs::copy_file(p.log(), p.outside / "copy-wal");
             fs::rename(p.outside / "copy-wal", p.log());
         }},
        {"log replaced by something else", Outcome::GoesOn, true,
         [](const Place& p) {
             fs::remove(p.log());
             writeAt(p.log(), 0, QByteArray(50'000, 'x'));
         }},
        {"log touched", Outcome::GoesOn, true,
         [](const Place& p) { QCOMPARE(::utimensat(AT_FDCWD, p.log().c_str(), nullptr, 0), 0); }},
        {"log written over with itself",
         Outcome::GoesOn,
         true,
         [](const Place& p) {
             fs::copy_file(p.log(), p.outside / "copy-wal");
             overwrite(p.outside / "copy-wal", p.log());
         },
         {},
         true},
        {"log cut to nothing",
         Outcome::Ends,
         false,
         [](const Place& p) { fs::resize_file(p.log(), 0); },
         {},
         true},
        {"log cut", Outcome::Ends, false, [](const Place& p) { fs::resize_file(p.log(), 12'000); }, {}, true},
        {"garbage in the log",
         Outcome::Ends,
         false,
         [](const Place& p) { writeAt(p.log(), 5'000, QByteArray(4096, 'x')); },
         {},
         true},
        {"index deleted", Outcome::GoesOn, true, [](const Place& p) { fs::remove(p.index()); }},
        {"index replaced", Outcome::GoesOn, true,
         [](const Place& p) {
             fs::remove(p.index());
             writeAt(p.index(), 0, QByteArray(32'768, 'x'));
         }},
        {"index cut to nothing", Outcome::Ends, true, [](const Place& p) { fs::resize_file(p.index(), 0); }},
        {"log and index deleted", Outcome::GoesOn, true,
         [](const Place& p) {
             fs::remove(p.log());
             fs::remove(p.index());
         }},
    };
}

std::vector<Row> allDeeds()
{
    std::vector<Row> all;
    for (const auto& rows : {deedsToNames(), deedsToContent(), deedsToLog()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

QJsonObject recordNamed(const QByteArray& name)
{
    return {{u"type"_s, u"custom"_s}, {u"name"_s, QString::fromLatin1(name)}};
}

} // namespace

/// Whatever is done to the files while the server runs: nothing is acknowledged that a start would not find,
/// what cannot be is refused with the reason, and what has not changed anything stops nobody.
class TestFiles : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_place.folder = m_dir->filePath(u"data"_s).toStdString();
        m_place.outside = m_dir->filePath(u"outside"_s).toStdString();
        fs::create_directory(m_place.folder);
        fs::create_directory(m_place.outside);
        m_server = std::make_unique<ServerProcess>();
        m_server->setDataDir(QString::fromStdString(m_place.folder));
        m_server->setPreparation(giveUpFilePrivileges);
        // Whoever reads a database that was written over says so.
        m_server->expectWarning(u"prism\\.(store|app|alerting|api|http|realtime)"_s);
        m_server->expectWarning(u"mapped into memory"_s);
        m_written = 0;
        m_before.clear();
        m_after.clear();
        m_refused.clear();
    }

    void cleanup()
    {
        m_server.reset();
        fs::permissions(m_place.folder, fs::perms::owner_all);
    }

    void cleanupTestCase()
    {
        qInfo("after the deeds %lld writes were acknowledged and found again, %lld were refused",
              qlonglong(m_acknowledgedInAll), qlonglong(m_refusedInAll));
    }

    void deed_losesNothingThatWasAcknowledged_data() { addDeeds(); }

    void deed_losesNothingThatWasAcknowledged()
    {
        QFETCH(const int, number);
        const Row row = allDeeds()[std::size_t(number)];
        prepare();
        row.deed(m_place);
        if (row.outcome == Outcome::GoesOn) {
            for (int i = 0; i < 5; ++i)
                QCOMPARE(write(m_after), 201);
            QCOMPARE(RestClient(m_server->httpUrl()).get("/ready").status, 200);
        } else if (row.outcome == Outcome::Ends) {
            (void)write(m_after);
            QCOMPARE(m_server->waitForExit(), 1);
        } else {
            checkRefusal();
        }
        if (row.undo) {
            row.undo(m_place);
            QTRY_COMPARE_WITH_TIMEOUT(RestClient(m_server->httpUrl()).get("/ready").status, 200, patienceMs);
            // What was refused was not done, and may be sent again.
            const QByteArrayList refused = m_refused;
            for (const QByteArray& name : refused)
                QCOMPARE(write(m_after, name), 201);
            checkHeard();
        }
        startAgain(row);
        check(row.keepsAll ? m_before + m_after : m_after);
        m_acknowledgedInAll += m_after.size();
        m_refusedInAll += m_refused.size();
        QCOMPARE(write(m_after), 201);
    }

    void deedUnderLoad_losesNothingThatWasAcknowledged_data() { addDeeds(); }

    /// What is on its way while it happens, and what comes after.
    void deedUnderLoad_losesNothingThatWasAcknowledged()
    {
        QFETCH(const int, number);
        const Row row = allDeeds()[std::size_t(number)];
        prepare();
        Ledger before;
        Ledger after;
        {
            const WriterFleet fleet(m_server->httpPort(), 8, "before", before);
            QVERIFY(QTest::qWaitFor([&] { return fleet.acknowledged() >= 50; }, patienceMs));
            row.deed(m_place);
            // Who comes now comes after the deed.
            const WriterFleet late(m_server->httpPort(), 8, "after", after);
            (void)QTest::qWaitFor(
                [&] {
                    const std::lock_guard lock(after.mutex);
                    return after.acknowledged() + after.refused >= 50 || !m_server->isRunning();
                },
                patienceMs);
        }
        if (row.undo)
            row.undo(m_place);
        if (row.outcome == Outcome::Ends && !row.hasItsMoment)
            QCOMPARE(m_server->waitForExit(), 1);
        startAgain(row);
        m_acknowledgedInAll += after.acknowledged();
        m_refusedInAll += after.refused;
        QSet<QByteArray> expected = after.acknowledgedRecords;
        if (row.keepsAll && !row.hasItsMoment)
            expected += m_before + before.acknowledgedRecords;
        check(expected);
    }

    void backupPutInPlace_isANewEpoch_data()
    {
        QTest::addColumn<bool>("inPlace");
        QTest::newRow("written over") << true;
        QTest::newRow("replaced") << false;
    }

    void backupPutInPlace_isANewEpoch()
    {
        QFETCH(const bool, inPlace);
        prepare();
        const QString epoch = epochNow();
        if (inPlace)
            overwrite(m_place.backup(), m_place.database());
        else
            fs::rename(m_place.backup(), m_place.database());
        (void)write(m_after);
        QCOMPARE(m_server->waitForExit(), 1);
        QVERIFY(m_server->restart());
        QVERIFY(epochNow() != epoch);
        check(m_inBackup);
    }

    void databaseWrittenOverOnceTheLogWasBroughtIn_isSeen_data()
    {
        QTest::addColumn<bool>("isLogNew");
        QTest::newRow("a new log, as the old one was deleted") << true;
        QTest::newRow("the log became long") << false;
    }

    void databaseWrittenOverOnceTheLogWasBroughtIn_isSeen()
    {
        QFETCH(const bool, isLogNew);
        prepare();
        if (isLogNew) {
            fs::remove(m_place.log());
            QCOMPARE(write(m_before), 201);
        } else {
            const auto before = fs::last_write_time(m_place.database());
            RestClient client(m_server->httpUrl());
            const QJsonArray lessons = QJsonArray::fromStringList(QStringList(200, QString(2'000, u'x')));
            const QJsonObject large{{u"type"_s, u"quick"_s}, {u"duration"_s, 1}, {u"lessons"_s, lessons}};
            while (fs::last_write_time(m_place.database()) == before)
                QCOMPARE(client.post("/api/v1/retros", large).status, 201);
        }
        overwrite(m_place.backup(), m_place.database());
        QVERIFY(write(m_after) != 201);
        QCOMPARE(m_server->waitForExit(), 1);
        QVERIFY(m_server->restart());
        check(m_inBackup);
    }

    void refusal_isLoggedOnce()
    {
        prepare();
        fs::rename(m_place.database(), m_place.outside / "prism.db");
        for (int i = 0; i < 20; ++i)
            QCOMPARE(write(m_after), 503);
        fs::rename(m_place.outside / "prism.db", m_place.database());
        QTRY_COMPARE(write(m_after), 201);
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(m_server->log().count(u"moved or deleted"), 1);
        QCOMPARE(m_server->log().count(u"written to again"), 1);
    }

    void anotherServer_isRefused_data()
    {
        QTest::addColumn<QString>("database");
        QTest::addColumn<bool>("ownFolder");
        QTest::newRow("same folder") << QString() << true;
        QTest::newRow("hard link") << u"%1/outside/link.db"_s << false;
        QTest::newRow("symbolic link") << u"%1/outside/symlink.db"_s << false;
        QTest::newRow("link to the folder") << u"%1/outside/folder/prism.db"_s << false;
        QTest::newRow("its path") << u"%1/outside/../data/prism.db"_s << false;
        QTest::newRow("lock file deleted") << u"%1/data/prism.db"_s << false;
    }

    void anotherServer_isRefused()
    {
        QFETCH(const QString, database);
        QFETCH(const bool, ownFolder);
        prepare();
        fs::create_symlink(m_place.database(), m_place.outside / "symlink.db");
        fs::create_symlink(m_place.folder, m_place.outside / "folder");
        if (database.endsWith(u"link.db") && !database.endsWith(u"symlink.db"))
            fs::create_hard_link(m_place.database(), m_place.outside / "link.db");
        if (QTest::currentDataTag() == "lock file deleted"_ba)
            fs::remove(m_place.folder / "prism.db.lock");
        const fs::path folder = ownFolder ? m_place.folder : m_place.outside;
        QStringList arguments{u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s,
                              u"off"_s,      u"--data-dir"_s,  QString::fromStdString(folder)};
        if (!database.isEmpty())
            arguments << u"--database"_s << u"sqlite:"_s + database.arg(m_dir->path());
        const ProgramResult second = ServerProcess::run(arguments);
        QCOMPARE(second.exitCode, 1);
        QCOMPARE(second.output, ""_ba);
        QVERIFY2(second.errors.contains("uses the database") || second.errors.contains("hard link") ||
                     second.errors.contains("has locked"),
                 second.errors.constData());
        fs::remove(m_place.outside / "link.db");
        QTRY_COMPARE(write(m_after), 201);
        QVERIFY(m_server->restart());
        check(m_before + m_after);
    }

    void linkInThePlaceOfAFile_isNotFollowed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isHard");
        QTest::addColumn<QByteArray>("content");
        for (const QString& name : {u"prism.db.lock"_s, u"prism.db.watermark"_s}) {
            for (const bool isHard : {false, true}) {
                const auto row = [&](const char* content) -> QTestData& {
                    return QTest::addRow("%s, %s, %s", qPrintable(name), isHard ? "hard" : "symbolic",
                                         content)
                           << name << isHard;
                };
                row("precious") << "what nobody else has a copy of\n"_ba;
                row("address") << "http://127.0.0.1:3000\n"_ba; // as the server writes it
                row("empty") << ""_ba;
            }
        }
    }

    void linkInThePlaceOfAFile_isNotFollowed()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isHard);
        QFETCH(const QByteArray, content);
        const fs::path other = m_place.outside / "other";
        writeAt(other, 0, content);
        const fs::path link = m_place.folder / name.toStdString();
        if (isHard)
            fs::create_hard_link(other, link);
        else
            fs::create_symlink(other, link);
        const auto before = fs::last_write_time(other);
        if (name.endsWith(u".lock")) {
            const ProgramResult result = tryToServe();
            QCOMPARE(result.exitCode, 1);
            QVERIFY2(result.errors.contains("prism.db.lock"), result.errors.constData());
        } else {
            QVERIFY(m_server->start());
            QCOMPARE(write(m_after), 201);
            QCOMPARE(m_server->terminate(), 0);
        }
        QFile file(QString::fromStdString(other));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
        QVERIFY(fs::last_write_time(other) == before);
    }

    void foreignLockFile_isLeftAsItIs()
    {
        const fs::path file = m_place.folder / "prism.db.lock";
        writeAt(file, 0, "notes of mine\n");
        const ProgramResult result = tryToServe();
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("not the lock file"), result.errors.constData());
        QCOMPARE(fs::file_size(file), 14U);
    }

    void allFiles_areForTheirOwnerAlone()
    {
        m_server->setPreparation([] { ::umask(0); });
        prepare();
        int files = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(m_place.folder)) {
            const auto others = entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
            QVERIFY2(others == fs::perms::none, entry.path().c_str());
            ++files;
        }
        QVERIFY2(files >= 5, "the database, its log, its index, the lock and the watermark");
    }

    void folderThatIsMade_isForItsOwnerAlone()
    {
        fs::remove(m_place.folder);
        m_server->setPreparation([] { ::umask(0); });
        QVERIFY(m_server->start());
        QCOMPARE(fs::status(m_place.folder).permissions(), fs::perms::owner_all);
    }

    void databaseItself_isNotImported()
    {
        prepare();
        QCOMPARE(m_server->terminate(), 0);
        fs::create_symlink(m_place.database(), m_place.outside / "data.json");
        for (const fs::path& path : {m_place.database(), m_place.outside / "data.json"}) {
            const ProgramResult result =
                ServerProcess::run({u"import"_s, QString::fromStdString(path), u"--data-dir"_s,
                                    QString::fromStdString(m_place.folder)});
            QCOMPARE(result.exitCode, 1);
            QVERIFY2(result.errors.contains("belongs to the database itself"), result.errors.constData());
        }
        QVERIFY(m_server->restart());
        check(m_before);
    }

private:
    /// To its end: it is to be refused.
    ProgramResult tryToServe() const
    {
        return ServerProcess::run({u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s,
                                   u"--data-dir"_s, QString::fromStdString(m_place.folder)});
    }

    static void addDeeds()
    {
        QTest::addColumn<int>("number");
        const std::vector<Row> rows = allDeeds();
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << int(i);
    }

    /// Some records that are in the database and in the backup, some that are in the database alone, and some
    /// that are in the log only.
    void prepare()
    {
        QVERIFY(m_server->start());
        write(m_before, 20);
        m_inBackup = m_before;
        run(m_place.database(),
            qPrintable(u"VACUUM INTO '%1'"_s.arg(QString::fromStdString(m_place.backup()))));
        write(m_before, 20);
        run(m_place.database(), "PRAGMA wal_checkpoint(PASSIVE)");
        m_listener = std::make_unique<WsClient>();
        QVERIFY(m_listener->open(m_server->wsUrl()));
        write(m_before, 20);
    }

    void write(QSet<QByteArray>& names, int count)
    {
        for (int i = 0; i < count; ++i)
            QCOMPARE(write(names), 201);
    }

    /// Status of the answer, 0 for none; the name is among `names` when it was acknowledged.
    int write(QSet<QByteArray>& names) { return write(names, "record " + QByteArray::number(++m_written)); }

    int write(QSet<QByteArray>& names, const QByteArray& name)
    {
        m_last = RestClient(m_server->httpUrl()).post(records, recordNamed(name));
        if (m_last.status == 201)
            names.insert(name);
        else
            m_refused.append(name);
        return m_last.status;
    }

    void checkRefusal()
    {
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(write(m_after), 503);
            QCOMPARE(m_last.error(), u"ERR_5001"_s);
            QVERIFY(m_last.hasHeader("Retry-After"));
            QVERIFY2(m_last.body.contains("prism.db"), m_last.body.constData());
        }
        RestClient client(m_server->httpUrl());
        const HttpResponse ready = client.get("/ready");
        QCOMPARE(ready.status, 503);
        QVERIFY2(ready.body.contains("prism.db"), ready.body.constData());
        QCOMPARE(client.get("/health").status, 200);
        QCOMPARE(client.get(records).status, 200);
    }

    /// What was committed is heard of once, also when it was not acknowledged at first.
    void checkHeard()
    {
        const Seq head = RestClient(m_server->httpUrl()).get("/ready").data()["seq"_L1].toInteger();
        QVERIFY(m_listener->waitForSeq(head));
        Seq last = head - Seq(m_listener->seqs().size());
        for (const Seq seq : m_listener->seqs())
            QCOMPARE(seq, ++last);
    }

    void startAgain(const Row& row)
    {
        m_server->kill9();
        fs::create_directories(m_place.folder);
        fs::permissions(m_place.folder, fs::perms::owner_all);
        if (fs::exists(m_place.database()) && !fs::is_symlink(m_place.database()))
            fs::permissions(m_place.database(), fs::perms::owner_read | fs::perms::owner_write);
        // What is no database is not made one by force.
        if (m_server->start())
            return;
        QVERIFY(!row.keepsAll);
        fs::remove_all(m_place.folder);
        fs::create_directory(m_place.folder);
        QVERIFY(m_server->restart());
    }

    QString epochNow() const
    {
        return RestClient(m_server->httpUrl()).get("/api/v1/events").data()["epoch"_L1].toString();
    }

    /// All of `expected` is there, in the log of events, which has no gap, and in the table.
    void check(const QSet<QByteArray>& expected)
    {
        RestClient client(m_server->httpUrl());
        QSet<QByteArray> names;
        Seq last = 0;
        for (;;) {
            const HttpResponse page =
                client.get("/api/v1/events?limit=1000&since=" + QByteArray::number(last));
            QVERIFY2(page.status == 200, page.summary().constData());
            const QJsonArray events = page.data()["events"_L1].toArray();
            if (events.isEmpty())
                break;
            for (const auto& event : events) {
                QCOMPARE(event["seq"_L1].toInteger(), ++last);
                if (event["type"_L1] == "analytics:record:created"_L1)
                    names.insert(event["data"_L1]["record"_L1]["name"_L1].toString().toLatin1());
            }
        }
        const QSet<QByteArray> lost = expected - names;
        QVERIFY2(
            lost.isEmpty(),
            qPrintable(u"%1 of %2 lost, %3 there"_s.arg(lost.size()).arg(expected.size()).arg(names.size())));
        const QJsonObject list = client.get(records).meta()["pagination"_L1].toObject();
        QCOMPARE(list["total"_L1].toInteger(), names.size());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Place m_place;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<WsClient> m_listener;
    HttpResponse m_last;
    int m_written = 0;
    QSet<QByteArray> m_before; ///< acknowledged before the deed
    QSet<QByteArray> m_after;  ///< and after
    QSet<QByteArray> m_inBackup;
    QByteArrayList m_refused;
    qsizetype m_acknowledgedInAll = 0;
    qsizetype m_refusedInAll = 0;
};

PRISM_TEST(TestFiles)
#include "tst_files.moc"
