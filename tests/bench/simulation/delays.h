#pragma once

#include "tests/bench/simulation/replay.h"
#include "tests/bench/simulation/table.h"

namespace prism::simulation {

/// How soon alarms are raised when there is a reason: every seven weeks from Monday at nine on, for five
/// days.
class Delays
{
public:
    static bool isThereReason(double day);

    /// A year with the reason.
    void see(const AlarmKind& kind, const Year& year);

    double foundSoon() const { return m_soon.percent(); } ///< in eight hours
    double found() const { return m_found.percent(); }    ///< while the reason lasted
    double alarms() const { return m_alarms.value(); }    ///< each time

    /// Medians, in hours; NaN without any.
    double delay() const;
    double beyond() const; ///< from the end of the reason to that of the alarm

private:
    void seeOnce(const std::vector<Alarm>& alarms, int begin);

    Share m_soon;
    Share m_found;
    Mean m_alarms;
    std::vector<double> m_delays;
    std::vector<double> m_beyond;
};

} // namespace prism::simulation
