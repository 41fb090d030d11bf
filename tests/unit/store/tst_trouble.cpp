#include "server/store/sqlite/trouble.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <cerrno>
#include <sqlite3.h>

namespace tst_trouble {

using namespace prism::store::sqlite;

class TroubleTest : public QObject
{
    Q_OBJECT

private slots:
    void reason_saysWhatToDoSomethingAbout_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("systemError");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, int code, int systemError, const char* reason) {
            QTest::newRow(name) << code << systemError << QString::fromLatin1(reason);
        };
        row("full", SQLITE_FULL, ENOSPC, "the disk is full");
        row("full, by another name", SQLITE_IOERR_WRITE, ENOSPC, "the disk is full");
        row("full at a sync", SQLITE_IOERR_FSYNC, ENOSPC, "the disk is full");
        row("quota", SQLITE_IOERR_WRITE, EDQUOT, "the quota of the disk is used up");
        row("size limit", SQLITE_IOERR_WRITE, EFBIG, "the file is as large as the system lets it become");
        row("read-only file system", SQLITE_IOERR_WRITE, EROFS, "the file system is read-only");
        row("read-only", SQLITE_READONLY, 0, "the file is read-only");
        row("read-only folder", SQLITE_READONLY_DIRECTORY, 0, "the folder is read-only");
        row("moved", SQLITE_READONLY_DBMOVED, 0, "the file was moved");
        row("permission", SQLITE_CANTOPEN, EACCES, "permission is denied");
        row("not allowed", SQLITE_PERM, EPERM, "permission is denied");
        row("no file", SQLITE_CANTOPEN, ENOENT, "there is no such file or folder");
        row("no descriptor", SQLITE_CANTOPEN, EMFILE, "no more files can be opened");
        row("cannot be opened", SQLITE_CANTOPEN, 0, "a file of it cannot be opened");
        row("broken disk", SQLITE_IOERR_READ, EIO, "the disk reports an error");
        row("broken disk, unsaid", SQLITE_IOERR_WRITE, 0, "the disk reports an error");
        row("no sync", SQLITE_IOERR_FSYNC, 0, "the disk does not confirm what is written");
        row("cut", SQLITE_IOERR_SHORT_READ, 0, "the file is shorter than it was");
        row("gone", SQLITE_IOERR_WRITE, ESTALE, "the file system is gone");
        row("memory", SQLITE_IOERR_NOMEM, 0, "there is not enough memory");
        row("locked", SQLITE_BUSY, 0, "another program has locked it");
        row("locked, recovering", SQLITE_BUSY_RECOVERY, 0, "another program has locked it");
        // What the system said is of something else.
        row("full, and an old error", SQLITE_FULL, EACCES, "the disk is full");
        row("locked, and an old error", SQLITE_BUSY, ENOSPC, "another program has locked it");
    }

    void reason_saysWhatToDoSomethingAbout()
    {
        QFETCH(const int, code);
        QFETCH(const int, systemError);
        const Trouble trouble{code, systemError};
        QTEST(reasonOf(trouble), "reason");
        QVERIFY(isTemporary(trouble));
        QVERIFY(!isDamage(trouble));
    }

    void damage_isNothingThatPasses()
    {
        for (const int code : {SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_NOTADB}) {
            QVERIFY(isDamage({code, 0}));
            QVERIFY(!isTemporary({code, 0}));
        }
    }

    void mistake_isNeither()
    {
        for (const int code : {SQLITE_ERROR, SQLITE_CONSTRAINT_UNIQUE, SQLITE_MISUSE}) {
            QVERIFY(!isDamage({code, 0}));
            QVERIFY(!isTemporary({code, ENOSPC}));
        }
    }
};

PRISM_APPLESS_TEST(TroubleTest)

} // namespace tst_trouble

#include "tst_trouble.moc"
