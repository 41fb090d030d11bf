#pragma once

#include "server/http/answer_bell.h"
#include "server/http/worker.h"

#include <QThread>

#include <vector>

namespace prism::http {

/// The HTTP workers and their threads: hands each connection to the next worker. Lives on the main thread,
/// and is called on no other.
class WorkerPool : public QObject
{
    Q_OBJECT

public:
    /// `quota`, `budgets` and `bell`, at whose ring the workers send what was answered on other threads, are
    /// borrowed.
    /// Beside those with a ticket, `spares` connections are served.
    WorkerPool(int workers, ConnectionQuota& quota, int spares, Budgets& budgets, AnswerBell& bell,
               const Limits& limits, const HandlerFactory& makeHandler);
    ~WorkerPool() override;

    /// Starts the threads and waits until each of them has its handler; on an error the pool is of no use.
    protocol::Result<void> start();

    /// Hands an accepted connection to a worker. `listener` is what the requests will say in
    /// Request::listener.
    void adopt(io::Descriptor descriptor, int listener);

    /// The same of one whose ticket was asked for before; without one it is a spare.
    void adopt(io::Descriptor descriptor, int listener, ConnectionQuota::Ticket ticket);

    /// Lets the requests in flight finish; drained() follows.
    void drain();

    /// Ends every connection and joins the threads.
    void stop();

signals:
    void drained();

private:
    struct Lane
    {
        std::unique_ptr<QThread> thread;
        std::unique_ptr<Worker> worker;
    };

    ConnectionQuota& m_quota;
    std::vector<Lane> m_lanes;
    std::size_t m_next = 0;
    std::size_t m_notDrained = 0;
};

} // namespace prism::http
