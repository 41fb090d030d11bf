#pragma once

#include <array>
#include <string>
#include <vector>

namespace prism::simulation {

/// How often something was so.
class Share
{
public:
    void add(bool isSo, double times = 1)
    {
        m_hits += isSo ? times : 0;
        m_of += times;
    }
    double percent() const { return m_of > 0 ? 100 * m_hits / m_of : 0; }

private:
    double m_hits = 0;
    double m_of = 0;
};

/// Of what was measured.
class Mean
{
public:
    void add(double value)
    {
        m_sum += value;
        ++m_count;
    }
    double value() const { return m_sum / m_count; } ///< NaN when nothing was

private:
    double m_sum = 0;
    double m_count = 0;
};

/// What was found of each statement, for each size of a team, beside what is said of it.
class Table
{
public:
    static constexpr std::size_t sizes = 3;
    using Said = std::array<const char*, sizes>;

    /// `size` is the number of the team's. What has the same name is one line.
    void add(std::size_t size, const std::string& name, double found, const Said& said);
    void print() const;

private:
    struct Line
    {
        std::string name;
        std::array<double, sizes> found;
        Said said;
    };

    std::vector<Line> m_lines;
};

} // namespace prism::simulation
