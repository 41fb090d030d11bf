#include "tests/bench/made_checks.h"

#include "tests/bench/report.h"
#include "tests/bench/split_mix.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

namespace prism::bench {

namespace {

constexpr std::int64_t hourMs = 3'600'000;
constexpr std::int64_t weekHours = 168;
constexpr std::int64_t yearHours = 365 * 24;

/// Random numbers of one check: the same for the same number, whatever was asked for before.
class Dice : public SplitMix
{
public:
    using SplitMix::SplitMix;

    /// Below `limit`, the small ones far more often.
    std::uint64_t skewed(std::uint64_t limit)
    {
        const double each = fraction();
        return std::uint64_t(double(limit) * each * each * each);
    }
};

/// How busy the hour of a week is that begins on a Monday.
double busyness(std::int64_t hour)
{
    const std::int64_t ofDay = hour % 24;
    const bool isWeekend = hour / 24 >= 5;
    const double byDay = ofDay >= 8 && ofDay < 18 ? 1 : ofDay >= 6 && ofDay < 22 ? 0.35 : 0.08;
    return isWeekend ? byDay * 0.2 : byDay;
}

/// What part of a week's checks comes before each of its hours.
std::array<double, weekHours + 1> busynessBefore()
{
    std::array<double, weekHours + 1> before{};
    for (std::int64_t hour = 0; hour < weekHours; ++hour)
        before.at(std::size_t(hour) + 1) = before.at(std::size_t(hour)) + busyness(hour);
    for (double& each : before)
        each /= before.back();
    return before;
}

std::string iso(std::int64_t ms)
{
    const std::time_t seconds = ms / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return format("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                  utc.tm_hour, utc.tm_min, utc.tm_sec, int(ms % 1000));
}

} // namespace

MadeChecks::MadeChecks(std::uint64_t count, std::int64_t end, std::uint64_t principlesADay)
    : m_count(count)
    , m_begin(end - yearHours * hourMs)
    , m_principlesADay(principlesADay)
{
}

/// The weeks are equal; within each the hours get their share. The first and the last are not whole.
std::int64_t MadeChecks::timestamp(std::uint64_t number) const
{
    static constexpr std::int64_t firstMonday = 4 * 24; // 1970 began on a Thursday
    static const std::array<double, weekHours + 1> before = busynessBefore();
    const auto weekAndPart = [](std::int64_t ms) {
        const double hours = double(ms) / double(hourMs) - firstMonday;
        const double week = std::floor(hours / weekHours);
        const double ofWeek = hours - week * weekHours;
        const auto hour = std::size_t(ofWeek);
        return week + before.at(hour) + (before.at(hour + 1) - before.at(hour)) * (ofWeek - double(hour));
    };
    const double from = weekAndPart(m_begin);
    const double to = weekAndPart(m_begin + yearHours * hourMs);
    const double place = from + (to - from) * (double(number) + 0.5) / double(m_count);
    const double week = std::floor(place);
    std::size_t hour = 0;
    while (hour + 1 < std::size_t(weekHours) && before.at(hour + 1) <= place - week)
        ++hour;
    const double ofHour = (place - week - before.at(hour)) / (before.at(hour + 1) - before.at(hour));
    const double hours = week * weekHours + double(hour) + std::min(ofHour, 1.0) + firstMonday;
    return std::int64_t(hours * double(hourMs));
}

void MadeChecks::appendPrinciples(std::string& lines, std::uint64_t number) const
{
    const std::uint64_t day = number / checksOfPrinciples();
    const std::uint64_t first = number % checksOfPrinciples() * violationsACheck;
    const std::int64_t when = m_begin + std::int64_t(day * 24 + 12) * hourMs;
    lines += format(R"({"id":"made-principles-%06llu","status":"BLOCKED","duration":40,"timestamp":"%s")",
                    static_cast<unsigned long long>(number), iso(when).c_str());
    for (std::uint64_t i = first; i < std::min(first + violationsACheck, m_principlesADay); ++i)
        lines += format(R"(%s{"principleId":"principle-%04llu","severity":"WARNING"})",
                        i == first ? ",\"violations\":[" : ",", static_cast<unsigned long long>(i));
    lines += "]}\n";
}

void MadeChecks::append(std::string& lines, std::uint64_t number) const
{
    if (number >= m_count)
        return appendPrinciples(lines, number - m_count);
    Dice dice(number);
    const std::int64_t when = timestamp(number);
    const std::uint64_t user = dice.skewed(users);
    const double outcome = dice.fraction();
    const char* status = outcome < 0.84 ? "PASS" : outcome < 0.95 ? "WARNING" : "BLOCKED";
    // Around 40 ms, now and then seconds.
    const double duration = 40 *
                            std::exp(0.8 * (dice.fraction() + dice.fraction() + dice.fraction() - 1.5) * 2) *
                            (dice.fraction() < 0.002 ? 60 : 1);
    lines +=
        format(R"({"id":"made-%010llu","status":"%s","duration":%.3f,"timestamp":"%s","user":"user-%03llu",)",
               static_cast<unsigned long long>(number), status, duration, iso(when).c_str(),
               static_cast<unsigned long long>(user));
    lines += format(R"("session":"session-%03llu-%lld-%d","project":"project-%02llu")",
                    static_cast<unsigned long long>(user), static_cast<long long>(when / (24 * hourMs)),
                    int(dice.next() % 3), static_cast<unsigned long long>(dice.skewed(projects)));
    const std::uint64_t violations = status[0] == 'P' ? 0 : 1 + dice.skewed(3);
    for (std::uint64_t i = 0; i < violations; ++i) {
        const auto principle = static_cast<unsigned long long>(dice.skewed(principles));
        lines += i == 0 ? R"(,"violations":[)" : ",";
        lines += format(R"({"principleId":"rule-%02llu","principleName":"Rule %llu","severity":"%s",)",
                        principle, principle, status[0] == 'B' && i == 0 ? "BLOCK" : "WARNING");
        lines +=
            format(R"("message":"made up","falsePositive":%s})", dice.fraction() < 0.03 ? "true" : "false");
    }
    lines += violations > 0 ? "]}\n" : "}\n";
}

} // namespace prism::bench
