#include "server/telemetry/session_stats.h"

namespace prism::telemetry {

void SessionFigures::merge(const SessionFigures& other)
{
    for (std::size_t kind = 0; kind < opened.size(); ++kind) {
        opened[kind] += other.opened[kind];
        closed[kind] += other.closed[kind];
    }
    deliveries += other.deliveries;
    deliveredBytes += other.deliveredBytes;
    unsentBytes += other.unsentBytes;
    slowCloses += other.slowCloses;
    floodCloses += other.floodCloses;
    completeResumes += other.completeResumes;
    incompleteResumes += other.incompleteResumes;
}

/// What was closed is read before what was opened, so that never more seem closed than were opened.
SessionFigures SessionStats::figures() const
{
    SessionFigures figures;
    for (std::size_t kind = 0; kind < m_closed.size(); ++kind) {
        figures.closed[kind] = m_closed[kind].value();
        figures.opened[kind] = m_opened[kind].value();
    }
    figures.deliveries = m_deliveries.value();
    figures.deliveredBytes = m_deliveredBytes.value();
    figures.unsentBytes = m_unsent.load(std::memory_order_relaxed);
    figures.slowCloses = m_slowCloses.value();
    figures.floodCloses = m_floodCloses.value();
    figures.completeResumes = m_completeResumes.value();
    figures.incompleteResumes = m_incompleteResumes.value();
    return figures;
}

} // namespace prism::telemetry
