#pragma once

#include "server/reports/notes.h"
#include "server/reports/report.h"

#include <array>

namespace prism::reports {

/// How many characters of a message are kept: to read no more of one than that.
inline constexpr qsizetype messageLength = 2000;

/// Collects what one run found, in memory that does not grow with how much that is: texts are cut to the
/// lengths that a check may have, and of more violations than a check may have the gravest are kept.
class Findings
{
public:
    /// `fallbackId` is the principle of what has none.
    Findings(Notes& notes, const QString& fallbackId)
        : m_notes(notes)
        , m_fallbackId(fallbackId)
    {
    }

    void add(protocol::Violation violation);

    /// Whether one of this severity that is added now is kept, and not only counted: what takes long to make
    /// need be made for no other.
    bool wouldKeep(const protocol::Violation& violation) const;

    bool areEmpty() const { return m_counts.all() == 0; }

    /// What was found so far.
    struct Mark
    {
        protocol::ViolationCounts counts;
        qsizetype blocks = 0; ///< of them that are kept
    };

    Mark mark() const { return {m_counts, qsizetype(m_kept.front().size())}; }

    /// Forgets what was added since the mark, which was nothing but violations of severity BLOCK.
    void returnTo(const Mark& mark);

    /// What was found, as a run whose status follows from what counts. To be called once.
    Run take(const QString& gate, std::optional<double> duration = {});

private:
    struct Found
    {
        qint64 place = 0; ///< in the order of the file
        protocol::Violation violation;
    };

    QString cut(const QString& text, qsizetype length);
    std::size_t leastKept() const;

    Notes& m_notes;
    const QString m_fallbackId;
    protocol::ViolationCounts m_counts;
    std::array<std::vector<Found>, 4> m_kept; ///< the gravest kind first, false positives last
    qsizetype m_keptCount = 0;
};

} // namespace prism::reports
