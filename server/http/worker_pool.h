#pragma once

#include "server/http/worker.h"

#include <QThread>

#include <vector>

namespace prism::http {

/// The HTTP workers and their threads. Lives on the main thread; hands each connection to the next worker.
class WorkerPool : public QObject
{
    Q_OBJECT

public:
    WorkerPool(int workers, int maxConnections, const Limits& limits, const HandlerFactory& makeHandler,
               QObject* parent);
    ~WorkerPool() override;

    /// Hands an accepted descriptor to a worker. `listener` is what the requests will say in
    /// Request::listener.
    void adopt(qintptr descriptor, int listener);

    /// Has the workers send what was answered on the thread that calls this.
    void sendAnswers();

    /// The connections that are open, those that were handed over included. From any thread.
    int openConnections() const { return m_quota.taken(); }

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

    ConnectionQuota m_quota;
    std::vector<Lane> m_lanes;
    std::size_t m_next = 0;
    std::size_t m_notDrained = 0;
};

} // namespace prism::http
