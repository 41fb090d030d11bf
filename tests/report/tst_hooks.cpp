#include "tests/report/report_test.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QTest>

namespace tst_hooks {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// Hooks of Git, installed into a real clone and run by a real git.
class HooksTest : public ReportTest
{
    Q_OBJECT

private:
    ToolResult git(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_tool->folder());
        process.setProcessEnvironment(m_tool->environment());
        process.start(u"git"_s, arguments);
        return ReportTool::finish(process);
    }

    void makeClone() const
    {
        m_tool->set("PATH", QFileInfo(ReportTool::binary()).path() + u':' + qEnvironmentVariable("PATH"));
        QCOMPARE(git({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s}).code, 0);
        QCOMPARE(git({u"config"_s, u"user.name"_s, u"ana"_s}).code, 0);
        QCOMPARE(git({u"config"_s, u"user.email"_s, u"ana@example.org"_s}).code, 0);
    }

    ToolResult commit() const { return git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"one"_s}); }

    QByteArray hook() const
    {
        QFile file(m_tool->folder() + u"/.git/hooks/pre-commit"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void command_isRunAndReportedAtEachCommit()
    {
        makeClone();
        const ToolResult installed = m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--"_s, u"sh"_s,
                                                  u"-c"_s, u"test ! -e 'it''s bad'"_s});
        QCOMPARE(installed.code, 0);
        QCOMPARE(commit().code, 0);
        QCOMPARE(check()[u"gate"].toString(), u"pre-commit"_s);
        QCOMPARE(check()[u"status"].toString(), u"PASS"_s);
        m_tool->write(u"its bad"_s, {});
        QCOMPARE(commit().code, 1);
        QCOMPARE(checks(2)[0][u"status"].toString(), u"BLOCKED"_s);
    }

    void commandWithoutTheTool_isRunAllTheSame()
    {
        makeClone();
        QCOMPARE(
            m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--"_s, u"test"_s, u"-e"_s, u"good"_s})
                .code,
            0);
        m_tool->set("PATH", qEnvironmentVariable("PATH"));
        QCOMPARE(commit().code, 1);
        m_tool->write(u"good"_s, {});
        QCOMPARE(commit().code, 0);
    }

    void change_isJudged()
    {
        makeClone();
        QCOMPARE(
            m_client
                ->put("/api/v1/gateway/principles",
                      parseJson(
                          QByteArray("{'principles': [{'id': 'key', 'name': 'Keys', 'level': 'HARD_BLOCK', "
                                     "'keywords': ['sesame'], 'violation_message': {'en': 'No keys.'}}]}")
                              .replace('\'', '"')
                              .constData()))
                .status,
            200);
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s}).code, 0);
        QCOMPARE(commit().code, 0); // of nothing
        m_tool->write(u"file"_s, "harmless\n");
        QCOMPARE(git({u"add"_s, u"file"_s}).code, 0);
        QCOMPARE(commit().code, 0);
        m_tool->write(u"file"_s, "open sesame\n");
        QCOMPARE(git({u"add"_s, u"file"_s}).code, 0);
        const ToolResult blocked = commit();
        QCOMPARE(blocked.code, 1);
        QVERIFY2(blocked.errors.contains("No keys."), blocked.errors);
        // Taking it out again is none.
        QCOMPARE(git({u"commit"_s, u"-q"_s, u"--no-verify"_s, u"-m"_s, u"bad"_s}).code, 0);
        m_tool->write(u"file"_s, "harmless\n");
        QCOMPARE(git({u"add"_s, u"file"_s}).code, 0);
        QCOMPARE(commit().code, 0);
    }

    void push_isJudged()
    {
        makeClone();
        QCOMPARE(commit().code, 0);
        QCOMPARE(git({u"init"_s, u"-q"_s, u"--bare"_s, u"../target"_s}).code, 0);
        QCOMPARE(git({u"remote"_s, u"add"_s, u"origin"_s, u"../target"_s}).code, 0);
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-push"_s}).code, 0);
        const ToolResult pushed = git({u"push"_s, u"-q"_s, u"origin"_s, u"main"_s});
        QVERIFY2(pushed.code == 0, pushed.errors);
        QCOMPARE(check()[u"gate"].toString(), u"pre-push"_s);
    }

    void again_writesTheSame()
    {
        makeClone();
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s}).code, 0);
        const QByteArray first = hook();
        QVERIFY(!first.isEmpty());
        QVERIFY(QFileInfo(m_tool->folder() + u"/.git/hooks/pre-commit"_s).isExecutable());
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s}).code, 0);
        QCOMPARE(hook(), first);
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--strict"_s}).code, 0);
        QVERIFY(hook() != first);
    }

    void somebodyElsesHook_stays()
    {
        makeClone();
        m_tool->write(u".git/hooks/pre-commit"_s, "#!/bin/sh\nexit 0\n");
        const ToolResult result =
            m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--"_s, u"make"_s, u"lint"_s});
        QCOMPARE(result.code, 1);
        QVERIFY2(result.errors.contains("prism-report run --gate 'pre-commit' -- 'make' 'lint'"),
                 result.errors);
        QCOMPARE(hook(), QByteArray("#!/bin/sh\nexit 0\n"));
    }

    void hooksPath_isHonoured()
    {
        makeClone();
        QCOMPARE(git({u"config"_s, u"core.hooksPath"_s, u"my/hooks"_s}).code, 0);
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--"_s, u"false"_s}).code, 0);
        QVERIFY(QFileInfo::exists(m_tool->folder() + u"/my/hooks/pre-commit"_s));
        QCOMPARE(commit().code, 1);
    }

    void furtherWorktree_hasTheSameHooks()
    {
        makeClone();
        QCOMPARE(commit().code, 0);
        QCOMPARE(git({u"worktree"_s, u"add"_s, u"-q"_s, u"../other"_s}).code, 0);
        m_tool->setFolder(m_tool->home() + u"/other"_s);
        QCOMPARE(m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s, u"--"_s, u"false"_s}).code, 0);
        QCOMPARE(commit().code, 1);
    }

    void noClone_isSaid()
    {
        const ToolResult result = m_tool->run({u"hook"_s, u"install"_s, u"pre-commit"_s});
        QCOMPARE(result.code, 1);
        QVERIFY(result.errors.contains("no clone"));
    }
};

PRISM_TEST(HooksTest)

} // namespace tst_hooks

#include "tst_hooks.moc"
