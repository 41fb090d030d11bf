#include "tests/report/report_test.h"
#include "tests/support/test_program.h"

#include <QJsonObject>

#include <csignal>

namespace tst_run {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

QStringList shell(const QString& script)
{
    return {u"run"_s, u"--gate"_s, u"tests"_s, u"--"_s, u"sh"_s, u"-c"_s, script};
}

/// Says "here" when it can be sent signals.
QString trapping(const char* name)
{
    return u"trap 'exit 42' %1; echo here; while :; do sleep 0.02; done"_s.arg(QLatin1String(name));
}

} // namespace

/// A command under `prism-report run` is as it is alone, and is reported.
class RunTest : public ReportTest
{
    Q_OBJECT

private slots:
    void endings_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("message");
        QTest::newRow("0") << u":"_s << 0 << 0 << QString();
        for (const int code : {1, 2, 3, 64, 126, 127, 128, 130, 137, 255})
            QTest::addRow("%d", code) << u"exit %1"_s.arg(code) << code << 0 << u"exit code %1"_s.arg(code);
        const QList<std::pair<int, QString>> deadly{
            {SIGHUP, u"HUP"_s},   {SIGINT, u"INT"_s},   {SIGQUIT, u"QUIT"_s}, {SIGILL, u"ILL"_s},
            {SIGTRAP, u"TRAP"_s}, {SIGABRT, u"ABRT"_s}, {SIGBUS, u"BUS"_s},   {SIGFPE, u"FPE"_s},
            {SIGKILL, u"KILL"_s}, {SIGUSR1, u"USR1"_s}, {SIGSEGV, u"SEGV"_s}, {SIGUSR2, u"USR2"_s},
            {SIGPIPE, u"PIPE"_s}, {SIGALRM, u"ALRM"_s}, {SIGTERM, u"TERM"_s}, {SIGXCPU, u"XCPU"_s},
            {SIGSYS, u"SYS"_s}};
        for (const auto& [number, name] : deadly)
            QTest::addRow("SIG%s", qPrintable(name))
                << u"ulimit -c 0; kill -%1 $$"_s.arg(number) << -1 << number
                << u"ended by signal %1 (SIG%2)"_s.arg(number).arg(name);
    }

    void endings()
    {
        QFETCH(const QString, script);
        QFETCH(const int, code);
        QFETCH(const int, number);
        QFETCH(const QString, message);
        const ToolResult result = m_tool->run(shell(script));
        QCOMPARE(result.code, code);
        QCOMPARE(result.signal, number);
        QCOMPARE(result.errors, QByteArray());
        const QJsonObject told = check();
        QCOMPARE(told[u"status"].toString(), message.isEmpty() ? u"PASS"_s : u"BLOCKED"_s);
        QCOMPARE(told[u"gate"].toString(), u"tests"_s);
        QCOMPARE(told[u"user"].toString(), u"ana"_s);
        QCOMPARE(told[u"project"].toString(), u"work"_s);
        QCOMPARE(told[u"origin"].toString(), u"local"_s);
        QVERIFY(told[u"duration"].toDouble() > 0);
        const QJsonObject violation = told[u"violations"].toArray().first().toObject();
        QCOMPARE(violation[u"message"].toString(), message);
        QCOMPARE(violation[u"principleId"].toString(), message.isEmpty() ? QString() : u"command-failed"_s);
    }

    void commandThatCannotBeStarted_endsAsInAShell_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("code");
        QTest::newRow("none of this name") << u"no-such-command"_s << 127;
        QTest::newRow("no program") << u"./file"_s << 126;
        QTest::newRow("a folder") << u"./"_s << 126;
    }

    void commandThatCannotBeStarted_endsAsInAShell()
    {
        QFETCH(const QString, command);
        QFETCH(const int, code);
        m_tool->write(u"file"_s, "no program");
        const ToolResult result = m_tool->run({u"run"_s, u"--gate"_s, u"tests"_s, u"--"_s, command});
        QCOMPARE(result.code, code);
        QVERIFY2(result.errors.contains(command.toUtf8()), result.errors);
        QCOMPARE(check()[u"status"].toString(), u"BLOCKED"_s);
    }

    void streams_passEveryByteBothWays()
    {
        QByteArray bytes;
        for (int i = 0; i < 3'000'000; ++i)
            bytes += char(i * 7 + i / 251);
        const ToolResult result = m_tool->run(shell(u"tee /dev/stderr"_s), bytes);
        QCOMPARE(result.code, 0);
        QVERIFY(result.output == bytes);
        QVERIFY(result.errors == bytes);
    }

    /// A pipe is at its end when the command has closed it, though it runs on.
    void streams_endWhenTheCommandClosesThem()
    {
        QProcess process;
        process.setProcessEnvironment(m_tool->environment());
        process.start(u"sh"_s, {u"-c"_s, u"\"$0\" run -- sh -c 'exec >&-; read line' | { cat; echo end; }"_s,
                                ReportTool::binary()});
        QVERIFY(process.waitForReadyRead());
        QCOMPARE(process.readAll(), QByteArray("end\n"));
        process.write("go\n");
        process.closeWriteChannel();
        QCOMPARE(ReportTool::finish(process).code, 0);
    }

    void environmentAndArguments_areTheCommandsAsTheyWere()
    {
        m_tool->set("PRISM_TOKEN", u"secret"_s);
        m_tool->set("ODD", u"a\nb=c"_s);
        const ToolResult alone = [this] {
            QProcess process;
            process.setProcessEnvironment(m_tool->environment());
            process.setWorkingDirectory(m_tool->folder());
            process.start(u"env"_s, {u"-0"_s});
            return ReportTool::finish(process);
        }();
        const ToolResult within = m_tool->run({u"run"_s, u"--"_s, u"env"_s, u"-0"_s});
        QCOMPARE(within.output, alone.output);
        const QStringList odd{u""_s, u"--gate"_s, u"--"_s, u"a b"_s, u"\n"_s, u"ö"_s};
        QCOMPARE(m_tool->run(QStringList{u"run"_s, u"--"_s, u"printf"_s, u"<%s>"_s} + odd).output,
                 QByteArray("<><--gate><--><a b><\n><ö>"));
    }

    void signals_reachTheCommand_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("name");
        QTest::newRow("HUP") << SIGHUP << u"HUP"_s;
        QTest::newRow("INT") << SIGINT << u"INT"_s;
        QTest::newRow("QUIT") << SIGQUIT << u"QUIT"_s;
        QTest::newRow("TERM") << SIGTERM << u"TERM"_s;
        QTest::newRow("USR1") << SIGUSR1 << u"USR1"_s;
        QTest::newRow("USR2") << SIGUSR2 << u"USR2"_s;
        QTest::newRow("WINCH") << SIGWINCH << u"WINCH"_s;
        QTest::newRow("CONT") << SIGCONT << u"CONT"_s;
        QTest::newRow("TSTP") << SIGTSTP << u"TSTP"_s;
    }

    void signals_reachTheCommand()
    {
        QFETCH(const int, number);
        QFETCH(const QString, name);
        const auto process = m_tool->start(shell(trapping(name.toLatin1().constData())));
        QVERIFY(process->waitForReadyRead());
        QCOMPARE(::kill(pid_t(process->processId()), number), 0);
        QCOMPARE(ReportTool::finish(*process).code, 42);
    }

    void signalThatEndsTheCommand_endsThisToo()
    {
        const auto process = m_tool->start(shell(u"echo here; exec sleep 100"_s));
        QVERIFY(process->waitForReadyRead());
        QCOMPARE(::kill(pid_t(process->processId()), SIGTERM), 0);
        QCOMPARE(ReportTool::finish(*process).signal, SIGTERM);
        QCOMPARE(check()[u"status"].toString(), u"BLOCKED"_s);
    }

    void killed_takesTheCommandWithIt()
    {
        const auto process = m_tool->start(shell(u"echo $$; exec sleep 100"_s));
        QVERIFY(process->waitForReadyRead());
        const pid_t command = pid_t(process->readLine().trimmed().toInt());
        QVERIFY(command > 0);
        process->kill();
        QVERIFY(process->waitForFinished());
        QTRY_VERIFY(::kill(command, 0) != 0);
    }

    void serverThatIsAway_changesNothing_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("nobody listens") << u"http://127.0.0.1:1"_s;
        QTest::newRow("no such host") << u"http://no-such-host.invalid"_s;
        QTest::newRow("no address") << u"no address"_s;
    }

    void serverThatIsAway_changesNothing()
    {
        QFETCH(const QString, url);
        m_tool->set("PRISM_URL", url);
        const ToolResult result = m_tool->run(shell(u"echo out; exit 7"_s));
        QCOMPARE(result.code, 7);
        QCOMPARE(result.output, QByteArray("out\n"));
        QCOMPARE(m_tool->spooled().size(), url.startsWith(u"http"_s) ? 1 : 0);
        QCOMPARE(result.errors.isEmpty(), url.startsWith(u"http"_s));
    }

    void gate_isTheCommandsNameWhereNoneIsGiven()
    {
        QCOMPARE(m_tool->run({u"run"_s, u"--"_s, u"/bin/true"_s, u"secret"_s}).code, 0);
        QCOMPARE(check()[u"gate"].toString(), u"true"_s);
    }
};

PRISM_TEST(RunTest)

} // namespace tst_run

#include "tst_run.moc"
