#include "tests/report/report_test.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

namespace tst_examples {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

/// Stands for the make of somebody's project: its tests fail, its linter warns.
constexpr const char* fakeMake =
    "#!/bin/sh\n"
    "case $1 in\n"
    "test) echo \"<testsuite name='all'><testcase name='t'><failure/></testcase></testsuite>\" >junit.xml; "
    "exit 1 ;;\n"
    "lint) echo '{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"l\"}},\"results\":["
    "{\"ruleId\":\"r\",\"level\":\"warning\",\"message\":{\"text\":\"m\"}}]}]}' >lint.sarif; exit 0 ;;\n"
    "esac\n"
    "exit 3\n";

QByteArray example(const QString& name)
{
    QFile file(QStringLiteral(PRISM_EXAMPLES "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What stands in the file where the expression has its first group.
QStringList commandsIn(const QString& name, const QString& expression)
{
    QStringList commands;
    const QRegularExpression search(expression, QRegularExpression::MultilineOption);
    for (auto each = search.globalMatch(QString::fromUtf8(example(name))); each.hasNext();)
        commands.append(each.next().captured(1));
    return commands;
}

} // namespace

/// The files that README points to: what they call is taken from them, and run against a real server.
class ExamplesTest : public ReportTest
{
    Q_OBJECT

    ToolResult shell(const QString& command, const QByteArray& input = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(m_tool->folder());
        process.setProcessEnvironment(m_tool->environment());
        process.start(u"sh"_s, {u"-c"_s, command});
        process.write(input);
        process.closeWriteChannel();
        return ReportTool::finish(process);
    }

    /// A folder in which the commands of the examples are found.
    void prepare() const
    {
        m_tool->write(u"make"_s, fakeMake);
        QVERIFY(QFile::setPermissions(m_tool->folder() + u"/make"_s, QFile::ReadOwner | QFile::ExeOwner));
        m_tool->set("PATH", m_tool->folder() + u':' + QFileInfo(ReportTool::binary()).path() + u':' +
                                qEnvironmentVariable("PATH"));
    }

private slots:
    void commands_reportWhatTheySay_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("expression"); ///< of what the system would run
        QTest::addColumn<QStringList>("reported");
        const QString tests = u"tests BLOCKED"_s;
        const QString lint = u"lint WARNING"_s;
        QTest::newRow("GitHub") << u"github-actions.yml"_s << u"^ +- run: (.+)$"_s
                                << QStringList{tests, lint};
        QTest::newRow("GitLab") << u"gitlab-ci.yml"_s << u"^ +- (.+)$"_s << QStringList{tests};
        QTest::newRow("pre-commit") << u"pre-commit-config.yaml"_s << u"^ +entry: (.+)$"_s
                                    << QStringList{lint};
        QTest::newRow("Jenkins") << u"Jenkinsfile"_s << u"^ +sh '(.+)'$"_s << QStringList{tests};
        QTest::newRow("curl") << u"curl.sh"_s << u"\\A([\\s\\S]+)"_s << QStringList{tests};
    }

    void commands_reportWhatTheySay()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, expression);
        QFETCH(const QStringList, reported);
        prepare();
        m_tool->set("CI_JOB_NAME", u"tests"_s); // as GitLab has it
        const QStringList commands = commandsIn(file, expression);
        QCOMPARE(commands.size(), reported.size());
        for (qsizetype i = 0; i < commands.size(); ++i) {
            const ToolResult result = shell(commands[i]);
            QVERIFY2(result.code == (reported[i].startsWith(u"tests"_s) ? 1 : 0), result.errors);
            const QJsonObject newest = checks(i + 1)[0].toObject();
            QCOMPARE(newest[u"gate"].toString() + u' ' + newest[u"status"].toString(), reported[i]);
            QCOMPARE(newest[u"violations"].toArray().size(), 1); // of its file
        }
        QVERIFY(example(file).count('\n') <= 16);
    }

    void agentsHook_blocksWhatARuleForbids()
    {
        prepare();
        QCOMPARE(m_client
                     ->put("/api/v1/gateway/principles",
                           parseJson(R"({"principles": [{"id": "key", "name": "Keys", "level": "HARD_BLOCK",
                                         "keywords": ["sesame"], "violation_message": {"en": "No keys."}}]})"))
                     .status,
                 200);
        const QJsonObject file = QJsonDocument::fromJson(example(u"agent-hooks.json"_s)).object();
        const QString command = file[u"hooks"][u"PreToolUse"][0][u"hooks"][0][u"command"].toString();
        const auto call = [](const char* what) {
            return fill(
                R"({"hook_event_name":"PreToolUse","tool_name":"shell","tool_input":{"command":"%1"}})",
                what);
        };
        const ToolResult allowed = shell(command, call("ls"));
        QVERIFY2(allowed.code == 0, allowed.errors);
        const ToolResult blocked = shell(command, call("open sesame"));
        QCOMPARE(blocked.code, 2);
        QVERIFY2(blocked.errors.contains("No keys."), blocked.errors);
        QCOMPARE(checks(2)[0][u"project"].toString(), u"checkout"_s);
    }

    /// With what they say, and nothing stands there that is not named.
    void readme_namesThemAll()
    {
        QFile file(QStringLiteral(PRISM_EXAMPLES "/../../README.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray readme = file.readAll();
        const QStringList names = QDir(QStringLiteral(PRISM_EXAMPLES)).entryList(QDir::Files);
        QVERIFY(names.size() >= 6);
        for (const QString& name : names)
            QVERIFY2(readme.contains("(resources/examples/" + name.toUtf8() + ')'), qPrintable(name));
    }
};

PRISM_TEST(ExamplesTest)

} // namespace tst_examples

#include "tst_examples.moc"
