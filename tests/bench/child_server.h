#pragma once

#include "tests/bench/endpoint.h"
#include "tests/bench/file_descriptor.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace prism::bench {

/// A server process that says on standard output `ready http=URL ws=URL`. Started here, stopped by the
/// destructor, and by the kernel when this program dies.
class ChildServer
{
public:
    /// Waits for the ready line, a minute at most. Its standard error goes to the file `log`. PRISM_…
    /// variables are kept from it. Throws BenchError when it does not get ready.
    ChildServer(const std::string& program, std::vector<std::string> arguments, const std::string& log);
    ~ChildServer();
    ChildServer(const ChildServer&) = delete;
    ChildServer& operator=(const ChildServer&) = delete;

    pid_t processId() const { return m_pid; }
    const Endpoint& http() const { return m_http; }
    const Endpoint& ws() const { return m_ws; }

private:
    void start(const std::string& program, std::vector<std::string>& arguments, const std::string& log);
    void stop();
    std::string readLine();

    pid_t m_pid = -1;
    FileDescriptor m_output;
    Endpoint m_http;
    Endpoint m_ws;
};

} // namespace prism::bench
