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

    /// `count` checks in the year that ends `end` (in ms since 1970), the oldest first. Behind them on each
    /// day of the year as many more as it takes to violate `principlesADay` principles on it, each once.
    MadeChecks(std::uint64_t count, std::int64_t end, std::uint64_t principlesADay = 0);

    std::uint64_t total() const { return m_count + days * checksOfPrinciples(); }

    /// The check with this number, from 0, as one line of NDJSON.
    void append(std::string& lines, std::uint64_t number) const;

private:
    static constexpr std::uint64_t days = 365;
    static constexpr std::uint64_t violationsACheck = 100;

    /// When it was, of the first `count`.
    std::int64_t timestamp(std::uint64_t number) const;

    /// How many it takes on each day.
    std::uint64_t checksOfPrinciples() const
    {
        return (m_principlesADay + violationsACheck - 1) / violationsACheck;
    }
    void appendPrinciples(std::string& lines, std::uint64_t number) const;

    const std::uint64_t m_count;
    const std::int64_t m_begin;
    const std::uint64_t m_principlesADay;
};

} // namespace prism::bench
