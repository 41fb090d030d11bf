#pragma once

#include <optional>
#include <string>
#include <vector>

namespace prism::bench {

/// What a row is held to: our number itself, or its ratio to the other's.
struct Bar
{
    enum class Kind { AtMost, AtLeast, RatioAtMost, RatioAtLeast, None };

    Kind kind = Kind::None;
    double value = 0;

    bool isRatio() const { return kind == Kind::RatioAtMost || kind == Kind::RatioAtLeast; }
};

/// One line of the table.
struct Row
{
    std::string id;
    std::string work;
    std::string unit;
    double ours = 0;
    std::optional<double> other = {}; ///< nothing when it was not compared
    std::string otherName = {};
    Bar bar = {};

    std::optional<double> ratio() const;
    std::string verdict() const; ///< "met", "missed", "not compared", or "" without a bar
};

/// Collects what was measured, and nothing else, and prints it as a table and as JSON.
class Report
{
public:
    void add(Row row);

    /// A line of text below the table; printed at once as well, because a run takes minutes.
    void note(const std::string& id, const std::string& text);

    void printTable() const;

    /// False when the file cannot be written.
    bool writeJson(const std::string& file) const;

private:
    std::vector<Row> m_rows;
    std::vector<std::pair<std::string, std::string>> m_notes;
};

/// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

} // namespace prism::bench
