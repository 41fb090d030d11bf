#include "tests/report/terminal.h"

#include "tests/report/report_tool.h"

#include <QDeadlineTimer>
#include <QFile>

#include <array>
#include <csignal>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace prism::test {

namespace {

constexpr int longestWait = 15'000;

std::vector<char*> pointersTo(std::vector<QByteArray>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (QByteArray& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

Terminal::Terminal(const ReportTool& tool, const QString& program, const QStringList& arguments)
{
    std::vector<QByteArray> words{QFile::encodeName(program)};
    for (const QString& argument : arguments)
        words.push_back(argument.toUtf8());
    std::vector<QByteArray> variables;
    const QStringList environment = tool.environment().toStringList();
    for (const QString& variable : environment)
        variables.push_back(variable.toUtf8());
    std::vector<char*> argv = pointersTo(words);
    std::vector<char*> envp = pointersTo(variables);
    const QByteArray folder = QFile::encodeName(tool.folder());
    m_process = ::forkpty(&m_master, nullptr, nullptr, nullptr);
    if (m_process == 0) {
        if (::chdir(folder.constData()) == 0)
            ::execve(argv[0], argv.data(), envp.data());
        ::_exit(99);
    }
}

Terminal::~Terminal()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    ::close(m_master);
}

void Terminal::type(const QByteArray& keys) const
{
    [[maybe_unused]] const ssize_t written = ::write(m_master, keys.constData(), std::size_t(keys.size()));
}

void Terminal::read(int ms)
{
    pollfd readable{m_master, POLLIN, 0};
    if (::poll(&readable, 1, ms) <= 0)
        return;
    std::array<char, 4096> buffer{};
    const ssize_t length = ::read(m_master, buffer.data(), buffer.size());
    if (length > 0)
        m_screen.append(buffer.data(), length);
}

bool Terminal::shows(const QByteArray& text)
{
    for (const QDeadlineTimer until(longestWait); !m_screen.contains(text) && !until.hasExpired();)
        read(20);
    return m_screen.contains(text);
}

std::optional<int> Terminal::waitForEnd()
{
    int status = 0;
    for (const QDeadlineTimer until(longestWait); !until.hasExpired(); read(20)) {
        if (::waitpid(m_process, &status, WNOHANG) == m_process) {
            m_process = -1;
            read(0);
            return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
        }
    }
    return std::nullopt;
}

} // namespace prism::test
