#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <functional>
#include <memory>

namespace prism::test {

/// What a program that ran to its end left behind.
struct ProgramResult
{
    bool finished = false; ///< false when it had to be killed at the deadline
    int exitCode = -1;
    QByteArray output; ///< standard output
    QByteArray errors; ///< standard error
};

/// A real prism-server on free ports with a data folder of its own. Lives on the test's thread.
///
/// A warning or worse in the server's log that no expectWarning() named fails the running test when the
/// object goes away, so destroy it in the test function or in cleanup().
class ServerProcess
{
public:
    enum class Port { Free, Same };

    /// `arguments` follow the listening options and the data folder.
    explicit ServerProcess(QStringList arguments = {});
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    /// The program under test: $PRISM_SERVER_BINARY, else the one built beside the tests.
    static QString binary();

    /// What is done in the new process before it becomes the server; only what is safe after a fork.
    using Preparation = std::function<void()>;

    /// Runs the program with exactly these arguments until it ends, 20 s at most.
    static ProgramResult run(const QStringList& arguments, const QStringList& environment = {},
                             const Preparation& prepare = {});

    /// Starts another program in its place, which must understand the same arguments.
    void setProgram(const QString& program) { m_program = program; }
    void setPreparation(const Preparation& prepare) { m_prepare = prepare; }

    /// Uses a folder that outlives this object instead of one of its own.
    void setDataDir(const QString& dir) { m_dataDir = dir; }
    void setArguments(const QStringList& arguments) { m_arguments = arguments; }
    void addEnvironment(const QString& name, const QString& value) { m_environment.append({name, value}); }

    /// Starts the server on free ports and waits for its ready line; false, with the log printed, when it did
    /// not come.
    bool start();

    /// SIGKILL, and waits for the end.
    void kill9();

    /// SIGTERM, and waits for the end. The exit code; -1 when it had to be killed or crashed.
    int terminate();

    /// Sends a signal, e.g. SIGSTOP; false when it does not run.
    bool signal(int number);

    /// Waits for the end that something else asked for. The exit code; -1 when it had to be killed or
    /// crashed.
    int waitForExit();

    /// Kills it if it still runs and starts it again on the same data.
    bool restart(Port port = Port::Free);

    bool isRunning() const;
    qint64 processId() const;

    /// One figure of /proc/PID/status, e.g. "VmRSS" or "VmHWM", in bytes; -1 when it cannot be read.
    qint64 memory(const char* figure) const;

    QUrl httpUrl() const { return m_httpUrl; }
    QUrl wsUrl() const { return m_wsUrl; }
    QUrl metricsUrl() const { return m_metricsUrl; } ///< empty where it has no listener of its own
    quint16 httpPort() const { return quint16(m_httpUrl.port()); }
    quint16 wsPort() const { return quint16(m_wsUrl.port()); }
    QString dataDir() const { return m_dataDir; }

    /// Everything it wrote to standard error since it was constructed.
    QString log();

    /// Lines that match are not held against the test.
    void expectWarning(const QString& pattern);
    QStringList unexpectedWarnings();

private:
    /// On the ports of before, or free ones where there are none.
    bool launch();
    void stopForGood();
    void collect();

    QTemporaryDir m_ownDir;
    QString m_program = binary();
    Preparation m_prepare;
    QString m_dataDir;
    QStringList m_arguments;
    QList<std::pair<QString, QString>> m_environment;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_log;
    QList<QRegularExpression> m_expected;
    QUrl m_httpUrl;
    QUrl m_wsUrl;
    QUrl m_metricsUrl;
};

} // namespace prism::test
