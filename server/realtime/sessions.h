#pragma once

#include "server/realtime/session_worker.h"

#include <atomic>
#include <vector>

namespace prism::realtime {

/// The sessions of all workers, as other threads see them: gives each new one to the next worker, and adds up
/// what they do. The workers are borrowed from the hub. Used from any thread, until the hub stops.
class Sessions
{
public:
    explicit Sessions(std::vector<SessionWorker*> workers)
        : m_workers(std::move(workers))
    {
    }

    /// Takes over a connection that asks for a WebSocket.
    void adoptWebSocket(io::Descriptor descriptor, const UpgradeRequest& request, const Guest& guest);

    /// Takes over a connection whose request, for a stream of events, was read.
    void adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Guest& guest);

    /// Offers what is new to every session that looks at it.
    void show(const UpdatePtr& update);

    telemetry::SessionFigures figures() const;

private:
    SessionWorker* nextWorker() { return m_workers[m_next++ % m_workers.size()]; }

    const std::vector<SessionWorker*> m_workers;
    std::atomic<std::size_t> m_next{0};
};

} // namespace prism::realtime
