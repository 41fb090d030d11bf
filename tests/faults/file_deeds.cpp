#include "tests/faults/file_deeds.h"

#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace prism::test {

namespace fs = std::filesystem;

namespace {

void halve(const fs::path& file)
{
    fs::resize_file(file, fs::file_size(file) / 2);
}

/// A socket cannot be copied.
void copyFiles(const fs::path& from, const fs::path& to)
{
    fs::create_directory(to);
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
        if (entry.is_regular_file())
            fs::copy_file(entry.path(), to / entry.path().filename());
    }
}

/// The database: moved, deleted, replaced.
std::vector<DeedRow> deedsToNames()
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
             copyFiles(p.outside / "data", p.folder);
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
std::vector<DeedRow> deedsToContent()
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
        {"copied", Outcome::GoesOn, true, [](const Place& p) { copyFiles(p.folder, p.outside / "copies"); }},
        {"read by SQLite", Outcome::GoesOn, true,
         [](const Place& p) {
             runSql(p.database(), "SELECT count(*) FROM records; PRAGMA integrity_check");
         }},
        {"copied by SQLite", Outcome::GoesOn, true,
         [](const Place& p) {
             runSql(p.database(),
                    qPrintable(u"VACUUM INTO '%1/vacuumed.db'"_s.arg(QString::fromStdString(p.outside))));
         }},
        {"log brought in by SQLite", Outcome::GoesOn, true,
         [](const Place& p) { runSql(p.database(), "PRAGMA wal_checkpoint(TRUNCATE)"); }},
        {"written to by SQLite", Outcome::GoesOn, true,
         [](const Place& p) {
             runSql(p.database(), "UPDATE settings SET value = value WHERE name = 'epoch'; "
                                  "PRAGMA wal_checkpoint(PASSIVE)");
         }},
    };
}

/// The log and its index.
std::vector<DeedRow> deedsToLog()
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

} // namespace

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

void runSql(const fs::path& file, const char* sql)
{
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    sqlite3_busy_timeout(handle, patienceMs);
    char* error = nullptr;
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, &error);
    QVERIFY2(code == SQLITE_OK, error);
    sqlite3_close(handle);
}

std::vector<DeedRow> allDeeds()
{
    std::vector<DeedRow> all;
    for (const auto& rows : {deedsToNames(), deedsToContent(), deedsToLog()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

} // namespace prism::test
