#include "tests/report/report_test.h"
#include "tests/report/scripted_server.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTest>

namespace tst_judge {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const char* const rules =
    "{'principles': ["
    "{'id': 'no-force', 'name': 'No forced pushes', 'level': 'HARD_BLOCK', 'check_phases': "
    "['EXECUTE'], 'patterns': [{'name': 'git', 'regex': 'git push .*--force'}], "
    "'violation_message': {'en': 'Add a commit instead.', 'zh': '请改用反向提交。'}},"
    "{'id': 'no-hurry', 'name': 'No hurry', 'level': 'MANDATORY', 'keywords': ['quick hack'], "
    "'violation_message': {'en': 'Take your time.'}}]}";

QByteArray call(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

/// `judge` and `hook agent`: the verdict of a real server's rules becomes an exit code and words.
class JudgeTest : public ReportTest
{
    Q_OBJECT

private:
    void setRules()
    {
        QCOMPARE(m_client->put("/api/v1/gateway/principles", parseJson(call(rules).constData())).status, 200);
    }

private slots:
    void verdicts_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        const QByteArray force = "BLOCK No forced pushes: Add a commit instead.";
        const QByteArray hurry = "WARNING No hurry: Take your time.";
        const QString push = u"git push --force origin"_s;
        QTest::newRow("nothing found") << QStringList{u"make test"_s} << QByteArray() << 0 << QByteArray();
        QTest::newRow("blocked") << QStringList{push} << QByteArray() << 2 << force;
        QTest::newRow("in several words")
            << QStringList{u"--"_s, u"git"_s, u"push"_s, u"--force"_s} << QByteArray() << 2 << force;
        QTest::newRow("from standard input") << QStringList{} << push.toUtf8() << 2 << force;
        QTest::newRow("in its phase")
            << QStringList{u"--phase"_s, u"execute"_s, push} << QByteArray() << 2 << force;
        QTest::newRow("in another") << QStringList{u"--phase"_s, u"think"_s, push} << QByteArray() << 0
                                    << QByteArray();
        QTest::newRow("warning") << QStringList{u"a quick hack"_s} << QByteArray() << 0 << hurry;
        QTest::newRow("warning, strict")
            << QStringList{u"--strict"_s, u"a quick hack"_s} << QByteArray() << 1 << hurry;
        QTest::newRow("nothing to judge")
            << QStringList{u"--fail-closed"_s} << QByteArray(" \n") << 0 << QByteArray();
        QTest::newRow("at the end of a long text")
            << QStringList{} << QByteArray(300'000, 'x') + " git push --force" << 2 << force;
        QTest::newRow("over the border of two parts")
            << QStringList{} << QByteArray(59'990, 'x') + " git push --force " + QByteArray(9'000, 'y') << 2
            << force;
        QTest::newRow("too long") << QStringList{} << QByteArray(1'100'000, 'x') << 0
                                  << QByteArray("let pass");
        QTest::newRow("too long, closed")
            << QStringList{u"--fail-closed"_s} << QByteArray(1'100'000, 'x') << 2 << QByteArray("blocked");
        QTest::newRow("a phase there is not") << QStringList{u"--phase"_s, u"sleep"_s, u"x"_s} << QByteArray()
                                              << 0 << QByteArray("phase: must be one of");
    }

    void verdicts()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, input);
        QFETCH(const int, code);
        QFETCH(const QByteArray, words);
        setRules();
        const ToolResult result = m_tool->run(QStringList{u"judge"_s} + arguments, input);
        QVERIFY2(result.errors.contains(words), result.errors);
        QCOMPARE(result.errors.isEmpty(), words.isEmpty());
        QCOMPARE(result.code, code);
    }

    void words_areInThePersonsLanguage()
    {
        setRules();
        m_tool->set("LC_ALL", u"zh_CN.UTF-8"_s);
        QVERIFY(m_tool->run({u"judge"_s, u"git push --force"_s}).errors.contains("请改用反向提交。"));
    }

    /// What a principle says is written by others, and is no command to the terminal.
    void words_obeyNoControlCharacters()
    {
        QByteArray evil = call(rules);
        evil.replace("Add a commit", "\\u001b[2JAdd\\u202ea commit");
        QCOMPARE(m_client->put("/api/v1/gateway/principles", parseJson(evil.constData())).status, 200);
        const QByteArray said = m_tool->run({u"judge"_s, u"git push --force"_s}).errors;
        QVERIFY(said.contains("[2JAdd"));
        QVERIFY(!said.contains('\x1b') && !said.contains("\u202e"));
    }

