#include "server/api/read_queue.h"

#include <algorithm>

namespace prism::api {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// How often it is looked whose patience is over.
constexpr std::chrono::milliseconds lookInterval{200};

Error noPlace()
{
    return {ErrorCode::Unavailable,
            QStringLiteral("As many reads wait for their turn as may. Try again later.")};
}

} // namespace

ReadQueue::ReadQueue(std::size_t places, std::size_t bytes)
    : m_places(places)
    , m_bytes(bytes)
{
}

std::optional<Error> ReadQueue::push(ReadJob& job, std::vector<ReadJob>& forgotten)
{
    {
        const std::lock_guard lock(m_mutex);
        Row& row = rowOf(job.effort);
        if (row.isClosed)
            return Error{ErrorCode::Unavailable, QStringLiteral("The server is stopping.")};
        const auto turnOf = [&] {
            return std::find_if(row.turns.begin(), row.turns.end(),
                                [&](const Turn& turn) { return turn.peer == job.peer; });
        };
        const std::size_t share = std::max<std::size_t>(1, m_places / 2);
        const auto hasPlace = [&](std::list<Turn>::const_iterator turn) {
            const bool hasRoom = job.bytes == 0 || row.bytes == 0 || row.bytes + job.bytes <= m_bytes;
            return hasRoom && row.size < m_places && (turn == row.turns.cend() || turn->jobs.size() < share);
        };
        if (!hasPlace(turnOf()))
            forgetAbandoned(row, forgotten);
        auto turn = turnOf();
        if (!hasPlace(turn)) {
            ++m_refusals;
            return noPlace();
        }
        if (turn == row.turns.end())
            turn = row.turns.insert(turn, Turn{job.peer, {}});
        row.bytes += job.bytes;
        ++row.size;
        turn->jobs.push_back(std::move(job));
    }
    m_filled.notify_all();
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
    return {m_rows[0].size + m_rows[1].size, 2 * m_places, m_refusals};
}

/// The address whose turn it was comes last from here on.
ReadJob ReadQueue::takeFirst(Row& row)
{
    Turn& turn = row.turns.front();
    ReadJob job = std::move(turn.jobs.front());
    turn.jobs.pop_front();
    --row.size;
    row.bytes -= job.bytes;
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
        std::optional<ReadJob> job(std::move(*over));
        turn->jobs.erase(over);
        --row.size;
        row.bytes -= job->bytes;
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
    row.size = 0;
    row.bytes = 0;
    return jobs;
}

/// Whoever has gone needs no answer, and keeps no place from others.
void ReadQueue::forgetAbandoned(Row& row, std::vector<ReadJob>& forgotten)
{
    for (auto turn = row.turns.begin(); turn != row.turns.end();) {
        std::deque<ReadJob> stay;
        for (ReadJob& job : turn->jobs) {
            if (job.patience.isOver() && job.patience.isForNobody()) {
                row.bytes -= job.bytes;
                forgotten.push_back(std::move(job));
            } else
                stay.push_back(std::move(job));
        }
        row.size -= turn->jobs.size() - stay.size();
        turn->jobs = std::move(stay);
        turn = turn->jobs.empty() ? row.turns.erase(turn) : std::next(turn);
    }
}

} // namespace prism::api
