#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <csignal>
#include <filesystem>
#include <linux/capability.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace tst_storage {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QJsonValue recordNamed(const QString& name)
{
    return QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, name}};
}

QByteArray postRequest(const QByteArray& path, const QByteArray& body)
{
    return "POST " + path +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// Even root has to keep to the permissions of files from here on.
void giveUpFilePrivileges()
{
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
}

void overwrite(const QString& name, qint64 at, const QByteArray& bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// The disk is full, broken, read-only, somebody else's or damaged: the server says so, goes on as soon as it
/// can, and keeps what it promised.
class TestStorage : public QObject
{
    Q_OBJECT

private slots:
    void fault_isSaidAndServiceReturnsByItself_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("disk full") << Fault::DiskFull << "the disk is full"_ba;
        QTest::newRow("write error") << Fault::WriteError << "the disk reports an error"_ba;
        QTest::newRow("read-only") << Fault::ReadOnly << "is read-only"_ba;
        QTest::newRow("sync error") << Fault::SyncError << "the disk does not confirm"_ba;
    }

    void fault_isSaidAndServiceReturnsByItself()
    {
        QFETCH(const Fault, fault);
        QFETCH(const QByteArray, reason);
        FaultyServer faulty;
        faulty.server().expectWarning(u"prism.store"_s);
        QVERIFY(faulty.server().start());
        WsClient listener;
        QVERIFY(listener.open(faulty.server().wsUrl()));
        for (int round = 0; round < 3; ++round) {
            write(faulty.server(), 20, 201);
            faulty.board().set(fault);
            const std::uint64_t met = faulty.board().met();
            write(faulty.server(), 5, 503);
            QVERIFY(faulty.board().met() > met);
            checkOutage(faulty.server(), reason);
            QTRY_VERIFY(faulty.server().log().contains(QString::fromLatin1(reason)));
            faulty.board().set(Fault::None);
            checkService(faulty.server());
        }
        QVERIFY(listener.waitForSeq(Seq(m_stored.size())));
        QCOMPARE(listener.seqs().size(), m_stored.size());
        faulty.cutPower();
        QVERIFY(faulty.server().restart());
        checkStored(faulty.server());
    }

    /// Whoever asks for readiness is not kept waiting by a disk that does not answer, and hears why.
    void diskThatDoesNotAnswer_isNotReady()
    {
        FaultyServer faulty({u"--ready-timeout"_s, u"0.2"_s});
        QVERIFY(faulty.server().start());
        RestClient client(faulty.server().httpUrl());
        QTRY_COMPARE(client.get("/ready").status, 200);
        faulty.board().set(Fault::SyncHeld);
        HttpResponse ready;
        QTRY_VERIFY2((ready = client.get("/ready")).status == 503, // asked of the disk once a second at most
                     ready.summary().constData());
        QVERIFY2(ready.message().contains(u"within 0.2 s"), qPrintable(ready.message()));
        QVERIFY(ready.hasHeader("Retry-After"));
        QCOMPARE(client.get("/ready").status, 503);
        QCOMPARE(client.get("/health").status, 200);
        QCOMPARE(client.get(records).status, 200);
        faulty.board().set(Fault::None);
        QTRY_COMPARE(client.get("/ready").status, 200);
    }

    void writeThatWaits_weighsItsRowsAndBytes_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("rows");
        const QByteArray list = R"([{"type":"custom","name":"a"},{"type":"custom","name":"b"}])";
        QTest::newRow("record") << records << toBytes(recordNamed(u"one"_s)) << 1;
        QTest::newRow("batch") << records + "/batch" << list << 2;
        QTest::newRow("checks") << "/api/v1/gateway/checks"_ba
                                << '[' + R"({"status":"PASS","duration":1},)"_ba.repeated(3).chopped(1) + ']'
                                << 3;
    }

    void writeThatWaits_weighsItsRowsAndBytes()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const int, rows);
        FaultyServer faulty({u"--write-queue-rows"_s, QString::number(rows)});
        QVERIFY(faulty.server().start());
        RestClient client(faulty.server().httpUrl());
        faulty.board().set(Fault::SyncHeld);
        const std::uint64_t met = faulty.board().met();
        RawSocket first(faulty.server().httpPort());
        QVERIFY(first.write(postRequest(records, toBytes(recordNamed(u"held"_s)))));
        QTRY_VERIFY(faulty.board().met() > met);

        RawSocket second(faulty.server().httpPort());
        QVERIFY(second.write(postRequest(path, body)));
        const auto waiting = [&client] {
            return client.get("/api/v1/system/status").data()["queue"_L1]["waiting"_L1].toObject();
        };
        QTRY_COMPARE(waiting(),
                     QJsonObject({{u"writes"_s, 1}, {u"rows"_s, rows}, {u"bytes"_s, body.size()}}));
        QCOMPARE(client.post(records, recordNamed(u"one row more"_s)).status, 503);
        faulty.board().set(Fault::None);
        QCOMPARE(first.readResponse().status, 201);
        QCOMPARE(second.readResponse().status, 201);
    }

    /// The kernel itself refuses to let the files grow.
    void fileSizeLimit_isSaidAndServiceReturnsByItself()
    {
        ServerProcess server;
        server.expectWarning(u"prism.store"_s);
        server.setPreparation([] { ::signal(SIGXFSZ, SIG_IGN); });
        QVERIFY(server.start());
        write(server, 20, 201);
        setFileSizeLimit(server, 1024);
        write(server, 5, 503);
        checkOutage(server, "as large as the system lets it become");
        setFileSizeLimit(server, RLIM_INFINITY);
        checkService(server);
        server.kill9();
        QVERIFY(server.restart());
        checkStored(server);
    }

    void lockedByAnotherProgram_isSaidAndServiceReturnsByItself()
    {
        ServerProcess server;
        server.expectWarning(u"prism.store"_s);
        QVERIFY(server.start());
        write(server, 3, 201);
        sqlite3* other = nullptr;
        const QByteArray file = QFile::encodeName(server.dataDir() + u"/prism.db"_s);
        QCOMPARE(sqlite3_open(file.constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        write(server, 1, 503);
        QVERIFY2(m_refusal.body.contains("another program has locked it"), m_refusal.body.constData());
        RestClient client(server.httpUrl());
        QCOMPARE(client.get("/health").status, 200);
        QCOMPARE(client.get(records).status, 200);
        QCOMPARE(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_close(other), SQLITE_OK);
        checkService(server);
        checkStored(server);
    }

    void damage_isARefusalToStartOrSaid_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("garbage for a header") << "header"_ba;
        QTest::newRow("cut in half") << "truncated"_ba;
        QTest::newRow("garbage in the middle") << "middle"_ba;
    }

    void damage_isARefusalToStartOrSaid()
    {
        QFETCH(const QByteArray, kind);
        QTemporaryDir dir;
        const QString file = dir.filePath(u"prism.db"_s);
        {
            ServerProcess server;
            server.setDataDir(dir.path());
            QVERIFY(server.start());
            write(server, 200, 201);
            QCOMPARE(server.terminate(), 0);
        }
        const qint64 size = QFileInfo(file).size();
        if (kind == "truncated")
            QVERIFY(QFile::resize(file, size / 2));
        else if (kind == "header")
            overwrite(file, 0, QByteArray(100, '\x5a'));
        else
            overwrite(file, 8192, QByteArray(qMin<qint64>(size - 8192, 40 * 4096), '\x5a'));

        if (kind != "middle") {
            const ProgramResult result = tryToStart(dir.path());
            QCOMPARE(result.exitCode, 1);
            QVERIFY2(result.errors.contains("prism.db") || result.errors.contains("database"),
                     result.errors.constData());
            QCOMPARE(result.output, ""_ba);
            return;
        }
        // A check of every page would take minutes on a large file; the damage is met when it is read.
        ServerProcess server;
        server.setDataDir(dir.path());
        server.expectWarning(u"prism\\.(store|app|http)"_s);
        if (!tryToStart(dir.path()).output.startsWith("ready"))
            return;
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        QCOMPARE(client.get("/health").status, 200);
        for (const QByteArray& path : {records, "/api/v1/events?limit=1000"_ba}) {
            const HttpResponse response = client.get(path);
            QVERIFY2(response.status == 200 || response.status >= 500, response.summary().constData());
        }
    }

    void unwritable_isARefusalToStart_data()
    {
        QTest::addColumn<QString>("name"); // within the data folder
        QTest::newRow("file") << u"prism.db"_s;
        QTest::newRow("folder") << u"."_s;
        QTest::newRow("write-ahead log") << u"prism.db-wal"_s;
        QTest::newRow("its index") << u"prism.db-shm"_s;
    }

    void unwritable_isARefusalToStart()
    {
        QFETCH(const QString, name);
        QTemporaryDir dir;
        {
            ServerProcess server;
            server.setDataDir(dir.path());
            QVERIFY(server.start());
            write(server, 2, 201);
            server.kill9(); // so that the log stays
        }
        const QString target = dir.filePath(name);
        if (name == u"."_s)
            QVERIFY(QFile::remove(dir.filePath(u"prism.db.lock"_s)));
        namespace fs = std::filesystem;
        const auto writing = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
        fs::permissions(target.toStdString(), writing, fs::perm_options::remove);
        const ProgramResult result = tryToStart(dir.path());
        fs::permissions(target.toStdString(), fs::perms::owner_write, fs::perm_options::add);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("prism.db"), result.errors.constData());
        QCOMPARE(result.output, ""_ba);

        ServerProcess server;
        server.setDataDir(dir.path());
        QVERIFY(server.start());
        checkStored(server);
    }

    void cleanup() { m_stored.clear(); }

