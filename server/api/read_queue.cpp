#include "server/api/read_queue.h"

#include <algorithm>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// How often it is looked whose patience is over.
constexpr std::chrono::milliseconds lookInterval{200};

Error noPlace(const QString& why)
{
    return {ErrorCode::Unavailable, why + QStringLiteral(" Try again later.")};
}

} // namespace

std::optional<Error> ReadQueue::push(ReadJob& job, std::vector<ReadJob>& forgotten)
{
    {
        const auto address = http::addressKeyOf(job.peer);
        const std::lock_guard lock(m_mutex);
        Row& row = rowOf(job.effort);
        if (row.isClosed)
            return Error{ErrorCode::Unavailable, QStringLiteral("The server is stopping.")};
        if (whyNot(job, row, turnOf(row, address)))
            forgetAbandoned(row, forgotten);
        auto turn = turnOf(row, address);
        if (const auto refused = whyNot(job, row, turn)) {
            ++m_refusals;
            return refused;
        }
        if (turn == row.turns.end())
            turn = row.turns.insert(turn, Turn{address, {}});
        row.bytes += job.bytes;
        turn->bytes += job.bytes;
        ++row.size;
        if (!job.token.isEmpty())
            ++row.ofTokens[job.token];
        turn->jobs.push_back(std::move(job));
    }
    m_filled.notify_all();
    return std::nullopt;
}

ReadQueue::Turns::iterator ReadQueue::turnOf(Row& row, const std::optional<http::AddressKey>& address)
{
    return std::find_if(row.turns.begin(), row.turns.end(),
                        [&address](const Turn& turn) { return turn.address == address; });
}

std::optional<Error> ReadQueue::whyNot(const ReadJob& job, const Row& row, Turns::const_iterator turn) const
{
    const auto hasRoom = [&job](std::size_t held, std::size_t most) {
        return job.bytes == 0 || held == 0 || held + job.bytes <= most;
    };
    const std::size_t half = std::max<std::size_t>(1, m_limits.places / 2);
    const std::size_t share = m_limits.placesOfAddress > 0 ? m_limits.placesOfAddress : half;
    const bool isNew = turn == row.turns.cend();
    if (!isNew && (turn->jobs.size() >= share || !hasRoom(turn->bytes, m_limits.bytes / 2)))
        return noPlace(QStringLiteral("This address has as many reads waiting for their turn as it may."));
    const std::size_t ofToken = m_limits.placesOfToken > 0 ? m_limits.placesOfToken : half;
    if (!job.token.isEmpty() && row.ofTokens.value(job.token) >= ofToken)
        return Error{
            ErrorCode::RateLimit,
            QStringLiteral("This token has as many reads waiting for their turn as it may. Try again "
                           "later."),
            {QStringLiteral("--read-queue-limit-per-token: so many may wait")}};
    if (row.size >= m_limits.places || !hasRoom(row.bytes, m_limits.bytes))
        return noPlace(QStringLiteral("As many reads wait for their turn as may."));
    return std::nullopt;
}

std::optional<ReadJob> ReadQueue::take(Taker taker)
{
    std::unique_lock lock(m_mutex);
    Row& open = rowOf(Effort::Open);
    Row& bounded = rowOf(Effort::Bounded);
    for (;;) {
        for (Row* row : {&bounded, &open}) {
            if (auto job = takeOver(*row))
                return job;
        }
        if (taker == Taker::OfAll && open.size > 0)
            return takeFirst(open);
        if (bounded.size > 0)
            return takeFirst(bounded);
        if (open.size > 0)
            m_filled.wait_for(lock, lookInterval);
        else if (bounded.isClosed && open.isClosed)
            return std::nullopt;
        else
            m_filled.wait(lock);
    }
}

std::vector<ReadJob> ReadQueue::close()
{
    std::vector<ReadJob> left = closeOpen();
    {
        const std::lock_guard lock(m_mutex);
        Row& row = rowOf(Effort::Bounded);
        row.isClosed = true;
        std::vector<ReadJob> bounded = empty(row);
        std::move(bounded.begin(), bounded.end(), std::back_inserter(left));
    }
    m_filled.notify_all();
    return left;
}

std::vector<ReadJob> ReadQueue::closeOpen()
{
    const std::lock_guard lock(m_mutex);
    Row& row = rowOf(Effort::Open);
    row.isClosed = true;
    return empty(row);
}

ReadQueue::Level ReadQueue::level() const
{
    const std::lock_guard lock(m_mutex);
    return {m_rows[0].size + m_rows[1].size, 2 * m_limits.places, m_refusals};
}

ReadJob ReadQueue::takeOut(Row& row, Turn& turn, const std::deque<ReadJob>::iterator& job)
{
    ReadJob taken = std::move(*job);
    turn.jobs.erase(job);
    turn.bytes -= taken.bytes;
    row.bytes -= taken.bytes;
    --row.size;
    if (row.ofTokens.contains(taken.token) && --row.ofTokens[taken.token] == 0)
        row.ofTokens.remove(taken.token);
    return taken;
}

/// The address whose turn it was comes last from here on.
ReadJob ReadQueue::takeFirst(Row& row)
{
    Turn& turn = row.turns.front();
    ReadJob job = takeOut(row, turn, turn.jobs.begin());
    if (turn.jobs.empty())
        row.turns.pop_front();
    else
        row.turns.splice(row.turns.end(), row.turns, row.turns.begin());
    return job;
}

std::optional<ReadJob> ReadQueue::takeOver(Row& row)
{
    for (auto turn = row.turns.begin(); turn != row.turns.end(); ++turn) {
        const auto over = std::find_if(turn->jobs.begin(), turn->jobs.end(),
                                       [](ReadJob& job) { return job.patience.isOver(); });
        if (over == turn->jobs.end())
            continue;
        std::optional<ReadJob> job(takeOut(row, *turn, over));
        if (turn->jobs.empty())
            row.turns.erase(turn);
        return job;
    }
    return std::nullopt;
}

std::vector<ReadJob> ReadQueue::empty(Row& row)
{
    std::vector<ReadJob> jobs;
    for (Turn& turn : row.turns)
        std::move(turn.jobs.begin(), turn.jobs.end(), std::back_inserter(jobs));
    row.turns.clear();
    row.ofTokens.clear();
    row.size = 0;
    row.bytes = 0;
    return jobs;
}

/// Whoever has gone needs no answer, and keeps no place from others.
void ReadQueue::forgetAbandoned(Row& row, std::vector<ReadJob>& forgotten)
{
    for (auto turn = row.turns.begin(); turn != row.turns.end();) {
        std::deque<ReadJob> stay;
        while (!turn->jobs.empty()) {
            const auto first = turn->jobs.begin();
            if (first->patience.isOver() && first->patience.isForNobody()) {
                forgotten.push_back(takeOut(row, *turn, first));
            } else {
                stay.push_back(std::move(*first));
                turn->jobs.pop_front();
            }
        }
        turn->jobs = std::move(stay);
        turn = turn->jobs.empty() ? row.turns.erase(turn) : std::next(turn);
    }
}

} // namespace prism::api
