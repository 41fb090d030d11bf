#pragma once

#include <cstdint>
#include <string>

namespace prism::bench {

/// Checks as they would have come in over a year: more by day than by night and on workdays than at weekends,
/// by people of whom few do much and many do little. Each is made of its number alone, so that the same call
/// gives the same text on any machine.
class MadeChecks
{
public:
    static constexpr std::uint64_t users = 400;
    static constexpr std::uint64_t projects = 24;
    static constexpr std::uint64_t principles = 40;

    /// `total` checks in the year that ends `end` (in ms since 1970), the oldest first.
    MadeChecks(std::uint64_t total, std::int64_t end);

    std::uint64_t total() const { return m_total; }

    /// The check with this number, from 0, as one line of NDJSON.
    void append(std::string& lines, std::uint64_t number) const;

    /// When it was.
    std::int64_t timestamp(std::uint64_t number) const;

private:
    const std::uint64_t m_total;
    const std::int64_t m_begin;
};

} // namespace prism::bench
