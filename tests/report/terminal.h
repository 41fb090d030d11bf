#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <sys/types.h>

namespace prism::test {

class ReportTool;

/// A program at a terminal of its own, as if a person had started it in a window. Lives on the test's thread.
class Terminal
{
public:
    /// Starts the program (a path) with the tool's environment and folder.
    Terminal(const ReportTool& tool, const QString& program, const QStringList& arguments);
    ~Terminal();
    Q_DISABLE_COPY_MOVE(Terminal)

    /// As if a person typed it; "\x03" is Ctrl+C.
    void type(const QByteArray& keys) const;

    /// Waits until this is on the screen, some seconds at most.
    bool shows(const QByteArray& text);

    /// What was on the screen until now.
    QByteArray screen() const { return m_screen; }

    /// Waits for the end: the exit code, or what is below 0 by the number of the signal; nothing where it did
    /// not end.
    std::optional<int> waitForEnd();

private:
    void read(int ms);

    int m_master = -1;
    pid_t m_process = -1;
    QByteArray m_screen;
};

} // namespace prism::test
