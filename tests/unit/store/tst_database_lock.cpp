#include "server/store/sqlite/database_lock.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

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

    void folderThatIsNotThere_isAClearError()
    {
        const auto lock = DatabaseLock::acquire(m_folder.filePath(QStringLiteral("no/where.db")));
        QVERIFY(!lock.has_value());
        QVERIFY(lock.error().message.contains(QLatin1String("where.db.lock")));
    }
};

PRISM_APPLESS_TEST(DatabaseLockTest)
#include "tst_database_lock.moc"
