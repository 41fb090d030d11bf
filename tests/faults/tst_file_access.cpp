#include "tests/faults/files_test.h"
#include "tests/support/test_program.h"

#include <QFile>

#include <sys/stat.h>

namespace tst_file_access {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace fs = std::filesystem;

/// Who gets at the server's files, and which files the server leaves alone.
class TestFileAccess : public FilesTest
{
    Q_OBJECT

private slots:
    void init() { makePlace(); }
    void cleanup() { leavePlace(); }

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
};

PRISM_TEST(TestFileAccess)

} // namespace tst_file_access

#include "tst_file_access.moc"
