#include "server/service/result_files.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

#include <QJsonArray>

namespace tst_service_result_files {

using namespace prism;
using namespace Qt::StringLiterals;
using protocol::Check;
using protocol::Timestamp;
using service::ResultFile;
using service::ResultFiles;
using service::StoredResultFile;
using std::chrono::minutes;

/// When a tool's result file is known to have come before.
class TestServiceResultFiles : public QObject, test::ServiceTest
{
    Q_OBJECT

    /// Ten minutes before an hour is over, some hours ago.
    const Timestamp m_begin =
        std::chrono::floor<std::chrono::hours>(protocol::now()) - std::chrono::hours(5) + minutes(50);

    /// What became of a file of one run that came then.
    StoredResultFile send(Timestamp time, const QString& gate = u"lint"_s, const QByteArray& content = "a")
    {
        Check check;
        check.gate = gate;
        check.timestamp = time;
        const ResultFile file = ResultFiles::identify(u"tap"_s, content, {check}, false, {});
        return carryOut(&ResultFiles::add, file).value_or(StoredResultFile{-1, {}});
    }

    static QJsonValue checkIn(const StoredResultFile& stored)
    {
        return QJsonDocument::fromJson(stored.json)["checks"_L1][0];
    }

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void sameFile_isKnownForAnHour_data()
    {
        QTest::addColumn<QList<int>>("sent"); // minutes
        QTest::addColumn<QList<qint64>>("created");
        QTest::newRow("at once") << QList<int>{0, 0} << QList<qint64>{1, 0};
        QTest::newRow("in the same hour of the clock") << QList<int>{-40, 9} << QList<qint64>{1, 0};
        QTest::newRow("in the next") << QList<int>{0, 11} << QList<qint64>{1, 0};
        QTest::newRow("at the last moment") << QList<int>{0, 59} << QList<qint64>{1, 0};
        QTest::newRow("an hour later") << QList<int>{0, 60} << QList<qint64>{1, 1};
        QTest::newRow("what was known does not make it newer")
            << QList<int>{0, 50, 70} << QList<qint64>{1, 0, 1};
        QTest::newRow("each hour") << QList<int>{0, 60, 120, 130} << QList<qint64>{1, 1, 1, 0};
    }

    void sameFile_isKnownForAnHour()
    {
        QFETCH(const QList<int>, sent);
        QFETCH(const QList<qint64>, created);
        QList<qint64> counts;
        QString last;
        for (const int each : sent) {
            const StoredResultFile stored = send(m_begin + minutes(each));
            counts.append(stored.created);
            const QString id = checkIn(stored)["id"_L1].toString();
            QCOMPARE(id == last, stored.created == 0);
            last = id;
        }
        QCOMPARE(counts, created);
    }

    void anotherGateOrFile_isNoRepetition()
    {
        QCOMPARE(send(m_begin).created, 1);
        QCOMPARE(send(m_begin, u"tests"_s).created, 1);
        QCOMPARE(send(m_begin, u"lint"_s, "b").created, 1);
        QCOMPARE(takeAnnounced().size(), 3);
    }
};

PRISM_TEST(TestServiceResultFiles)

} // namespace tst_service_result_files

#include "tst_service_result_files.moc"
