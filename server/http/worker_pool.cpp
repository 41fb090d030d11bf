#include "server/http/worker_pool.h"

#include "server/io/epoll_dispatcher.h"
#include "shared/protocol/try.h"

namespace prism::http {

WorkerPool::WorkerPool(int workers, ConnectionQuota& quota, Budgets& budgets, const AnswerBell& bell,
                       const Limits& limits, const HandlerFactory& makeHandler)
    : m_quota(quota)
{
    const auto sparesOfEach = std::size_t((quota.limits().spare + workers - 1) / workers);
    for (int i = 0; i < workers; ++i) {
        Lane lane{std::make_unique<QThread>(),
                  std::make_unique<Worker>(limits, budgets, sparesOfEach, makeHandler)};
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
            return protocol::Failure(protocol::Error{
                protocol::ErrorCode::Unavailable, QStringLiteral("No thread can be started for requests.")});
        protocol::Result<void> started;
        QMetaObject::invokeMethod(
            lane.worker.get(), [&] { started = lane.worker->start(); }, Qt::BlockingQueuedConnection);
        PRISM_TRY(started);
    }
    return {};
}

/// Where there is not even a spare place, the connection ends here.
void WorkerPool::adopt(io::Descriptor descriptor, int listener)
{
    ConnectionQuota::Place place = m_quota.take(descriptor.peer());
    if (!place.ticket)
        return;
    Worker* worker = m_lanes[m_next++ % m_lanes.size()].worker.get();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), listener, place = std::move(place)]() mutable {
            worker->adopt(std::move(descriptor), listener, std::move(place));
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
