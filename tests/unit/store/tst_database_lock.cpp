#include "server/store/sqlite/database_lock.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_database_lock {

using prism::store::sqlite::DatabaseLock;

class DatabaseLockTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const QString m_file = m_folder.filePath(QStringLiteral("prism.db"));

private slots:
    void secondOwner_isRefusedAndToldWhereTheFirstIs()
    {
        const auto first = DatabaseLock::acquire(m_file);
        QVERIFY(first.has_value());
        first->announce(QStringLiteral("http://127.0.0.1:3000"));
        const auto second = DatabaseLock::acquire(m_file);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().details, QStringList(QStringLiteral("http://127.0.0.1:3000")));
    }

    void linkToTheSameFile_isTheSameDatabase()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("prism.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString link = folder.filePath(QStringLiteral("other.db"));
        QVERIFY(file.link(link));
        const auto first = DatabaseLock::acquire(file.fileName());
        QVERIFY(first.has_value());
        QVERIFY(!DatabaseLock::acquire(link).has_value());
    }

    void lock_endsWithItsOwner()
    {
        {
            const auto first = DatabaseLock::acquire(m_file);
            QVERIFY(first.has_value());
        }
        QVERIFY(DatabaseLock::acquire(m_file).has_value());
    }

    /// Of a server that was killed: what it wrote there is still there.
    void fileThatALockLeft_isTakenOverOrLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("nothing") << QByteArray() << true;
        QTest::newRow("its address") << QByteArray("http://127.0.0.1:3000\n") << true;
        QTest::newRow("a longer one") << "http://" + QByteArray(200, 'x') + ":65535\n" << true;
        QTest::newRow("an address behind a proxy") << QByteArray("https://example.org\n") << true;
        QTest::newRow("no end of the line") << QByteArray("http://127.0.0.1:3000") << false;
        QTest::newRow("more than a line") << QByteArray("http://127.0.0.1:3000\nmore\n") << false;
        QTest::newRow("something else") << QByteArray("notes of mine\n") << false;
        QTest::newRow("an empty line") << QByteArray("\n") << false;
    }

    void fileThatALockLeft_isTakenOverOrLeftAlone()
    {
        QFETCH(const QByteArray, left);
        QFETCH(const bool, isTaken);
        const QTemporaryDir folder;
        const QString database = folder.filePath(QStringLiteral("t.db"));
        QFile file(database + QStringLiteral(".lock"));
        const auto content = [&file] {
            const bool isOpen = file.open(QIODevice::ReadOnly);
            const QByteArray bytes = isOpen ? file.readAll() : QByteArray("unreadable");
            file.close();
            return bytes;
        };
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(left), left.size());
        file.close();
        {
            auto lock = DatabaseLock::acquire(database);
            QCOMPARE(lock.has_value(), isTaken);
            if (!isTaken) {
                QCOMPARE(content(), left);
                return;
            }
            const DatabaseLock moved = std::move(*lock);
            moved.announce(QStringLiteral("http://[::1]:1"));
            QCOMPARE(content(), QByteArray("http://[::1]:1\n"));
            QVERIFY(!DatabaseLock::acquire(database).has_value());
        }
        QCOMPARE(content(), QByteArray());
        QVERIFY(DatabaseLock::acquire(database).has_value());
    }

    void folderThatIsNotThere_isAClearError()
    {
        const auto lock = DatabaseLock::acquire(m_folder.filePath(QStringLiteral("no/where.db")));
        QVERIFY(!lock.has_value());
        QVERIFY(lock.error().message.contains(QLatin1String("where.db.lock")));
    }
};

PRISM_APPLESS_TEST(DatabaseLockTest)

} // namespace tst_database_lock

#include "tst_database_lock.moc"
