#include "client/model/snapshot_keeper.h"

#include "client/model/private_file.h"
#include "client/model/workspace.h"

#include <QFile>

namespace prism::model {

SnapshotKeeper::SnapshotKeeper(const QString& file, Workspace& workspace, std::chrono::milliseconds interval,
                               QObject* parent)
    : QObject(parent)
    , m_file(file)
    , m_workspace(workspace)
{
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &SnapshotKeeper::saveLater);
    // A timer that runs already is left to run, so that it ends however much happens.
    connect(&workspace.dashboard(), &DashboardModel::changed, &m_timer, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

bool SnapshotKeeper::restore()
{
    QFile file(m_file);
    if (file.size() > largestFile || !file.open(QIODevice::ReadOnly))
        return false;
    const std::optional<Snapshot> snapshot = Snapshot::fromEncoded(file.readAll());
    if (!snapshot || snapshot->server != m_workspace.server())
        return false;
    m_workspace.restore(*snapshot);
    return true;
}

void SnapshotKeeper::save()
{
    m_timer.stop();
    m_writer.waitForDone();
    if (const std::optional<Snapshot> snapshot = m_workspace.snapshot())
        writePrivateFile(m_file, snapshot->encoded());
}

void SnapshotKeeper::saveLater()
{
    const std::optional<Snapshot> snapshot = m_workspace.snapshot();
    if (!snapshot)
        return;
    m_writer.start([file = m_file, taken = *snapshot] { writePrivateFile(file, taken.encoded()); });
}

} // namespace prism::model