private:
    void write(ServerProcess& server, int count, int status)
    {
        RestClient client(server.httpUrl());
        for (int i = 0; i < count; ++i) {
            const QString name = u"record %1"_s.arg(++m_written);
            const HttpResponse response = client.post(records, recordNamed(name));
            QVERIFY2(response.status == status, response.summary().constData());
            if (status == 201) {
                m_stored.insert(name);
                continue;
            }
            m_refusal = response;
            QCOMPARE(response.error(), u"ERR_5001"_s);
            QVERIFY(response.hasHeader("Retry-After"));
        }
    }

    /// Writes and readiness are refused; life and reading go on.
    void checkOutage(ServerProcess& server, const QByteArray& reason)
    {
        RestClient client(server.httpUrl());
        HttpResponse ready;
        QTRY_VERIFY2((ready = client.get("/ready")).status == 503, // asked of the disk once a second at most
                     ready.summary().constData());
        for (const QByteArray& said : {ready.body, m_refusal.body}) {
            QVERIFY2(said.contains(reason), said.constData());
            QVERIFY2(said.contains("prism.db"), said.constData());
        }
        QCOMPARE(client.get("/health").status, 200);
        checkStored(server);
    }

    void checkService(ServerProcess& server)
    {
        RestClient client(server.httpUrl());
        QTRY_COMPARE(client.get("/ready").status, 200);
        write(server, 3, 201);
        checkStored(server);
    }

    /// Everything acknowledged is there and nothing else, in one order without gaps.
    void checkStored(ServerProcess& server)
    {
        RestClient client(server.httpUrl());
        const HttpResponse answer = client.get("/api/v1/events?limit=1000");
        QCOMPARE(answer.status, 200);
        QSet<QString> names;
        Seq last = 0;
        for (const auto& event : answer.data()["events"_L1].toArray()) {
            QCOMPARE(event["seq"_L1].toInteger(), ++last);
            names.insert(event["data"_L1]["record"_L1]["name"_L1].toString());
        }
        QCOMPARE(names, m_stored);
        const QJsonObject list = client.get(records).meta()["pagination"_L1].toObject();
        QCOMPARE(list["total"_L1].toInteger(), m_stored.size());
    }

    static ProgramResult tryToStart(const QString& dataDir)
    {
        ProgramResult result;
        QProcess process;
        process.setProgram(ServerProcess::binary());
        process.setArguments(
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--ws-listen"_s, u"off"_s, u"--data-dir"_s, dataDir});
        process.setChildProcessModifier(giveUpFilePrivileges);
        process.start();
        // Either it ends, or it gets ready, and is ended.
        if (!process.waitForReadyRead(20000) && process.state() != QProcess::NotRunning)
            process.waitForFinished(20000);
        process.terminate();
        result.finished = process.waitForFinished(20000);
        result.exitCode = process.exitCode();
        result.output = process.readAllStandardOutput();
        result.errors = process.readAllStandardError();
        return result;
    }

    static void setFileSizeLimit(const ServerProcess& server, rlim_t bytes)
    {
        const rlimit limit{bytes, RLIM_INFINITY};
        QCOMPARE(::prlimit(pid_t(server.processId()), RLIMIT_FSIZE, &limit, nullptr), 0);
    }

    int m_written = 0;
    HttpResponse m_refusal; ///< the last one
    QSet<QString> m_stored;
};

PRISM_TEST(TestStorage)

} // namespace tst_storage

#include "tst_storage.moc"
