#include "tests/bench/child_server.h"

#include "tests/bench/clock.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>

namespace prism::bench {

namespace {

std::vector<char*> cleanEnvironment()
{
    std::vector<char*> kept;
    for (char** each = environ; *each != nullptr; ++each) {
        if (strncmp(*each, "PRISM_", 6) != 0)
            kept.push_back(*each);
    }
    kept.push_back(nullptr);
    return kept;
}

std::string valueOf(const std::string& line, const std::string& name)
{
    const std::size_t at = line.find(name + '=');
    if (at == std::string::npos)
        return {};
    const std::size_t from = at + name.size() + 1;
    return line.substr(from, line.find_first_of(" \n", from) - from);
}

} // namespace

ChildServer::ChildServer(const std::string& program, std::vector<std::string> arguments,
                         const std::string& log)
{
    start(program, arguments, log);
    const std::string line = readLine();
    const std::optional<Endpoint> http = Endpoint::fromUrl(valueOf(line, "http"));
    const std::optional<Endpoint> ws = Endpoint::fromUrl(valueOf(line, "ws"));
    if (!http || !ws) {
        stop();
        std::stringstream text;
        text << std::ifstream(log).rdbuf();
        throw BenchError(program + " did not get ready: " + text.str());
    }
    m_http = *http;
    m_ws = *ws;
}

ChildServer::~ChildServer()
{
    stop();
}

void ChildServer::start(const std::string& program, std::vector<std::string>& arguments,
                        const std::string& log)
{
    // Everything the child needs is made before the fork: nothing but system calls follows it.
    std::vector<char*> environment = cleanEnvironment();
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (std::string& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    const FileDescriptor errors(open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    int ends[2] = {-1, -1};
    if (!errors.isOpen() || pipe2(ends, O_CLOEXEC) != 0)
        throw BenchError("cannot open " + log);
    m_output = FileDescriptor(ends[0]);
    const FileDescriptor childsEnd(ends[1]);

    m_pid = fork();
    if (m_pid < 0)
        throw BenchError("cannot start a process");
    if (m_pid > 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
    dup2(childsEnd.get(), STDOUT_FILENO);
    dup2(errors.get(), STDERR_FILENO);
    execve(program.c_str(), argv.data(), environment.data());
    _exit(127);
}

std::string ChildServer::readLine()
{
    std::string text;
    pollfd waiting{m_output.get(), POLLIN, 0};
    constexpr int startupMs = 60 * 1000;
    while (text.find('\n') == std::string::npos && poll(&waiting, 1, startupMs) > 0) {
        char part[256];
        const ssize_t got = read(m_output.get(), part, sizeof part);
        if (got <= 0)
            break;
        text.append(part, std::size_t(got));
    }
    return text;
}

void ChildServer::stop()
{
    if (m_pid < 0)
        return;
    kill(m_pid, SIGTERM);
    const Clock::time_point deadline = Clock::now() + std::chrono::seconds(20);
    while (waitpid(m_pid, nullptr, WNOHANG) == 0) {
        if (Clock::now() > deadline) {
            kill(m_pid, SIGKILL);
            waitpid(m_pid, nullptr, 0);
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    m_pid = -1;
}

} // namespace prism::bench
