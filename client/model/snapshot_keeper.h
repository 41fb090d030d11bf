#pragma once

#include "client/model/snapshot.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>

namespace prism::model {

class Workspace;

/// Keeps what a workspace shows in a file: gives it to the workspace at the start, and writes it every now
/// and then and at the end. Writing happens on a thread of its own, except at the end. Borrows the workspace.
/// Lives on the GUI thread.
class SnapshotKeeper : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 largestFile = 8 * 1024 * 1024; ///< anything larger is not ours

    SnapshotKeeper(const QString& file, Workspace& workspace,
                   std::chrono::milliseconds interval = std::chrono::minutes(1), QObject* parent = nullptr);

    /// Lets the workspace show what the file holds of the workspace's server. False when there is nothing of
    /// use in it. Before the workspace is started.
    bool restore();

    /// Writes now, and returns when it is done: the program or the desktop's session ends.
    void save();

private:
    void saveLater();

    const QString m_file;
    Workspace& m_workspace;
    QTimer m_timer;
    QThreadPool m_writer;
};

} // namespace prism::model
