#pragma once

#include "server/analytics/distinct_set.h"
#include "server/analytics/duration_histogram.h"
#include "server/analytics/figures.h"

namespace prism::analytics {

/// What is kept of the checks and retrospectives of a span of time, whatever their number: rollups of parts
/// merge to the rollup of the whole. How often which principle was violated is kept beside it
/// (principle_counts.h), as there may be any number of them. A plain value; the empty one is of nothing.
class Rollup
{
public:
    /// Counts, and how long the checks took.
    struct Part
    {
        Figures figures;
        DurationHistogram durations;

        bool operator==(const Part&) const = default;
        bool agrees(const Part& other) const
        {
            return figures.agrees(other.figures) && durations.agrees(other.durations);
        }
    };

    /// `imported` says that it was brought in from elsewhere afterwards.
    void add(const protocol::Check& check, bool imported);
    void add(const protocol::Retro& retro, bool imported);

    /// A check that is counted has other violations, or other marks on them, and perhaps another status. When
    /// it was, whose it is and how long it took is the same in both.
    void remark(const protocol::Check& before, const protocol::Check& after, bool imported);

    /// Sets the hits, which an older program has not counted, as high as they may have been.
    void estimateHits();

    void merge(const Rollup& other);

    const Part& all() const { return m_all; }
    const Part& imported() const { return m_imported; }

    /// What was not imported.
    Part live() const;

    const DistinctSet& users() const { return m_users; }
    const DistinctSet& sessions() const { return m_sessions; }

    /// About how much memory it takes.
    std::size_t bytes() const;

    /// Without its figures, which are stored beside it: they alone are often enough.
    QByteArray encode() const;

    /// Nothing when the bytes are damaged, of a later version, or belong to other figures.
    static std::optional<Rollup> decode(const Figures& figures, QByteArrayView bytes);

    /// The same as part of other bytes, and with numbers that may be negative.
    void write(ByteWriter& writer) const;
    static Rollup read(const Figures& figures, ByteReader& reader);

    bool operator==(const Rollup&) const = default;

    /// The same, but for what adding up in another order makes of sums of durations.
    bool agrees(const Rollup& other) const
    {
        return m_all.agrees(other.m_all) && m_imported.agrees(other.m_imported) && m_users == other.m_users &&
               m_sessions == other.m_sessions;
    }

private:
    Part m_all;
    Part m_imported;
    DistinctSet m_users;
    DistinctSet m_sessions;
};

/// As few bytes; nothing from damaged ones.
QByteArray encode(const Figures& figures);
std::optional<Figures> decodeFigures(QByteArrayView bytes);

} // namespace prism::analytics
