#pragma once

#include "tests/bench/child_server.h"
#include "tests/bench/event_loop.h"
#include "tests/bench/report.h"
#include "tests/bench/scale.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace prism::bench {

/// A server that requests can be sent to.
struct Target
{
    std::string name;
    Endpoint http;
    Endpoint ws;
    pid_t pid = 0;     ///< 0 when it is not known, and so its use of the machine neither
    bool ours = false; ///< has sequence numbers, batches and checks
};

/// A prism-server with an empty database in a temporary folder; both end with this object.
class OurServer
{
public:
    OurServer(const std::string& program, const std::vector<std::string>& arguments,
              const std::filesystem::path& parent);
    ~OurServer();
    OurServer(const OurServer&) = delete;
    OurServer& operator=(const OurServer&) = delete;

    const Target& target() const { return m_target; }

    /// Ends it and starts it again on the same data, elsewhere: until it is ready.
    Clock::duration restart();

    double databaseBytes() const;

private:
    void start();

    const std::string m_program;
    std::vector<std::string> m_arguments;
    std::filesystem::path m_folder;
    std::unique_ptr<ChildServer> m_server;
    Target m_target;
};

/// What the scenarios share: the loop, how long to measure, whom to compare with, and where results go.
struct Bench
{
    EventLoop& loop;
    Report& report;
    Scale scale;
    std::optional<Target> peer;
    std::string serverProgram;
    std::vector<std::string> serverArguments;
    std::string bareProgram;
    std::filesystem::path folder; ///< where databases may lie: on a disk, not in memory

    /// A fresh one of ours.
    std::unique_ptr<OurServer> startOurs() const;

    /// The bare send loop, sending frames with `payloadBytes` each.
    std::unique_ptr<ChildServer> startBare(std::size_t payloadBytes) const;

    /// A prefix for names that no earlier run on the same server has used.
    std::string freshPrefix() const;
};

} // namespace prism::bench
