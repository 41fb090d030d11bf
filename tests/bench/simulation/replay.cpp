#include "tests/bench/simulation/replay.h"

#include "server/statistics/evidence.h"

namespace prism::simulation {

using statistics::Evidence;
using statistics::Hits;
using statistics::Usual;

namespace {

using HitsOf = std::function<double(const Tally&)>;

/// Whether there is an alarm, from quarter to quarter.
class Told
{
public:
    explicit Told(int end)
        : m_end(end)
    {
    }

    void raise(int now)
    {
        constexpr int oneDay = quartersADay;
        if (m_isOn)
            return;
        m_isOn = true;
        if (!m_alarms.empty() && now - m_alarms.back().over < oneDay)
            m_alarms.back().over = m_end; // it goes on
        else
            m_alarms.push_back({now, m_end});
    }

    void end(int now)
    {
        if (m_isOn)
            m_alarms.back().over = now;
        m_isOn = false;
    }

    const std::vector<Alarm>& alarms() const { return m_alarms; }

private:
    int m_end;
    bool m_isOn = false;
    std::vector<Alarm> m_alarms;
};

/// A bucket by its kind's length.
const Tally& bucketOf(const AlarmKind& kind, const Timeline& timeline, int number)
{
    return kind.bucketQuarters == quartersADay ? timeline.day(number) : timeline.hour(number);
}

/// What happened in the buckets from one to another.
std::vector<Hits> hitsIn(const AlarmKind& kind, const Timeline& timeline, int from, int to,
                         const HitsOf& hits)
{
    std::vector<Hits> buckets;
    for (int bucket = from; bucket < to; ++bucket) {
        const Tally& tally = bucketOf(kind, timeline, bucket);
        buckets.push_back({tally.checks, hits(tally)});
    }
    return buckets;
}

void judgeBucket(const AlarmKind& kind, const Timeline& live, int bucket, const HitsOf& hits,
                 Evidence& evidence, Told& told)
{
    const int first = bucket * kind.bucketQuarters;
    Hits running;
    for (int quarter = first; quarter < first + kind.bucketQuarters; ++quarter) {
        const Tally& tally = live.quarter(quarter);
        running.things += tally.checks;
        running.hits += hits(tally);
        if (evidence.with(running).state() != Evidence::State::None)
            told.raise(quarter + 1);
    }
    evidence.close(running);
    if (evidence.state() == Evidence::State::None)
        told.end(first + kind.bucketQuarters);
}

} // namespace

int firstJudged(const AlarmKind& kind)
{
    return kind.daysLookedBack + baselineDays;
}

std::vector<Alarm> alarmsOf(const AlarmKind& kind, const Year& year)
{
    const int bucketsADay = quartersADay / kind.bucketQuarters;
    Told told(year.all.days() * quartersADay);
    for (int day = firstJudged(kind); day < year.all.days(); ++day) {
        const int lookedBack = day - kind.daysLookedBack;
        const HitsOf hits = kind.hits(year.all.span(lookedBack - 1, baselineDays, quartersADay));
        const int from = lookedBack * bucketsADay;
        const auto usual = Usual::of(hitsIn(kind, year.all, from - baselineDays * bucketsADay, from, hits));
        if (!usual)
            continue;
        Evidence evidence(*usual, kind.ratio, kind.threshold);
        for (const Hits& bucket : hitsIn(kind, year.live, from, day * bucketsADay, hits))
            evidence.close(bucket);
        for (int bucket = day * bucketsADay; bucket < (day + 1) * bucketsADay; ++bucket)
            judgeBucket(kind, year.live, bucket, hits, evidence, told);
    }
    return told.alarms();
}

} // namespace prism::simulation
