#include "server/api/noise_book.h"

#include "server/analytics/calendar.h"
#include "server/api/reading.h"
#include "server/api/window_reading.h"

#include <algorithm>
#include <future>
#include <utility>

namespace prism::api {

using protocol::Period;
using protocol::Timestamp;

namespace {

constexpr std::chrono::milliseconds longestBeginning{300};

} // namespace

NoiseBook::NoiseBook(std::function<void(Work)> submit, std::function<void()> changed)
    : m_submit(std::move(submit))
    , m_changed(std::move(changed))
{
}

NoiseBook::Entry NoiseBook::newest(Period period) const
{
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(period);
    return entry == m_entries.end() ? Entry() : entry->second;
}

/// An answer of just before the quarter asks for nothing older.
NoiseBook::Entry NoiseBook::of(Period period, Timestamp now, std::optional<Timestamp> earliest)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        isDue = analytics::quarterOf(now) > m_basis.quarter || earliest != m_basis.earliest;
    }
    if (isDue)
        ask();
    return newest(period);
}

/// Mostly it is known at once, so that the first answer has verdicts. Where it is not, nobody waits for it.
void NoiseBook::begin()
{
    const auto done = std::make_shared<std::promise<void>>();
    std::future<void> isDone = done->get_future();
    m_submit([this, done](const Reading& reading) {
        if (compute(reading))
            m_changed();
        done->set_value();
    });
    (void)isDone.wait_for(longestBeginning);
}

/// A work that is dropped answers as well.
void NoiseBook::ask()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_isAsked, true))
            return;
    }
    std::shared_ptr<void> asked(this, [](NoiseBook* book) { book->noteAnswered(); });
    m_submit([this, asked = std::move(asked)](const Reading& reading) mutable {
        const bool isOther = compute(reading);
        asked.reset(); // who is told may ask again
        if (isOther)
            m_changed();
    });
}

void NoiseBook::noteAnswered()
{
    const std::lock_guard lock(m_mutex);
    m_isAsked = false;
}

/// Over sums of its own: the many days would push out those that dashboards are made of.
bool NoiseBook::compute(const Reading& reading)
{
    const Numbers& numbers = reading.numbers;
    store::RollupSource rollups(numbers.database, numbers.zone);
    const Numbers own{numbers.database, rollups, numbers.epoch, numbers.zone, *this, numbers.findings};
    WindowReading windows(own);
    if (!windows.begin())
        return false;
    Entries entries;
    for (const Period period : protocol::allPeriods) {
        if (period == Period::All)
            continue;
        const auto noise = analytics::measureNoise(rollups, windows.window(period), own.zone);
        if (!noise)
            return false;
        entries[period] = {std::make_shared<const analytics::WindowNoise>(*noise), noise->hash()};
    }
    return keep({analytics::quarterOf(windows.moment()), windows.earliest()}, std::move(entries));
}

/// Whether they are other ones than before.
bool NoiseBook::keep(const Basis& basis, Entries entries)
{
    const std::lock_guard lock(m_mutex);
    m_basis = basis;
    const auto same = [](const auto& a, const auto& b) { return a.second.hash == b.second.hash; };
    const bool isOther =
        !std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(), same);
    m_entries = std::move(entries);
    return isOther;
}

} // namespace prism::api
