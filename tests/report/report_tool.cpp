#include "tests/report/report_tool.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace prism::test {

namespace {

constexpr int longestRun = 60'000;

QStringList filesIn(const QString& folder, const QString& ending, bool refused)
{
    QStringList files;
    for (QDirIterator each(folder, {u'*' + ending}, QDir::Files, QDirIterator::Subdirectories);
         each.hasNext();) {
        const QString path = each.next();
        if (path.contains(QLatin1String("/refused/")) == refused)
            files.append(path);
    }
    files.sort();
    return files;
}

} // namespace

ReportTool::ReportTool()
    : m_folder(m_home.filePath(QStringLiteral("work")))
{
    QDir().mkpath(m_folder);
    set("HOME", m_home.path());
    set("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")));
    set("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")));
    set("PATH", qEnvironmentVariable("PATH"));
    set("LOGNAME", QStringLiteral("ana"));
    set("LC_ALL", QStringLiteral("C.UTF-8"));
    set("TZ", QStringLiteral("UTC"));
}

QString ReportTool::binary()
{
    return QStringLiteral(PRISM_REPORT_BINARY);
}

QProcessEnvironment ReportTool::environment() const
{
    QProcessEnvironment environment;
    for (auto each = m_environment.begin(); each != m_environment.end(); ++each)
        environment.insert(each.key(), each.value());
    return environment;
}

std::unique_ptr<QProcess> ReportTool::start(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(binary());
    process->setArguments(arguments);
    process->setProcessEnvironment(environment());
    process->setWorkingDirectory(m_folder);
    process->start();
    process->waitForStarted();
    return process;
}

ToolResult ReportTool::run(const QStringList& arguments, const QByteArray& input) const
{
    const std::unique_ptr<QProcess> process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

ToolResult ReportTool::finish(QProcess& process)
{
    ToolResult result;
    // A server may live on this thread.
    for (const QDeadlineTimer until(longestRun);
         process.state() != QProcess::NotRunning && !until.hasExpired();)
        QTest::qWait(5);
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        result.code = process.exitCode();
    } else {
        result.signal = process.exitCode();
    }
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

void ReportTool::write(const QString& name, const QByteArray& content) const
{
    QFile file(m_folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(file.fileName()));
}

QStringList ReportTool::spooled(const QString& ending) const
{
    return filesIn(m_environment.value(QStringLiteral("XDG_STATE_HOME")), ending, false);
}

QStringList ReportTool::refused(const QString& ending) const
{
    return filesIn(m_environment.value(QStringLiteral("XDG_STATE_HOME")), ending, true);
}

} // namespace prism::test
