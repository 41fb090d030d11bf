#include "tests/bench/simulation/alarms.h"

#include "server/statistics/series.h"

#include <algorithm>
#include <cmath>

namespace prism::simulation {

namespace {

double hitsOf(const Tally& tally)
{
    return tally.hits;
}

double failedOf(const Tally& tally)
{
    return tally.failed;
}

std::function<double(const Tally&)> slowBy(const Tally& usual)
{
    constexpr double threshold = 1000; // ms
    const double limit = std::min(threshold, usual.durations.percentile(0.95));
    return [limit](const Tally& tally) { return tally.durations.longerThan(limit); };
}

const std::array kindsOfAlarms{
    AlarmKind{"violation_spike", 2, 7, quartersAnHour, 7, [](const Tally&) { return hitsOf; }},
    AlarmKind{"performance_degradation", 3, 7, quartersAnHour, 7, slowBy},
    AlarmKind{"quality_drop", 1.5, 4, quartersADay, 14, [](const Tally&) { return failedOf; }},
};
constexpr std::size_t spike = 0;
constexpr std::size_t slow = 1;
constexpr std::size_t quality = 2;

constexpr int weeksOfUsers = 8;

/// usage_drop, which is asked of a day when it is over, with eight weeks before it.
bool isUsageDrop(const std::vector<double>& users, int day)
{
    constexpr double leastUsers = 5;
    constexpr double share = 0.5;
    std::vector<double> before;
    for (int week = 1; week <= weeksOfUsers; ++week)
        before.push_back(users[std::size_t(day - 7 * week)]);
    const double usual = statistics::median(before);
    const double now = users[std::size_t(day)];
    return usual >= leastUsers && now < usual * (1 - share) && usual - now >= 2 * std::sqrt(usual);
}

Course from(Factors factors)
{
    return [factors](double day) { return Delays::isThereReason(day) ? factors : Factors(); };
}

struct Said
{
    Table::Said soon;
    Table::Said found;
    Table::Said delay;
};

void add(Table& table, std::size_t size, const std::string& name, const Delays& delays, const Said& said)
{
    table.add(size, "e. " + name + ", found in 8 h, %", delays.foundSoon(), said.soon);
    table.add(size, "e. " + name + ", found in 5 days, %", delays.found(), said.found);
    table.add(size, "e. " + name + ", median delay, h", delays.delay(), said.delay);
}

} // namespace

void Alarms::see(const Subject& subject)
{
    const Year& unchanged = subject.unchanged;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const double weeks = double(unchanged.all.days() - firstJudged(kindsOfAlarms.at(kind))) / 7;
        m_falseInAWeek.at(kind).add(double(alarmsOf(kindsOfAlarms.at(kind), unchanged).size()) / weeks);
    }
    double drops = 0;
    const int firstDay = 7 * weeksOfUsers;
    for (int day = firstDay; day < unchanged.all.days(); ++day)
        drops += isUsageDrop(unchanged.users, day) ? 1 : 0;
    m_usageDropsInAWeek.add(drops * 7 / (unchanged.all.days() - firstDay));

    const Year twice = subject.changed(from({1, 2, 1}));
    m_violationsTwice.see(kindsOfAlarms[spike], twice);
    m_failingTwice.see(kindsOfAlarms[quality], twice);
    m_violationsThrice.see(kindsOfAlarms[spike], subject.changed(from({1, 3, 1})));
    m_timesTwice.see(kindsOfAlarms[slow], subject.changed(from({1, 1, 2})));
}

void Alarms::report(Table& table, std::size_t size) const
{
    const std::array<Table::Said, kinds> falseAlarms{
        {{"0.25", "0.37", "0.02"}, {"0", "0.15", "0.25"}, {"0.04", "0.08", "0.02"}}};
    for (std::size_t kind = 0; kind < kinds; ++kind)
        table.add(size, std::string("e. false alarms a week: ") + kindsOfAlarms.at(kind).name,
                  m_falseInAWeek.at(kind).value(), falseAlarms.at(kind));
    table.add(size, "e. false alarms a week: usage_drop", m_usageDropsInAWeek.value(), {"0", "0", "0"});
    add(table, size, "violations x 2", m_violationsTwice,
        {{"10", "70", "100"}, {"55", "100", "100"}, {"68", "2.5", "0.3"}});
    table.add(size, "e. violations x 2, alarms in 5 days", m_violationsTwice.alarms(), {"-", "1.05", "-"});
    table.add(size, "e. violations x 2, over after, median, h", m_violationsTwice.beyond(),
              {"64", "1-64", "1"});
    add(table, size, "violations x 3", m_violationsThrice,
        {{"20", "95", "100"}, {"70", "-", "-"}, {"52", "1.7", "0.2"}});
    add(table, size, "times x 2", m_timesTwice, {{"5", "100", "95"}, {"90", "-", "-"}, {"54", "1.4", "0.9"}});
    add(table, size, "quality_drop, rate x 2", m_failingTwice,
        {{"10", "75", "100"}, {"50", "100", "-"}, {"-", "6", "2"}});
}

} // namespace prism::simulation
