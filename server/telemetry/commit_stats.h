#pragma once

#include "server/telemetry/histogram.h"

#include <chrono>

namespace prism::telemetry {

/// What was committed, see CommitStats.
struct CommitFigures
{
    HistogramValues jobs;
    HistogramValues events;
    HistogramValues durations;
    quint64 failures = 0;

    quint64 count() const { return durations.count(); }
};

/// Counts the writer's group commits. One thread counts, any thread reads.
class CommitStats
{
public:
    /// `duration` is from the beginning of the transaction until it was on the disk.
    void countCommit(std::size_t jobs, std::size_t events, std::chrono::nanoseconds duration)
    {
        m_jobs.observe(jobs);
        m_events.observe(events);
        m_durations.observe(quint64(duration.count()));
    }

    void countFailure() { m_failures.add(); }

    CommitFigures figures() const
    {
        return {m_jobs.values(), m_events.values(), m_durations.values(), m_failures.value()};
    }

private:
    Histogram m_jobs{sizeBuckets()};
    Histogram m_events{sizeBuckets()};
    Histogram m_durations{durationBuckets()};
    Counter m_failures;
};

} // namespace prism::telemetry
