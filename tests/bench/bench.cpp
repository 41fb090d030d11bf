#include "tests/bench/bench.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

namespace prism::bench {

OurServer::OurServer(const std::string& program, const std::vector<std::string>& arguments,
                     const std::filesystem::path& parent)
    : m_program(program)
{
    std::string folder = parent / "prism-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr)
        throw BenchError("cannot make a folder in " + parent.string());
    m_folder = folder;
    m_arguments = {"--listen",
                   "127.0.0.1:0",
                   "--ws-listen",
                   "127.0.0.1:0",
                   "--data-dir",
                   folder,
                   "--max-connections",
                   "12000",
                   "--max-connections-per-address",
                   "12000",
                   "--log-level",
                   "warning"};
    m_arguments.insert(m_arguments.end(), arguments.begin(), arguments.end());
    start();
}

void OurServer::start()
{
    m_server = std::make_unique<ChildServer>(m_program, m_arguments, m_folder / "server.log");
    m_target = {"ours", m_server->http(), m_server->ws(), m_server->processId(), true};
}

Clock::duration OurServer::restart()
{
    m_server.reset();
    const Clock::time_point started = Clock::now();
    start();
    return Clock::now() - started;
}

double OurServer::databaseBytes() const
{
    double bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(m_folder)) {
        if (file.path().filename().string().starts_with("prism.db"))
            bytes += double(file.file_size());
    }
    return bytes;
}

OurServer::~OurServer()
{
    m_server.reset();
    std::ifstream log(m_folder / "server.log");
    std::string line;
    for (int lines = 0; lines < 5 && std::getline(log, line); ++lines)
        std::cerr << "prism-server: " << line << '\n';
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

std::unique_ptr<OurServer> Bench::startOurs() const
{
    return std::make_unique<OurServer>(serverProgram, serverArguments, folder);
}

std::unique_ptr<ChildServer> Bench::startBare(std::size_t payloadBytes) const
{
    return std::make_unique<ChildServer>(bareProgram, std::vector<std::string>{std::to_string(payloadBytes)},
                                         "/dev/null");
}

std::string Bench::freshPrefix() const
{
    std::random_device device;
    return format("bench %08x ", unsigned(device()));
}

} // namespace prism::bench
