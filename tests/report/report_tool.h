#pragma once

#include <QHash>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace prism::test {

/// How a call of prism-report ended, and what it wrote.
struct ToolResult
{
    int code = -1;  ///< -1 where a signal ended it, or it did not end
    int signal = 0; ///< that ended it
    QByteArray output;
    QByteArray errors;
};

/// prism-report with a home, a clone-less folder and an environment of its own: nothing of the machine's CI
/// or Git is in it. Lives on the test's thread.
class ReportTool
{
public:
    ReportTool();

    static QString binary();

    /// The folder that it runs in, at first an empty one.
    QString folder() const { return m_folder; }
    void setFolder(const QString& folder) { m_folder = folder; }
    QString home() const { return m_home.path(); }

    void setServer(const QUrl& url) { set("PRISM_URL", url.toString()); }
    void set(const char* name, const QString& value) { m_environment.insert(QLatin1String(name), value); }
    void unset(const char* name) { m_environment.remove(QLatin1String(name)); }

    /// Starts it; the caller sees to its end.
    std::unique_ptr<QProcess> start(const QStringList& arguments) const;

    /// Runs it with this on its standard input.
    ToolResult run(const QStringList& arguments, const QByteArray& input = {}) const;
    static ToolResult finish(QProcess& process);

    /// Writes a file in its folder.
    void write(const QString& name, const QByteArray& content) const;

    /// The files of the spool with this ending, of all servers.
    QStringList spooled(const QString& ending = QStringLiteral(".entry")) const;
    QStringList refused(const QString& ending = QStringLiteral(".entry")) const;

    QProcessEnvironment environment() const;

private:
    QTemporaryDir m_home;
    QString m_folder;
    QHash<QString, QString> m_environment;
};

} // namespace prism::test
