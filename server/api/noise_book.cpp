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
constexpr std::size_t mostBooks = 256;

/// How long nothing of sets is computed after one of them, by how long that took.
constexpr int pauseOfSets = 3;

} // namespace

NoiseBook::NoiseBook(std::function<void(Work)> submit, std::function<void()> changed)
    : m_submit(std::move(submit))
    , m_changed(std::move(changed))
{
}

NoiseBook::Entry NoiseBook::newest(Period period, const QStringList& projects) const
{
    const std::lock_guard lock(m_mutex);
    const auto book = m_books.find(projects);
    if (book == m_books.end())
        return {};
    const auto entry = book->second.entries.find(period);
    return entry == book->second.entries.end() ? Entry() : entry->second;
}

/// An answer of just before the quarter asks for nothing older.
NoiseBook::Entry NoiseBook::of(Period period, const QStringList& projects, Timestamp now,
                               std::optional<Timestamp> earliest)
{
    bool isDue = false;
    {
        const std::lock_guard lock(m_mutex);
        Book& book = m_books[projects];
        book.lastUse = ++m_uses;
        isDue = analytics::quarterOf(now) > book.basis.quarter || earliest != book.basis.earliest;
        makeRoom();
    }
    if (isDue)
        ask(projects);
    return newest(period, projects);
}

/// Call under the lock. What is asked for at the moment stays, and so does everything.
void NoiseBook::makeRoom()
{
    while (m_books.size() > mostBooks) {
        auto oldest = m_books.end();
        for (auto book = m_books.begin(); book != m_books.end(); ++book) {
            const bool mayGo = !book->first.isEmpty() && !book->second.isAsked;
            if (mayGo && (oldest == m_books.end() || book->second.lastUse < oldest->second.lastUse))
                oldest = book;
        }
        if (oldest == m_books.end())
            return;
        m_books.erase(oldest);
    }
}

/// Mostly it is known at once, so that the first answer has verdicts. Where it is not, nobody waits for it.
void NoiseBook::begin()
{
    const auto done = std::make_shared<std::promise<void>>();
    std::future<void> isDone = done->get_future();
    m_submit([this, done](const Reading& reading) {
        if (compute({}, reading))
            m_changed();
        done->set_value();
    });
    (void)isDone.wait_for(longestBeginning);
}

/// Whoever has none asks again with the next request.
bool NoiseBook::takeTurn(const QStringList& projects)
{
    const std::lock_guard lock(m_mutex);
    const bool isSet = !projects.isEmpty();
    if (isSet && (m_isSetAsked || std::chrono::steady_clock::now() < m_nextSet))
        return false;
    if (std::exchange(m_books[projects].isAsked, true))
        return false;
    m_isSetAsked = m_isSetAsked || isSet;
    return true;
}

/// A work that is dropped answers as well.
void NoiseBook::ask(const QStringList& projects)
{
    if (!takeTurn(projects))
        return;
    std::shared_ptr<void> asked(this, [projects](NoiseBook* book) { book->noteAnswered(projects); });
    m_submit([this, projects, asked = std::move(asked)](const Reading& reading) mutable {
        const auto begin = std::chrono::steady_clock::now();
        const bool isOther = compute(projects, reading);
        notePause(projects, std::chrono::steady_clock::now() - begin);
        asked.reset(); // who is told may ask again
        if (isOther)
            m_changed();
    });
}

void NoiseBook::notePause(const QStringList& projects, std::chrono::steady_clock::duration work)
{
    const std::lock_guard lock(m_mutex);
    if (!projects.isEmpty())
        m_nextSet = std::chrono::steady_clock::now() + pauseOfSets * work;
}

void NoiseBook::noteAnswered(const QStringList& projects)
{
    const std::lock_guard lock(m_mutex);
    if (!projects.isEmpty())
        m_isSetAsked = false;
    if (const auto book = m_books.find(projects); book != m_books.end())
        book->second.isAsked = false;
}

/// Over sums of its own: the many days would push out those that dashboards are made of.
bool NoiseBook::compute(const QStringList& projects, const Reading& reading)
{
    const Numbers& numbers = reading.numbers;
    store::RollupSources rollups(numbers.database, numbers.zone);
    const Numbers own{numbers.database, rollups, numbers.epoch, numbers.zone, *this, numbers.findings};
    WindowReading windows(own, {}, projects);
    if (!windows.begin())
        return false;
    Entries entries;
    for (const Period period : protocol::allPeriods) {
        if (period == Period::All)
            continue;
        const auto noise = analytics::measureNoise(windows.rollups(), windows.window(period), own.zone);
        if (!noise)
            return false;
        entries[period] = {std::make_shared<const analytics::WindowNoise>(*noise), noise->hash()};
    }
    return keep(projects, {analytics::quarterOf(windows.moment()), windows.earliest()}, std::move(entries));
}

/// Whether they are other ones than before.
bool NoiseBook::keep(const QStringList& projects, const Basis& basis, Entries entries)
{
    const std::lock_guard lock(m_mutex);
    Book& book = m_books[projects];
    book.basis = basis;
    const auto same = [](const auto& a, const auto& b) { return a.second.hash == b.second.hash; };
    const bool isOther =
        !std::equal(entries.begin(), entries.end(), book.entries.begin(), book.entries.end(), same);
    book.entries = std::move(entries);
    return isOther;
}

} // namespace prism::api
