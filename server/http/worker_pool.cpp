#include "server/http/worker_pool.h"

#include "server/io/epoll_dispatcher.h"
#include "shared/protocol/try.h"

namespace prism::http {

WorkerPool::WorkerPool(int workers, ConnectionQuota& quota, int spares, Budgets& budgets, AnswerBell& bell,
                       const Limits& limits, const HandlerFactory& makeHandler)
    : m_quota(quota)
{
    const auto sparesOfEach = std::size_t((spares + workers - 1) / workers);
    for (int i = 0; i < workers; ++i) {
        Lane lane{std::make_unique<QThread>(),
                  std::make_unique<Worker>(limits, budgets, bell, sparesOfEach, makeHandler)};
        lane.thread->setObjectName(QStringLiteral("http-%1").arg(i));
        Worker* worker = lane.worker.get();
        connect(worker, &Worker::drained, this, [this] {
            if (m_notDrained > 0 && --m_notDrained == 0)
                emit drained();
        });
        connect(&bell, &AnswerBell::rung, worker, &Worker::sendAnswers, Qt::DirectConnection);
        m_lanes.push_back(std::move(lane));
    }
}

WorkerPool::~WorkerPool()
{
    stop();
}

protocol::Result<void> WorkerPool::start()
{
    for (const Lane& lane : m_lanes) {
        if (!io::EpollDispatcher::start(*lane.thread, *lane.worker))
            return protocol::Failure(
                protocol::Error{protocol::ErrorCode::Unavailable,
                                QStringLiteral("No thread or no descriptor is left for requests.")});
        protocol::Result<void> started;
        QMetaObject::invokeMethod(
            lane.worker.get(), [&] { started = lane.worker->start(); }, Qt::BlockingQueuedConnection);
        PRISM_TRY(started);
    }
    return {};
}

void WorkerPool::adopt(io::Descriptor descriptor, int listener)
{
    ConnectionQuota::Ticket ticket = m_quota.take(descriptor.peer());
    adopt(std::move(descriptor), listener, std::move(ticket));
}

void WorkerPool::adopt(io::Descriptor descriptor, int listener, ConnectionQuota::Ticket ticket)
{
    Worker* worker = m_lanes[m_next++ % m_lanes.size()].worker.get();
    if (!ticket) {
        worker->adoptSpare(std::move(descriptor), listener);
        return;
    }
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), listener, ticket = std::move(ticket)]() mutable {
            worker->adopt(std::move(descriptor), listener, std::move(ticket));
        },
        Qt::QueuedConnection);
}

void WorkerPool::drain()
{
    m_notDrained = m_lanes.size();
    for (const Lane& lane : m_lanes) {
        Worker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->drain(); }, Qt::QueuedConnection);
    }
}

void WorkerPool::stop()
{
    for (const Lane& lane : m_lanes) {
        if (!lane.thread->isRunning())
            continue;
        Worker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->stop(); }, Qt::BlockingQueuedConnection);
        lane.thread->quit();
        lane.thread->wait();
    }
    m_lanes.clear();
}

} // namespace prism::http
