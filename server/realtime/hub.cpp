#include "server/realtime/hub.h"

#include "server/io/epoll_dispatcher.h"

namespace prism::realtime {

Hub::Hub(int workers, const QString& epoch, const Publisher& publisher, const Settings& settings,
         const EventSourceFactory& makeSource, const DashboardSourceFactory& makeDashboards)
    : m_dashboards(makeDashboards, settings.dashboardInterval,
                   [this](protocol::Period period, const DashboardPtr& dashboard) {
                       m_sessions->show(period, dashboard); // nobody looks before the sessions are there
                   })
{
    std::vector<SessionWorker*> all;
    for (int i = 0; i < workers; ++i) {
        Lane lane{
            std::make_unique<QThread>(),
            std::make_unique<SessionWorker>(publisher.backlog(), epoch, settings, makeSource, m_dashboards)};
        lane.thread->setObjectName(QStringLiteral("session-%1").arg(i));
        lane.thread->setEventDispatcher(new io::EpollDispatcher);
        lane.worker->moveToThread(lane.thread.get());
        SessionWorker* worker = lane.worker.get();
        connect(lane.thread.get(), &QThread::started, worker, [worker] { worker->start(); });
        connect(worker, &SessionWorker::drained, this, [this] {
            if (m_notDrained > 0 && --m_notDrained == 0)
                emit drained();
        });
        connect(&publisher, &Publisher::published, worker, &SessionWorker::wake, Qt::DirectConnection);
        lane.thread->start();
        all.push_back(worker);
        m_lanes.push_back(std::move(lane));
    }
    m_sessions = std::make_unique<Sessions>(std::move(all));
    connect(
        &publisher, &Publisher::published, this, [this] { m_dashboards.changed(); }, Qt::DirectConnection);
}

Hub::~Hub()
{
    stop();
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
