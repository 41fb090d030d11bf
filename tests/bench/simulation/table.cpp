#include "tests/bench/simulation/table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace prism::simulation {

void Table::add(std::size_t size, const std::string& name, double found, const Said& said)
{
    auto line =
        std::find_if(m_lines.begin(), m_lines.end(), [&name](const Line& each) { return each.name == name; });
    if (line == m_lines.end()) {
        constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
        line = m_lines.insert(line, {name, {nothing, nothing, nothing}, said});
    }
    line->found.at(size) = found;
}

void Table::print() const
{
    std::size_t longest = 0;
    for (const Line& line : m_lines)
        longest = std::max(longest, line.name.size());
    const auto width = int(longest);
    std::printf("%-*s     found                    said\n", width, "");
    std::printf("%-*s %8s%8s%8s  %9s%9s%9s\n", width, "", "small", "middle", "large", "small", "middle",
                "large");
    for (const Line& line : m_lines) {
        std::printf("%-*s ", width, line.name.c_str());
        for (const double found : line.found) {
            if (std::isnan(found))
                std::printf("%8s", "-");
            else
                std::printf("%8.2f", found);
        }
        std::printf("  %9s%9s%9s\n", line.said[0], line.said[1], line.said[2]);
    }
}

} // namespace prism::simulation
