#include "server/realtime/hub.h"

#include "server/io/epoll_dispatcher.h"

namespace prism::realtime {

Hub::Hub(int workers, const QString& epoch, protocol::Seq head, std::size_t maxFrames, qint64 maxBytes,
         const Settings& settings, const EventSourceFactory& makeSource, QObject* parent,
         const DashboardSourceFactory& makeDashboards)
    : QObject(parent)
    , m_backlog(head, maxFrames, maxBytes)
    , m_dashboards(
          makeDashboards, settings.dashboardInterval,
          [this](protocol::Period period, const DashboardPtr& dashboard) { show(period, dashboard); })
    , m_announced(head)
{
    for (int i = 0; i < workers; ++i) {
        Lane lane{std::make_unique<QThread>(),
                  std::make_unique<SessionWorker>(m_backlog, epoch, settings, makeSource, m_dashboards)};
        lane.thread->setObjectName(QStringLiteral("session-%1").arg(i));
        lane.thread->setEventDispatcher(new io::EpollDispatcher);
        lane.worker->moveToThread(lane.thread.get());
        SessionWorker* worker = lane.worker.get();
        connect(lane.thread.get(), &QThread::started, worker, [worker] { worker->start(); });
        connect(worker, &SessionWorker::drained, this, [this] {
            if (m_notDrained > 0 && --m_notDrained == 0)
                emit drained();
        });
        lane.thread->start();
        m_lanes.push_back(std::move(lane));
    }
}

Hub::~Hub()
{
    stop();
}

void Hub::publish(const std::vector<FramePtr>& frames)
{
    m_backlog.append(frames);
}

void Hub::wake()
{
    if (std::exchange(m_announced, m_backlog.head()) == m_backlog.head())
        return;
    for (const Lane& lane : m_lanes)
        lane.worker->wake();
    m_dashboards.changed();
    emit published();
}

/// Nobody looks before every worker is there, nor is anything shown after stop().
void Hub::show(protocol::Period period, const DashboardPtr& dashboard)
{
    for (const Lane& lane : m_lanes) {
        SessionWorker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker, period, dashboard] { worker->show(period, dashboard); }, Qt::QueuedConnection);
    }
}

telemetry::SessionFigures Hub::figures() const
{
    telemetry::SessionFigures figures;
    for (const Lane& lane : m_lanes)
        figures.merge(lane.worker->figures());
    return figures;
}

void Hub::adoptWebSocket(io::Descriptor descriptor, const QByteArray& received, const Ticket& ticket)
{
    SessionWorker* worker = &nextWorker();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), received, ticket]() mutable {
            worker->adoptWebSocket(std::move(descriptor), received, ticket);
        },
        Qt::QueuedConnection);
}

void Hub::adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Ticket& ticket)
{
    SessionWorker* worker = &nextWorker();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), request, ticket]() mutable {
            worker->adoptStream(std::move(descriptor), request, ticket);
        },
        Qt::QueuedConnection);
}

void Hub::drain()
{
    m_notDrained = m_lanes.size();
    for (const Lane& lane : m_lanes) {
        SessionWorker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->drain(); }, Qt::QueuedConnection);
    }
}

void Hub::stop()
{
    m_dashboards.stop();
    for (const Lane& lane : m_lanes) {
        SessionWorker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->stop(); }, Qt::BlockingQueuedConnection);
        lane.thread->quit();
        lane.thread->wait();
    }
    m_lanes.clear();
}

} // namespace prism::realtime