    void serverThatIsAway_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        for (const QString& command : {u"judge"_s, u"hook agent"_s}) {
            const QByteArray name = command.toLatin1();
            const QStringList words = command.split(u' ');
            QTest::addRow("%s", name.constData()) << words << 0;
            QTest::addRow("%s, open", name.constData()) << words + QStringList{u"--fail-open"_s} << 0;
            QTest::addRow("%s, closed", name.constData()) << words + QStringList{u"--fail-closed"_s} << 2;
        }
    }

    void serverThatIsAway()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        m_tool->set("PRISM_URL", u"http://127.0.0.1:1"_s);
        const ToolResult result = m_tool->run(arguments, call("{'tool_name': 'Bash', 'tool_input': {}}"));
        QCOMPARE(result.code, code);
        QVERIFY2(result.errors.contains("not judged"), result.errors);
    }

    void serverThatSaysNothing_isWaitedForNoLonger()
    {
        ScriptedServer server;
        m_tool->setServer(server.url());
        QElapsedTimer time;
        time.start();
        QCOMPARE(m_tool->run({u"judge"_s, u"--timeout"_s, u"1"_s, u"--fail-closed"_s, u"x"_s}).code, 2);
        QVERIFY(time.elapsed() < 4'000);
    }

    void toolCalls_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        const QByteArray force = "Add a commit instead.";
        const QByteArray notJudged = "not judged, and let pass";
        QTest::newRow("blocked")
            << QStringList{}
            << call("{'session_id': 's1', 'cwd': '/', 'hook_event_name': 'PreToolUse', 'tool_name': 'Bash', "
                    "'tool_input': {'command': 'git push --force', 'description': 'push'}}")
            << 2 << force;
        QTest::newRow("harmless") << QStringList{}
                                  << call("{'tool_name': 'Bash', 'tool_input': {'command': 'ls'}}") << 0
                                  << QByteArray();
        QTest::newRow("deep in the input, behind quotes")
            << QStringList{}
            << QByteArray("{\"tool_name\":\"Edit\",\"tool_input\":{\"edits\":[{\"new\":\"a \\\"git "
                          "push \\t--force\\\"\"}]}}")
            << 2 << force;
        QTest::newRow("warning") << QStringList{}
                                 << call("{'tool_name': 'Bash', 'tool_input': {'command': 'a quick hack'}}")
                                 << 0 << QByteArray("Take your time.");
        QTest::newRow("warning, strict")
            << QStringList{u"--strict"_s}
            << call("{'tool_name': 'Bash', 'tool_input': {'command': 'a quick hack'}}") << 2
            << QByteArray("Take your time.");
        QTest::newRow("over already") << QStringList{}
                                      << call("{'hook_event_name': 'PostToolUse', 'tool_name': 'Bash', "
                                              "'tool_input': {'command': 'git push "
                                              "--force'}}")
                                      << 0 << QByteArray();
        QTest::newRow("no JSON") << QStringList{} << QByteArray("hello") << 0 << notJudged;
        QTest::newRow("nothing") << QStringList{} << QByteArray() << 0 << notJudged;
        QTest::newRow("another value") << QStringList{} << QByteArray("[1]") << 0 << notJudged;
        QTest::newRow("no tool") << QStringList{} << QByteArray("{}") << 0 << notJudged;
        QTest::newRow("a tool that is no text")
            << QStringList{} << QByteArray("{\"tool_name\":{}}") << 0 << notJudged;
        QTest::newRow("too deep") << QStringList{} << QByteArray(100'000, '[') << 0 << notJudged;
        QTest::newRow("too long") << QStringList{} << QByteArray(1'100'000, ' ') + "{}" << 0 << notJudged;
        QTest::newRow("no JSON, closed") << QStringList{u"--fail-closed"_s} << QByteArray("hello") << 2
                                         << QByteArray("not judged, and so blocked");
    }

    void toolCalls()
    {
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, input);
        QFETCH(const int, code);
        QFETCH(const QByteArray, words);
        setRules();
        const ToolResult result = m_tool->run(QStringList{u"hook"_s, u"agent"_s} + options, input);
        QVERIFY2(result.errors.contains(words), result.errors);
        QCOMPARE(result.errors.isEmpty(), words.isEmpty());
        QCOMPARE(result.output, QByteArray());
        QCOMPARE(result.code, code);
    }

    void toolCall_isKeptAsTheAgents()
    {
        (void)m_tool->run(
            {u"hook"_s, u"agent"_s},
            call(
                "{'session_id': 's1', 'cwd': '/usr', 'tool_name': 'Bash', 'tool_input': {'command': 'ls'}}"));
        const QJsonObject told = check();
        QCOMPARE(told[u"origin"].toString(), u"agent"_s);
        QCOMPARE(told[u"session"].toString(), u"s1"_s);
        QCOMPARE(told[u"gate"].toString(), u"agent"_s);
        QCOMPARE(told[u"project"].toString(), u"usr"_s);
    }
};

PRISM_TEST(JudgeTest)

} // namespace tst_judge

#include "tst_judge.moc"
