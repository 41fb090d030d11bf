#include "server/realtime/sessions.h"

namespace prism::realtime {

void Sessions::adoptWebSocket(io::Descriptor descriptor, const UpgradeRequest& request, const Guest& guest)
{
    SessionWorker* worker = nextWorker();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), request, guest]() mutable {
            worker->adoptWebSocket(std::move(descriptor), request, guest);
        },
        Qt::QueuedConnection);
}

void Sessions::adoptStream(io::Descriptor descriptor, const StreamRequest& request, const Guest& guest)
{
    SessionWorker* worker = nextWorker();
    QMetaObject::invokeMethod(
        worker,
        [worker, descriptor = std::move(descriptor), request, guest]() mutable {
            worker->adoptStream(std::move(descriptor), request, guest);
        },
        Qt::QueuedConnection);
}

void Sessions::show(const UpdatePtr& update)
{
    for (SessionWorker* worker : m_workers)
        QMetaObject::invokeMethod(
            worker, [worker, update] { worker->show(update); }, Qt::QueuedConnection);
}

telemetry::SessionFigures Sessions::figures() const
{
    telemetry::SessionFigures figures;
    for (const SessionWorker* worker : m_workers)
        figures.merge(worker->figures());
    return figures;
}

} // namespace prism::realtime
