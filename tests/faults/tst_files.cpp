#include "tests/faults/files_test.h"
#include "tests/faults/writer_fleet.h"
#include "tests/support/test_program.h"

namespace tst_files {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace fs = std::filesystem;

/// Whatever is done to the files while the server runs: nothing is acknowledged that a start would not find,
/// what cannot be is refused with the reason, and what has not changed anything stops nobody.
class TestFiles : public FilesTest
{
    Q_OBJECT

private slots:
    void init() { makePlace(); }
    void cleanup() { leavePlace(); }

    void cleanupTestCase()
    {
        qInfo("after the deeds %lld writes were acknowledged and found again, %lld were refused",
              qlonglong(m_acknowledgedInAll), qlonglong(m_refusedInAll));
    }

    void deed_losesNothingThatWasAcknowledged_data() { addDeeds(); }

    void deed_losesNothingThatWasAcknowledged()
    {
        QFETCH(const int, number);
        const DeedRow row = allDeeds()[std::size_t(number)];
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
        const DeedRow row = allDeeds()[std::size_t(number)];
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

private:
    static void addDeeds()
    {
        QTest::addColumn<int>("number");
        const std::vector<DeedRow> rows = allDeeds();
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << int(i);
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

    void startAgain(const DeedRow& row)
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

    qsizetype m_acknowledgedInAll = 0;
    qsizetype m_refusedInAll = 0;
};

PRISM_TEST(TestFiles)

} // namespace tst_files

#include "tst_files.moc"
