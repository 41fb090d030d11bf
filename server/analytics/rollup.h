#pragma once

#include "server/analytics/distinct_set.h"
#include "server/analytics/duration_histogram.h"
#include "server/analytics/figures.h"

#include <map>

namespace prism::analytics {

/// Violations of one principle that are not marked false positive.
struct PrincipleCount
{
    QString id;
    QString name; ///< empty when no violation gave one
    qint64 count = 0;

    bool operator==(const PrincipleCount&) const = default;
};

/// All that is kept of the checks and retrospectives of a span of time, whatever their number: rollups of
/// parts merge to the rollup of the whole. A plain value; the empty one is of nothing.
class Rollup
{
public:
    /// Counts, and how long the checks took.
    struct Part
    {
        Figures figures;
        DurationHistogram durations;

        bool operator==(const Part&) const = default;
    };

    /// More principles than these are counted in the sums, and not one by one.
    static constexpr std::size_t mostPrinciples = 2'000;

    /// `imported` says that it was brought in from elsewhere afterwards.
    void add(const protocol::Check& check, bool imported);
    void add(const protocol::Retro& retro, bool imported);

    /// A check that is counted got other marks on its violations. All else is the same in both.
    void remark(const protocol::Check& before, const protocol::Check& after, bool imported);

    void merge(const Rollup& other);

    const Part& all() const { return m_all; }
    const Part& imported() const { return m_imported; }

    /// What was not imported.
    Part live() const;

    const DistinctSet& users() const { return m_users; }
    const DistinctSet& sessions() const { return m_sessions; }

    /// Most first, ties by id, `limit` at most; none with a count of 0. Of several names of one principle the
    /// greatest.
    std::vector<PrincipleCount> topPrinciples(std::size_t limit) const;

    bool isEmpty() const { return m_all.figures.checks == 0 && m_all.figures.retros == 0; }

    /// About how much memory it takes.
    std::size_t bytes() const;

    /// Without its figures, which are stored beside it: they alone are often enough.
    QByteArray encode() const;

    /// Nothing when the bytes are damaged, of a later version, or belong to other figures.
    static std::optional<Rollup> decode(const Figures& figures, QByteArrayView bytes);

    bool operator==(const Rollup&) const = default;

private:
    struct Principle
    {
        QString name;
        qint64 count = 0;

        bool operator==(const Principle&) const = default;
    };

    void countPrinciples(const protocol::Check& check, int sign);
    Principle* principle(const QString& id);
    void writePrinciples(ByteWriter& writer) const;
    void readPrinciples(ByteReader& reader);

    Part m_all;
    Part m_imported;
    std::map<QString, Principle> m_principles;
    DistinctSet m_users;
    DistinctSet m_sessions;
};

/// As few bytes; nothing from damaged ones.
QByteArray encode(const Figures& figures);
std::optional<Figures> decodeFigures(QByteArrayView bytes);

} // namespace prism::analytics
