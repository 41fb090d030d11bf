#include "tests/support/server_process.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

#include <csignal>

namespace prism::test {

namespace {

constexpr int startupMs = 20'000;
constexpr int shutdownMs = 20'000;

bool isWarning(const QString& line)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(warning|warn|critical|fatal)\\b|Sanitizer|runtime error|ASSERT"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(line).hasMatch();
}

} // namespace

ServerProcess::ServerProcess(QStringList arguments)
    : m_dataDir(m_ownDir.path())
    , m_arguments(std::move(arguments))
{
}

ServerProcess::~ServerProcess()
{
    stopForGood();
    const QStringList warnings = unexpectedWarnings();
    if (!warnings.isEmpty()) {
        const QString text = QStringLiteral("unexpected in the server's log:\n") + warnings.join(u'\n');
        QTest::qFail(qPrintable(text), __FILE__, __LINE__);
    }
    if (QTest::currentTestFailed() && !m_log.isEmpty())
        qInfo("server log:\n%s", m_log.constData());
}

QString ServerProcess::binary()
{
    const QString given = qEnvironmentVariable("PRISM_SERVER_BINARY");
#ifdef PRISM_SERVER_BINARY
    return given.isEmpty() ? QStringLiteral(PRISM_SERVER_BINARY) : given;
#else
    return given;
#endif
}

ProgramResult ServerProcess::run(const QStringList& arguments, const QStringList& environment,
                                 const Preparation& prepare)
{
    QProcess process;
    process.setProgram(binary());
    process.setArguments(arguments);
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.setChildProcessModifier(prepare);
    process.start();
    ProgramResult result;
    result.finished = process.waitForFinished(shutdownMs) && process.exitStatus() == QProcess::NormalExit;
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
    result.exitCode = result.finished ? process.exitCode() : -1;
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

bool ServerProcess::start()
{
    m_httpUrl.clear();
    m_wsUrl.clear();
    return launch();
}

bool ServerProcess::launch()
{
    const auto address = [](const QUrl& url) {
        return QStringLiteral("127.0.0.1:%1").arg(qMax(0, url.port()));
    };
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(m_program);
    m_process->setChildProcessModifier(m_prepare);
    m_process->setArguments(QStringList{QStringLiteral("--listen"), address(m_httpUrl),
                                        QStringLiteral("--ws-listen"), address(m_wsUrl),
                                        QStringLiteral("--data-dir"), m_dataDir} +
                            m_arguments);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : m_environment)
        environment.insert(name, value);
    m_process->setProcessEnvironment(environment);
    m_process->start();

    static const QRegularExpression ready(
        QStringLiteral("^ready http=(\\S+) ws=(\\S+)(?: metrics=(\\S+))?$"));
    QDeadlineTimer deadline(startupMs);
    QByteArray output;
    while (!output.contains('\n') && !deadline.hasExpired()) {
        if (!m_process->waitForReadyRead(int(deadline.remainingTime())))
            break;
        output += m_process->readAllStandardOutput();
    }
    const auto match = ready.match(QString::fromUtf8(output.left(output.indexOf('\n'))));
    if (!match.hasMatch()) {
        qWarning("prism-server did not get ready: output '%s', log:\n%s", output.constData(),
                 qPrintable(log()));
        return false;
    }
    m_httpUrl = QUrl(match.captured(1));
    m_wsUrl = QUrl(match.captured(2));
    m_metricsUrl = QUrl(match.captured(3));
    return true;
}

void ServerProcess::kill9()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(shutdownMs);
    collect();
}

int ServerProcess::terminate()
{
    if (!m_process)
        return -1;
    m_process->terminate();
    return waitForExit();
}

int ServerProcess::waitForExit()
{
    if (!m_process)
        return -1;
    const bool finished = !isRunning() || m_process->waitForFinished(shutdownMs);
    if (!finished)
        kill9();
    collect();
    return finished && m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

bool ServerProcess::restart(Port port)
{
    stopForGood();
    return port == Port::Same ? launch() : start();
}

/// Number 0 would be the test's own process group.
bool ServerProcess::signal(int number)
{
    const qint64 id = processId();
    return id > 0 && ::kill(pid_t(id), number) == 0;
}

bool ServerProcess::isRunning() const
{
    return m_process && m_process->state() == QProcess::Running;
}

qint64 ServerProcess::processId() const
{
    return m_process ? m_process->processId() : 0;
}

qint64 ServerProcess::memory(const char* figure) const
{
    QFile status(QStringLiteral("/proc/%1/status").arg(processId()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(QByteArray(figure) + ':');
    if (at < 0)
        return -1;
    const QByteArray line = text.mid(at, text.indexOf('\n', at) - at).simplified();
    return line.split(' ').value(1).toLongLong() * 1024;
}

QString ServerProcess::log()
{
    collect();
    return QString::fromUtf8(m_log);
}

void ServerProcess::expectWarning(const QString& pattern)
{
    m_expected.append(QRegularExpression(pattern));
}

QStringList ServerProcess::unexpectedWarnings()
{
    QStringList unexpected;
    for (const QString& line : log().split(u'\n')) {
        const bool expected = std::any_of(m_expected.cbegin(), m_expected.cend(), [&](const auto& pattern) {
            return pattern.match(line).hasMatch();
        });
        if (isWarning(line) && !expected)
            unexpected.append(line);
    }
    return unexpected;
}

void ServerProcess::stopForGood()
{
    if (isRunning())
        kill9();
    collect();
}

void ServerProcess::collect()
{
    if (m_process)
        m_log += m_process->readAllStandardError();
}

} // namespace prism::test
