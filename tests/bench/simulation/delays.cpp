#include "tests/bench/simulation/delays.h"

#include "server/statistics/series.h"

#include <cmath>
#include <limits>

namespace prism::simulation {

namespace {

constexpr int firstMonday = 98; ///< with enough before it
constexpr int daysBetween = 49;
constexpr int daysOfReason = 5;
constexpr int nineOClock = 9 * quartersAnHour;
constexpr int soon = 8 * quartersAnHour;

double medianHours(const std::vector<double>& quarters)
{
    return quarters.empty() ? std::numeric_limits<double>::quiet_NaN()
                            : statistics::median(quarters) / quartersAnHour;
}

} // namespace

bool Delays::isThereReason(double day)
{
    const double since = day - firstMonday - double(nineOClock) / quartersADay;
    return since >= 0 && std::fmod(since, daysBetween) < daysOfReason;
}

void Delays::see(const AlarmKind& kind, const Year& year)
{
    const std::vector<Alarm> alarms = alarmsOf(kind, year);
    for (int day = firstMonday; day + daysBetween <= year.all.days(); day += daysBetween)
        seeOnce(alarms, day * quartersADay + nineOClock);
}

void Delays::seeOnce(const std::vector<Alarm>& alarms, int begin)
{
    const int end = begin + daysOfReason * quartersADay;
    const Alarm* first = nullptr;
    double count = 0;
    for (const Alarm& alarm : alarms) {
        if (alarm.raised <= begin || alarm.raised > end)
            continue;
        ++count;
        if (first == nullptr)
            first = &alarm;
        if (alarm.over > end)
            m_beyond.push_back(alarm.over - end);
    }
    m_found.add(first != nullptr);
    m_soon.add(first != nullptr && first->raised <= begin + soon);
    m_alarms.add(count);
    if (first != nullptr)
        m_delays.push_back(first->raised - begin);
}

double Delays::delay() const
{
    return medianHours(m_delays);
}

double Delays::beyond() const
{
    return medianHours(m_beyond);
}

} // namespace prism::simulation
