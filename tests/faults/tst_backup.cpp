#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QFile>
#include <QTest>
#include <QUrlQuery>

#include <filesystem>

namespace tst_backup {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

/// What a database writes after it was put back from a backup is not what clients have seen under the same
/// numbers, and they are told. What was only killed, or renamed, goes on where it was.
class TestBackup : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY(m_server->start());
        m_epoch = epoch();
        write(5);
    }

    void cleanup() { m_server.reset(); }

    void databasePutBack_isANewEpoch_data()
    {
        QTest::addColumn<bool>("killed");
        QTest::addColumn<int>("writtenSince");
        QTest::newRow("stopped") << false << 1;
        QTest::newRow("stopped, long after") << false << 40;
        QTest::newRow("killed") << true << 40;
    }

    void databasePutBack_isANewEpoch()
    {
        QFETCH(const bool, killed);
        QFETCH(const int, writtenSince);
        QCOMPARE(m_server->terminate(), 0);
        const QString backup = m_server->dataDir() + u"/backup"_s;
        QVERIFY(QFile::copy(database(), backup));
        QVERIFY(m_server->start());
        QCOMPARE(epoch(), m_epoch);
        write(writtenSince);
        const Seq seen = 5 + writtenSince;
        if (killed) {
            // What was written is noted once a second.
            QTRY_VERIFY(noted().contains(" " + QByteArray::number(seen) + " "));
            m_server->kill9();
        } else {
            QCOMPARE(m_server->terminate(), 0);
        }
        for (const QString& ending : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(database() + ending);
        QVERIFY(QFile::copy(backup, database()));
        QVERIFY(m_server->start());

        QVERIFY(epoch() != m_epoch);
        write(writtenSince + 1);
        checkResume(seen, false);
        QVERIFY(m_server->log().contains(u"put back"));
        // It is the database of this place from now on.
        const QString now = epoch();
        QVERIFY(m_server->restart());
        QCOMPARE(epoch(), now);
    }

    void folderPutBackInPlace_isANewEpoch_data()
    {
        QTest::addColumn<bool>("killed");
        QTest::newRow("stopped") << false;
        QTest::newRow("killed") << true;
    }

    /// As `cp -a backup/. folder/` does it: every file stays the one it is.
    void folderPutBackInPlace_isANewEpoch()
    {
        QFETCH(const bool, killed);
        QCOMPARE(m_server->terminate(), 0);
        const QTemporaryDir backup;
        copyFolder(m_server->dataDir(), backup.path());
        QVERIFY(m_server->start());
        QCOMPARE(epoch(), m_epoch);
        write(3);
        if (killed)
            m_server->kill9();
        else
            QCOMPARE(m_server->terminate(), 0);
        for (const QString& ending : {u"-wal"_s, u"-shm"_s})
            QFile::remove(database() + ending);
        copyFolder(backup.path(), m_server->dataDir());
        QVERIFY(m_server->start());

        const QString now = epoch();
        QVERIFY(now != m_epoch);
        QVERIFY(m_server->log().contains(u"put back"));
        QVERIFY(m_server->restart());
        QCOMPARE(epoch(), now);
    }

    void copiedFolder_isANewEpoch()
    {
        QCOMPARE(m_server->terminate(), 0);
        const QTemporaryDir other;
        copyFolder(m_server->dataDir(), other.path());
        ServerProcess copy;
        copy.setDataDir(other.path());
        QVERIFY(copy.start());
        QVERIFY(epochOf(copy) != m_epoch);
        QVERIFY(m_server->start());
        QCOMPARE(epoch(), m_epoch);
    }

    void killedAgainAndAgain_isTheSameEpoch()
    {
        for (Seq seen = 5; seen < 50; seen += 9) {
            write(9);
            m_server->kill9();
            QVERIFY(m_server->start());
            QCOMPARE(epoch(), m_epoch);
            checkResume(seen, true);
        }
    }

    void restartedAgainAndAgain_isTheSameEpoch()
    {
        for (int run = 0; run < 3; ++run) {
            m_server->kill9(); // hardly begun
            QVERIFY(m_server->start());
            QCOMPARE(epoch(), m_epoch);
            QCOMPARE(m_server->terminate(), 0);
            QVERIFY(m_server->start());
            QCOMPARE(epoch(), m_epoch);
        }
        checkResume(4, true);
    }

    void noteThatIsGone_isTheSameEpoch()
    {
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(QFile::remove(database() + u".watermark"_s));
        QVERIFY(m_server->start());
        QCOMPARE(epoch(), m_epoch);
    }

    void databaseThatIsGone_beginsAnew()
    {
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(QFile::remove(database()));
        QVERIFY(m_server->start());
        QVERIFY(epoch() != m_epoch);
        QVERIFY(!m_server->log().contains(u"put back"));
    }

private:
    QString database() const { return m_server->dataDir() + u"/prism.db"_s; }

    static void copyFolder(const QString& from, const QString& to)
    {
        std::filesystem::copy(from.toStdString(), to.toStdString(),
                              std::filesystem::copy_options::recursive |
                                  std::filesystem::copy_options::overwrite_existing);
    }

    QByteArray noted() const
    {
        QFile file(database() + u".watermark"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QString epochOf(const ServerProcess& server)
    {
        return RestClient(server.httpUrl()).get("/api/v1/events").data()["epoch"_L1].toString();
    }

    QString epoch() const { return epochOf(*m_server); }

    void write(int count)
    {
        RestClient client(m_server->httpUrl());
        for (int i = 0; i < count; ++i)
            QCOMPARE(client.post("/api/v1/retros", parseJson(R"({"type":"quick","duration":1})")).status,
                     201);
    }

    /// A client of the first epoch comes back.
    void checkResume(Seq since, bool complete)
    {
        QUrl url = m_server->wsUrl();
        url.setQuery(QUrlQuery{{u"since"_s, QString::number(since)}, {u"epoch"_s, m_epoch}});
        WsClient client;
        QVERIFY(client.open(url));
        const auto resumed = client.waitForType("resumed"_L1);
        QVERIFY(resumed.has_value());
        QCOMPARE((*resumed)["data"_L1]["complete"_L1].toBool(), complete);
        QCOMPARE(client.events().isEmpty(), !complete);
    }

    std::unique_ptr<ServerProcess> m_server;
    QString m_epoch;
};

PRISM_TEST(TestBackup)

} // namespace tst_backup

#include "tst_backup.moc"
