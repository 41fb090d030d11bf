#include "tests/bench/process_usage.h"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace prism::bench {

std::optional<ProcessUsage> ProcessUsage::of(pid_t pid)
{
    if (pid <= 0)
        return std::nullopt;
    const std::string folder = "/proc/" + std::to_string(pid);
    std::string stat;
    std::getline(std::ifstream(folder + "/stat"), stat);
    const std::size_t nameEnd = stat.rfind(')');
    if (nameEnd == std::string::npos)
        return std::nullopt;
    std::istringstream fields(stat.substr(nameEnd + 1));
    std::string skipped;
    constexpr int fieldsBetween = 11; // from the state to the major faults of the children
    for (int i = 0; i < fieldsBetween; ++i)
        fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;

    double pages = 0;
    double resident = 0;
    std::ifstream(folder + "/statm") >> pages >> resident;
    return ProcessUsage{(user + system) / double(sysconf(_SC_CLK_TCK)),
                        resident * double(sysconf(_SC_PAGESIZE))};
}

} // namespace prism::bench
