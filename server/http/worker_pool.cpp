#include "server/http/worker_pool.h"

#include "server/io/epoll_dispatcher.h"

namespace prism::http {

WorkerPool::WorkerPool(int workers, ConnectionQuota& quota, const AnswerBell& bell, const Limits& limits,
                       const HandlerFactory& makeHandler)
    : m_quota(quota)
{
    for (int i = 0; i < workers; ++i) {
        Lane lane{std::make_unique<QThread>(), std::make_unique<Worker>(limits, makeHandler)};
        lane.thread->setObjectName(QStringLiteral("http-%1").arg(i));
        lane.thread->setEventDispatcher(new io::EpollDispatcher);
        lane.worker->moveToThread(lane.thread.get());
        Worker* worker = lane.worker.get();
        connect(lane.thread.get(), &QThread::started, worker, [worker] { worker->start(); });
        connect(worker, &Worker::drained, this, [this] {
            if (m_notDrained > 0 && --m_notDrained == 0)
                emit drained();
        });
        connect(&bell, &AnswerBell::rung, worker, &Worker::sendAnswers, Qt::DirectConnection);
        lane.thread->start();
        m_lanes.push_back(std::move(lane));
    }
}

WorkerPool::~WorkerPool()
{
    stop();
}

void WorkerPool::adopt(io::Descriptor descriptor, int listener)
{
    Worker* worker = m_lanes[m_next++ % m_lanes.size()].worker.get();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), listener, ticket = m_quota.take()]() mutable {
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
        Worker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->stop(); }, Qt::BlockingQueuedConnection);
        lane.thread->quit();
        lane.thread->wait();
    }
    m_lanes.clear();
}

} // namespace prism::http
