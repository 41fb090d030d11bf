#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QTest>

#include <unistd.h>

namespace tst_import {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray seedRetro = R"({
  "id": "retro_1770132878714_49her4syl",
  "timestamp": "2026-02-03T15:34:38.714Z",
  "type": "quick",
  "project": "demo_project",
  "duration": 0,
  "summary": "成功要素: 2个",
  "lessons": ["持续改进"],
  "improvements": ["流程优化"],
  "violations": []
})";

const QByteArray mixedLines =
    R"({"type":"custom","name":"Imported record","description":"d"})"
    "\n"
    R"({"id":"check-1","status":"BLOCKED","duration":3,"timestamp":"2026-01-01T00:00:00.000Z","violations":[{"principleId":"P1","severity":"BLOCK"}]})"
    "\n\n"
    R"({"type":"deep","duration":60000,"timestamp":"2026-01-02T00:00:00.000Z","summary":"no id"})"
    "\n"
    R"({"status":"PASS","duration":1.5,"timestamp":"2026-01-03T00:00:00.000Z"})"
    "\n"
    R"({"status":"PASS","duration":1.5,"timestamp":"2026-01-03T00:00:00.000Z"})"
    "\n";

} // namespace

/// prism-server import: files of an older system and lines of any kind, into a database at rest or a server
/// at work.
class TestImport : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_files = std::make_unique<QTemporaryDir>();
        m_data = std::make_unique<QTemporaryDir>();
    }

    void import_atRest_addsEverythingOnce()
    {
        write("a.json", seedRetro);
        write("nested/b.ndjson", mixedLines);
        ProgramResult result = import({m_files->path()});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const auto check = [this] {
            ServerProcess server;
            server.setDataDir(m_data->path());
            QVERIFY(server.start());
            RestClient client(server.httpUrl());
            QCOMPARE(position(client), 6);
            QCOMPARE(client.get("/api/v1/analytics/records").data()[0]["name"_L1].toString(),
                     u"Imported record"_s);
            QCOMPARE(client.get("/api/v1/gateway/checks").data().toArray().size(), 3);
            const QJsonArray retros = client.get("/api/v1/retros").data().toArray();
            QCOMPARE(retros.size(), 2);
            QCOMPARE(retros[0]["id"_L1].toString(), u"retro_1770132878714_49her4syl"_s);
            QCOMPARE(retros[0]["summary"_L1].toString(), u"成功要素: 2个"_s);
            QCOMPARE(server.terminate(), 0);
        };
        check();
        result = import({m_files->path()});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        check();
    }

    void import_saysHowMuchItDid()
    {
        write("a.json", seedRetro);
        QVERIFY2(import({m_files->path()}).errors.contains("1"), "first");
        const ProgramResult again = import({m_files->path()});
        QVERIFY2((again.output + again.errors).contains("1 were there already"),
                 (again.output + again.errors).constData());
    }

    void import_ofBadFiles_namesThemAndKeepsTheRest()
    {
        write("good.json", seedRetro);
        write("broken.json", "{\"id\":");
        write("wrong.json", R"({"id":"x","type":"neither","duration":1})");
        write("lines.ndjson",
              "{\"status\":\"PASS\",\"duration\":1}\n{\"status\":\"PASS\",\"duration\":-1}\n");
        write("latin.json", "{\"type\":\"quick\",\"duration\":1,\"summary\":\"\xe9\"}");
        write("notes.txt", "not for us");
        const ProgramResult result = import({m_files->path()});
        QVERIFY(result.finished);
        QVERIFY(result.exitCode != 0);
        const QByteArray said = result.output + result.errors;
        for (const char* name : {"broken.json", "wrong.json", "lines.ndjson", "latin.json"})
            QVERIFY2(said.contains(name), said.constData());
        QVERIFY2(said.contains("duration"), said.constData());
        QVERIFY2(!said.contains("good.json:") && !said.contains("notes.txt:"), said.constData());
        ServerProcess server;
        server.setDataDir(m_data->path());
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        QCOMPARE(client.get("/api/v1/retros").data().toArray().size(), 1);
    }

    void import_ofNothing_isAnError()
    {
        const ProgramResult missing = import({m_files->filePath(u"absent"_s)});
        QVERIFY(missing.exitCode != 0);
        QVERIFY2(missing.errors.contains("absent"), missing.errors.constData());
        QVERIFY(import({}).exitCode != 0);
    }

    void import_ofManyFiles_isWhole()
    {
        for (int i = 0; i < 164; ++i) {
            QByteArray retro = seedRetro;
            retro.replace("49her4syl", "n" + QByteArray::number(i));
            write("retro_" + QByteArray::number(i) + ".json", retro);
        }
        QCOMPARE(import({m_files->path()}).exitCode, 0);
        ServerProcess server;
        server.setDataDir(m_data->path());
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        const QJsonValue usage = client.get("/api/v1/analytics/usage?period=all").data();
        QCOMPARE(usage["totalRetrospectives"_L1].toInt(), 164);
    }

    /// Ten years of a check a week, which is more than a server takes in one request.
    void import_ofManyDays_isSentInParts()
    {
        QByteArray lines;
        constexpr int weeks = 520;
        for (int i = 0; i < weeks; ++i)
            lines += fill("{\"status\":\"PASS\",\"duration\":1,\"timestamp\":\"%1\"}\n",
                          prism::protocol::toIsoUtf8(prism::protocol::now() - i * std::chrono::days(7)));
        write("years.ndjson", lines);
        ServerProcess server;
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        QCOMPARE(client
                     .post("/api/v1/gateway/checks?imported=true", lines,
                           {{"Content-Type", "application/x-ndjson"}})
                     .error(),
                 u"ERR_1004"_s);
        const ProgramResult result =
            ServerProcess::run({u"import"_s, u"--server"_s, server.httpUrl().toString(), m_files->path()});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        const QJsonValue data = client.get("/api/v1/analytics/dashboard?period=all").data();
        QCOMPARE(data["summary"_L1]["totalChecks"_L1].toInt(), weeks);
    }

    void import_throughAServerThatAllowsLess_isSentInSmallerParts_data()
    {
        QTest::addColumn<QStringList>("options");
        for (const char* days : {"1", "2", "33", "99", "100"})
            QTest::addRow("days a request: %s", days)
                << QStringList{u"--max-bulk-days"_s, QString::fromLatin1(days)};
        QTest::newRow("bytes of a request") << QStringList{u"--max-bulk-bytes"_s, u"3000"_s};
    }

    void import_throughAServerThatAllowsLess_isSentInSmallerParts()
    {
        QFETCH(const QStringList, options);
        constexpr int days = 130;
        QByteArray lines;
        for (int i = 0; i < days; ++i) {
            const QByteArray time =
                prism::protocol::toIsoUtf8(prism::protocol::now() - i * std::chrono::days(1));
            lines += fill("{\"status\":\"PASS\",\"duration\":1,\"timestamp\":\"%1\"}\n", time);
            lines += fill("{\"type\":\"quick\",\"duration\":1,\"timestamp\":\"%1\"}\n", time);
        }
        write("days.ndjson", lines);
        ServerProcess server;
        server.setArguments(options);
        QVERIFY(server.start());
        for (const char* output : {"130 retrospectives, 130 checks", "260 were there already"}) {
            const ProgramResult result =
                import({u"--server"_s, server.httpUrl().toString(), m_files->path()});
            QVERIFY2(result.exitCode == 0, result.errors.constData());
            QVERIFY2(result.output.contains(output), result.output.constData());
        }
    }

    /// What a server refuses keeps it from nothing else.
    void import_ofWhatTheServerRefuses_keepsTheRest()
    {
        QByteArray lines;
        for (int i = 0; i < 20; ++i)
            lines += fill("{\"type\":\"quick\",\"duration\":1,\"summary\":\"%1\"}\n",
                          QByteArray(i == 7 || i == 13 ? 3000 : 10, 'x'));
        write("some.ndjson", lines);
        ServerProcess server;
        server.setArguments({u"--max-bulk-bytes"_s, u"2500"_s});
        QVERIFY(server.start());
        const ProgramResult result = import({u"--server"_s, server.httpUrl().toString(), m_files->path()});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.output.contains("18 retrospectives") &&
                     result.output.contains("2 could not be imported"),
                 result.output.constData());
        QVERIFY2(result.errors.contains("some.ndjson, line 8: ") &&
                     result.errors.contains("some.ndjson, line 14: "),
                 result.errors.constData());
    }

    /// The same folder and the same files, whichever way they are named.
    void import_byAnotherPath_addsNothing_data()
    {
        QTest::addColumn<QStringList>("paths");
        QTest::newRow("relative") << QStringList{u"all"_s};
        QTest::newRow("from here") << QStringList{u"./all"_s};
        QTest::newRow("slash") << QStringList{u"all/"_s};
        QTest::newRow("slashes") << QStringList{u"all///"_s};
        QTest::newRow("by a folder above") << QStringList{u"all/nested/../../all"_s};
        QTest::newRow("linked folder") << QStringList{u"link"_s};
        QTest::newRow("linked folder, slash") << QStringList{u"link/"_s};
        QTest::newRow("folder within") << QStringList{u"all/nested"_s};
        QTest::newRow("one file") << QStringList{u"all/nested/b.ndjson"_s};
        QTest::newRow("file by a link") << QStringList{u"link/nested/b.ndjson"_s};
        QTest::newRow("linked file") << QStringList{u"b-link.ndjson"_s};
        QTest::newRow("the folder above") << QStringList{u"."_s};
        QTest::newRow("twice") << QStringList{u"all"_s, u"all"_s};
        QTest::newRow("twice, one by a link") << QStringList{u"link"_s, u"all/nested"_s, u"all"_s};
    }

    void import_byAnotherPath_addsNothing()
    {
        QFETCH(const QStringList, paths);
        write("all/a.json", R"({"type":"quick","duration":1,"timestamp":"2026-01-02T00:00:00.000Z"})");
        write("all/nested/b.ndjson", mixedLines);
        QVERIFY(QFile::link(m_files->filePath(u"all"_s), m_files->filePath(u"link"_s)));
        QVERIFY(
            QFile::link(m_files->filePath(u"all/nested/b.ndjson"_s), m_files->filePath(u"b-link.ndjson"_s)));
        ProgramResult result = import({m_files->filePath(u"all"_s)});
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        QVERIFY2(result.output.contains("2 retrospectives, 3 checks, 1 records stored; 0 were"),
                 result.output.constData());
        result = ServerProcess::run(QStringList{u"import"_s, u"--data-dir"_s, m_data->path()} + paths, {},
                                    [folder = QFile::encodeName(m_files->path())] {
                                        [[maybe_unused]] const int at = chdir(folder.constData());
                                    });
        QVERIFY2(result.exitCode == 0, result.errors.constData());
        QVERIFY2(result.output.contains("0 retrospectives, 0 checks, 0 records stored"),
                 result.output.constData());
    }

    void import_ofOneFileNamedTwice_readsItOnce()
    {
        write("b.ndjson", mixedLines);
        const QString file = m_files->filePath(u"b.ndjson"_s);
        const ProgramResult result = import({file, m_files->path(), file});
        QVERIFY2(result.output.contains("1 retrospectives, 3 checks, 1 records stored; 0 were there already"),
                 result.output.constData());
    }

    void import_besideAServer_namesItsAddress()
    {
        write("a.json", seedRetro);
        ServerProcess server;
        server.setDataDir(m_data->path());
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        const ProgramResult refused = import({m_files->path()});
        QVERIFY(refused.exitCode != 0);
        QVERIFY2(refused.errors.contains(server.httpUrl().toEncoded()), refused.errors.constData());
        QVERIFY2(refused.errors.contains("--server"), refused.errors.constData());
        QCOMPARE(position(client), 0);
    }

    void import_throughAServer_addsEverythingOnce()
    {
        write("a.json", seedRetro);
        write("b.ndjson", mixedLines);
        ServerProcess server;
        server.setDataDir(m_data->path());
        QVERIFY(server.start());
        RestClient client(server.httpUrl());
        for (int round = 0; round < 2; ++round) {
            const ProgramResult result =
                import({u"--server"_s, server.httpUrl().toString(), m_files->path()});
            QVERIFY2(result.exitCode == 0, result.errors.constData());
            QCOMPARE(position(client), 6);
        }
    }

    void import_throughAServerThatIsNotThere_saysSo()
    {
        write("a.json", seedRetro);
        const ProgramResult result = import({u"--server"_s, u"http://127.0.0.1:1"_s, m_files->path()});
        QVERIFY(result.finished && result.exitCode != 0);
        QVERIFY2(result.errors.contains("127.0.0.1:1"), result.errors.constData());
    }

private:
    void write(const QByteArray& name, const QByteArray& content)
    {
        QFile file(m_files->filePath(QString::fromLatin1(name)));
        QDir().mkpath(QFileInfo(file).path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    ProgramResult import(const QStringList& arguments)
    {
        return ServerProcess::run(QStringList{u"import"_s, u"--data-dir"_s, m_data->path()} + arguments);
    }

    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<QTemporaryDir> m_data;
};

PRISM_TEST(TestImport)

} // namespace tst_import

#include "tst_import.moc"
