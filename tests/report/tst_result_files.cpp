#include "tests/report/report_test.h"
#include "tests/support/test_program.h"

#include <QJsonObject>
#include <QTest>

namespace tst_result_files {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray passingTap = "TAP version 13\n1..1\nok 1 all\n";
const QByteArray failingTap = "TAP version 13\n1..2\nok 1 all\nnot ok 2 none\n";
const QByteArray junit = "<testsuite name='unit' tests='1' failures='1'><testcase name='a' classname='b'>"
                         "<failure message='no'/></testcase></testsuite>";
const QByteArray checkstyle = "<checkstyle version='8'><file name='a.c'><error line='3' severity='error' "
                              "message='bad' source='rule'/></file></checkstyle>";
const QByteArray eslint = "[{\"filePath\":\"a.js\",\"messages\":[{\"ruleId\":\"semi\",\"severity\":2,"
                          "\"message\":\"bad\",\"line\":1,\"column\":2}]}]";
const QByteArray sarif =
    "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"lint\"}},\"results\":"
    "[{\"ruleId\":\"x\",\"level\":\"error\",\"message\":{\"text\":\"bad\"}}]}]}";

QString statusOf(const QJsonValue& check)
{
    return check[u"status"].toString();
}

} // namespace

/// What result files say is reported, and what they do not say of a command as well.
class ResultFilesTest : public ReportTest
{
    Q_OBJECT

private slots:
    void formats_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("format");
        QTest::newRow("sarif") << sarif << u":sarif"_s;
        QTest::newRow("sarif, found out") << sarif << QString();
        QTest::newRow("junit") << junit << u":junit"_s;
        QTest::newRow("junit, found out") << junit << u":auto"_s;
        QTest::newRow("checkstyle") << checkstyle << u":checkstyle"_s;
        QTest::newRow("eslint") << eslint << u":eslint"_s;
        QTest::newRow("tap") << failingTap << u":tap"_s;
    }

    void formats()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, format);
        m_tool->write(u"in:put"_s, content);
        m_tool->write(u"made"_s, {});
        const ToolResult result =
            m_tool->run({u"run"_s, u"--gate"_s, u"lint"_s, u"--report"_s, u"a:b"_s + format, u"--"_s, u"sh"_s,
                         u"-c"_s, u"cat in:put >a:b; exit 3"_s});
        QCOMPARE(result.code, 3);
        QCOMPARE(result.errors, QByteArray());
        const QJsonObject told = check();
        QCOMPARE(statusOf(told), u"BLOCKED"_s);
        QCOMPARE(told[u"gate"].toString(), u"lint"_s);
        QCOMPARE(told[u"user"].toString(), u"ana"_s);
        QVERIFY(told[u"duration"].toDouble() > 0);
        QVERIFY(told[u"violations"][0][u"principleId"].toString() != u"command-failed"_s);
        QTRY_COMPARE(m_tool->spooled().size(), 0);
        QCOMPARE(checks(1).size(), 1);
    }

    void whatTheFilesDoNotSay_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QStringList>("statuses"); // of the checks, the newest first
        QTest::newRow("passed, and says so") << passingTap << 0 << QStringList{u"PASS"_s};
        QTest::newRow("failed, and says so") << failingTap << 1 << QStringList{u"BLOCKED"_s};
        QTest::newRow("failed, though its file passed")
            << passingTap << 1 << QStringList{u"BLOCKED"_s, u"PASS"_s};
        QTest::newRow("passed, though its file failed") << failingTap << 0 << QStringList{u"BLOCKED"_s};
        QTest::newRow("failed, with a file that cannot be read")
            << QByteArray("?") << 1 << QStringList{u"BLOCKED"_s};
        QTest::newRow("passed, with a file that cannot be read")
            << QByteArray("?") << 0 << QStringList{u"PASS"_s};
    }

    void whatTheFilesDoNotSay()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const int, code);
        QFETCH(const QStringList, statuses);
        m_tool->write(u"input"_s, content);
        m_tool->set("CI", u"true"_s);
        QCOMPARE(m_tool
                     ->run({u"run"_s, u"--report"_s, u"out.tap"_s, u"--"_s, u"sh"_s, u"-c"_s,
                            u"cat input >out.tap; exit %1"_s.arg(code)})
                     .code,
                 code);
        QStringList found;
        for (const auto& check : checks(statuses.size()))
            found.append(statusOf(check));
        found.sort();
        QStringList expected = statuses;
        expected.sort();
        QCOMPARE(found, expected);
        QCOMPARE(m_tool->spooled().size(), 0);
        QCOMPARE(m_tool->refused().size(), content == "?" ? 1 : 0);
    }

    void missingFile_isSaidHereAndInTheCheck_data()
    {
        QTest::addColumn<QString>("report");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("not there") << u"none.xml"_s << QByteArray("none.xml is not there");
        QTest::newRow("a folder") << u"."_s << QByteArray(". is no file");
        QTest::newRow("a pipe") << u"pipe"_s << QByteArray("pipe is no file");
        QTest::newRow("of an earlier run")
            << u"old.tap"_s << QByteArray("old.tap was not written by this run");
        QTest::newRow("too large") << u"large.tap"_s << QByteArray("large.tap has 20971521 bytes");
    }

    void missingFile_isSaidHereAndInTheCheck()
    {
        QFETCH(const QString, report);
        QFETCH(const QByteArray, why);
        m_tool->write(u"old.tap"_s, passingTap);
        QProcess::execute(u"touch"_s, {u"-d"_s, u"1 minute ago"_s, m_tool->folder() + u"/old.tap"_s});
        QProcess::execute(u"mkfifo"_s, {m_tool->folder() + u"/pipe"_s});
        QProcess::execute(u"truncate"_s, {u"-s"_s, u"20971521"_s, m_tool->folder() + u"/large.tap"_s});
        const ToolResult result = m_tool->run({u"run"_s, u"--report"_s, report, u"--"_s, u"true"_s});
        QCOMPARE(result.code, 0);
        QVERIFY2(result.errors.contains(why), result.errors);
        const QJsonObject told = check();
        QCOMPARE(statusOf(told), u"WARNING"_s);
        QCOMPARE(told[u"violations"][0][u"principleId"].toString(), u"report-missing"_s);
        QVERIFY(told[u"violations"][0][u"message"].toString().startsWith(QString::fromUtf8(why)));
    }

    void severalFiles_areChecksEach()
    {
        m_tool->write(u"a"_s, passingTap);
        m_tool->write(u"b"_s, junit);
        QCOMPARE(m_tool
                     ->run({u"run"_s, u"--report=x"_s, u"--report"_s, u"y"_s, u"--"_s, u"sh"_s, u"-c"_s,
                            u"cp a x; cp b y"_s})
                     .code,
                 0);
        QCOMPARE(checks(2).size(), 2);
    }

    void send_reportsEachFileOnceHoweverOften()
    {
        m_tool->write(u"a"_s, passingTap);
        m_tool->write(u"b"_s, junit);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_tool->run({u"send"_s, u"--commit"_s, u"4711"_s, u"a"_s, u"b:junit"_s}).code, 0);
        QCOMPARE(checks(2).size(), 2);
        QTRY_COMPARE(m_tool->spooled().size(), 0);
        QCOMPARE(checks(2).size(), 2);
        QCOMPARE(checks(1)[0][u"commit"].toString(), u"4711"_s);
    }

    void send_ofWhatIsNotThere_failsAndSendsTheRest()
    {
        m_tool->write(u"a"_s, passingTap);
        const ToolResult result = m_tool->run({u"send"_s, u"none"_s, u"a"_s});
        QCOMPARE(result.code, 1);
        QVERIFY(result.errors.contains("none is not there"));
        QCOMPARE(statusOf(check()), u"PASS"_s);
    }
};

PRISM_TEST(ResultFilesTest)

} // namespace tst_result_files

#include "tst_result_files.moc"
