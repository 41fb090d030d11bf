#pragma once

#include "server/telemetry/counter.h"

#include <array>

namespace prism::telemetry {

/// How a session is connected.
enum class SessionKind { WebSocket, Stream };

/// What sessions did, see SessionStats.
struct SessionFigures
{
    std::array<quint64, 2> opened{}; ///< by SessionKind
    std::array<quint64, 2> closed{};
    quint64 deliveries = 0;
    quint64 deliveredBytes = 0;
    quint64 unsentBytes = 0;
    quint64 slowCloses = 0;
    quint64 floodCloses = 0;
    quint64 completeResumes = 0;
    quint64 incompleteResumes = 0;

    quint64 open(SessionKind kind) const { return opened[std::size_t(kind)] - closed[std::size_t(kind)]; }
    quint64 open() const { return open(SessionKind::WebSocket) + open(SessionKind::Stream); }
    void merge(const SessionFigures& other);
};

/// Counts for the sessions of one worker. One thread counts, any thread reads.
class SessionStats
{
public:
    void countOpened(SessionKind kind) { m_opened[std::size_t(kind)].add(); }
    void countClosed(SessionKind kind) { m_closed[std::size_t(kind)].add(); }

    /// Events were written to one session.
    void countDeliveries(quint64 events, qint64 bytes)
    {
        m_deliveries.add(events);
        m_deliveredBytes.add(quint64(bytes));
    }
    void countSlowClose() { m_slowCloses.add(); }
    void countFloodClose() { m_floodCloses.add(); }
    void countResume(bool complete) { (complete ? m_completeResumes : m_incompleteResumes).add(); }

    /// What waits for all sessions of the worker, in bytes.
    void setUnsent(qint64 bytes) { m_unsent.store(quint64(bytes), std::memory_order_relaxed); }

    SessionFigures figures() const;

private:
    std::array<Counter, 2> m_opened;
    std::array<Counter, 2> m_closed;
    Counter m_deliveries;
    Counter m_deliveredBytes;
    Counter m_slowCloses;
    Counter m_floodCloses;
    Counter m_completeResumes;
    Counter m_incompleteResumes;
    std::atomic<quint64> m_unsent{0};
};

} // namespace prism::telemetry
