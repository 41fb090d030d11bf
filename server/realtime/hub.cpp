#include "server/realtime/hub.h"

#include "server/io/epoll_dispatcher.h"
#include "shared/protocol/try.h"

namespace prism::realtime {

Hub::Hub(int workers, const QString& epoch, const Publisher& publisher, const Settings& settings,
         const EventSourceFactory& makeSource, const UpdateSourceFactory& makeUpdates, io::ByteBudget& unsent)
    : m_views(makeUpdates, settings.views, [this](const UpdatePtr& update) {
        m_sessions->show(update); // nobody looks before the sessions are there
    })
{
    std::vector<SessionWorker*> all;
    for (int i = 0; i < workers; ++i) {
        Lane lane{std::make_unique<QThread>(),
                  std::make_unique<SessionWorker>(publisher.backlog(), epoch, settings, makeSource, m_views,
                                                  unsent)};
        lane.thread->setObjectName(QStringLiteral("session-%1").arg(i));
        SessionWorker* worker = lane.worker.get();
        connect(worker, &SessionWorker::drained, this, [this] {
            if (m_notDrained > 0 && --m_notDrained == 0)
                emit drained();
        });
        connect(&publisher, &Publisher::published, worker, &SessionWorker::wake, Qt::DirectConnection);
        all.push_back(worker);
        m_lanes.push_back(std::move(lane));
    }
    m_sessions = std::make_unique<Sessions>(std::move(all));
    connect(
        &publisher, &Publisher::published, this, [this] { m_views.changed(); }, Qt::DirectConnection);
}

Hub::~Hub()
{
    stop();
}

protocol::Result<void> Hub::start()
{
    for (const Lane& lane : m_lanes) {
        if (!io::EpollDispatcher::start(*lane.thread, *lane.worker))
            return protocol::Failure(
                protocol::Error{protocol::ErrorCode::Unavailable,
                                QStringLiteral("No thread or no descriptor is left for sessions.")});
        protocol::Result<void> started;
        QMetaObject::invokeMethod(
            lane.worker.get(), [&] { started = lane.worker->start(); }, Qt::BlockingQueuedConnection);
        PRISM_TRY(started);
    }
    return {};
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
    m_views.stop();
    for (const Lane& lane : m_lanes) {
        if (!lane.thread->isRunning())
            continue;
        SessionWorker* worker = lane.worker.get();
        QMetaObject::invokeMethod(
            worker, [worker] { worker->stop(); }, Qt::BlockingQueuedConnection);
        lane.thread->quit();
        lane.thread->wait();
    }
    m_lanes.clear();
}

} // namespace prism::realtime
