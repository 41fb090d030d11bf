#include "tests/report/report_test.h"
#include "tests/report/terminal.h"
#include "tests/support/test_program.h"

#include <QJsonObject>
#include <QTest>

#include <csignal>

namespace tst_terminal {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// A command under `prism-report run` has the terminal as if it were alone.
class TerminalTest : public ReportTest
{
    Q_OBJECT

private slots:
    void streams_areTheTerminal()
    {
        Terminal terminal(*m_tool, ReportTool::binary(),
                          {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
                           u"test -t 0 && test -t 1 && test -t 2 && stty size && echo all; exit 4"_s});
        QVERIFY2(terminal.shows("all"), terminal.screen());
        QCOMPARE(terminal.waitForEnd(), std::optional(4));
        QCOMPARE(check()[u"status"].toString(), u"BLOCKED"_s);
    }

    /// Counted: what the terminal sends is not sent again.
    void keys_reachTheCommandOnce_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("name");
        QTest::newRow("Ctrl+C") << QByteArray("\x03") << u"INT"_s;
        QTest::newRow("Ctrl+\\") << QByteArray("\x1c") << u"QUIT"_s;
    }

    void keys_reachTheCommandOnce()
    {
        QFETCH(const QByteArray, key);
        QFETCH(const QString, name);
        Terminal terminal(
            *m_tool, ReportTool::binary(),
            {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
             u"n=0; trap 'n=$((n+1)); echo got $n' %1; echo ready; while read x; do echo $x; test $x = "
             "end && exit $((n+10)); done; while :; do read x; test \"$x\" = end && exit $((n+10)); done"_s
                 .arg(name)});
        QVERIFY2(terminal.shows("ready"), terminal.screen());
        for (int i = 1; i <= 3; ++i) {
            terminal.type(key);
            QVERIFY2(terminal.shows("got " + QByteArray::number(i)), terminal.screen());
        }
        terminal.type("end\n");
        QCOMPARE(terminal.waitForEnd(), std::optional(13));
    }

    void keyThatEndsTheCommand_endsThisBySignalToo()
    {
        Terminal terminal(*m_tool, ReportTool::binary(),
                          {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"echo ready; exec sleep 100"_s});
        QVERIFY(terminal.shows("ready"));
        terminal.type("\x03");
        QCOMPARE(terminal.waitForEnd(), std::optional(-SIGINT));
        QCOMPARE(check()[u"violations"][0][u"message"].toString(), u"ended by signal 2 (SIGINT)"_s);
    }

    /// As a shell has it: Ctrl+Z brings its prompt back, and fg the command.
    void stopped_givesTheShellTheTerminalAndGoesOn()
    {
        m_tool->set("PS1", u"prompt> "_s);
        Terminal shell(*m_tool, u"/bin/bash"_s, {u"--norc"_s, u"--noprofile"_s, u"-i"_s});
        QVERIFY2(shell.shows("prompt> "), shell.screen());
        const QByteArray command =
            ReportTool::binary().toUtf8() +
            " run -- sh -c 'echo rea''dy; read x; echo \"<$x>\"; exit 6'; echo \"code=$?\"\n";
        shell.type(command);
        QVERIFY2(shell.shows("ready"), shell.screen());
        shell.type("\x1a");
        QVERIFY2(shell.shows("Stopped"), shell.screen());
        shell.type("jobs; echo st''ill\n");
        QVERIFY2(shell.shows("still"), shell.screen());
        shell.type("fg; echo \"then=$?\"\n");
        shell.type("word\n");
        QVERIFY2(shell.shows("<word>"), shell.screen());
        QVERIFY2(shell.shows("then=6"), shell.screen());
        shell.type("exit\n");
        QVERIFY(shell.waitForEnd().has_value());
        QCOMPARE(check()[u"violations"][0][u"message"].toString(), u"exit code 6"_s);
    }

    /// In the background, a command that reads from the terminal is stopped, and the shell told so.
    void readingInTheBackground_stops()
    {
        m_tool->set("PS1", u"prompt> "_s);
        Terminal shell(*m_tool, u"/bin/bash"_s, {u"--norc"_s, u"--noprofile"_s, u"-i"_s});
        QVERIFY2(shell.shows("prompt> "), shell.screen());
        shell.type(ReportTool::binary().toUtf8() +
                   " run -- sh -c 'read x; echo \"<$x>\"; exit 8' & sleep 0.2\n");
        shell.type("while ! jobs | grep Stopped; do sleep 0.05; done; echo st''opped\n");
        QVERIFY2(shell.shows("stopped"), shell.screen());
        shell.type("fg; echo \"then=$?\"\n");
        shell.type("word\n");
        QVERIFY2(shell.shows("<word>"), shell.screen());
        QVERIFY2(shell.shows("then=8"), shell.screen());
        shell.type("exit\n");
        QVERIFY(shell.waitForEnd().has_value());
    }
};

PRISM_TEST(TerminalTest)

} // namespace tst_terminal

#include "tst_terminal.moc"
