#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace prism::desktop {

/// Sees to it that a person has one window of a profile: the first holds a lock and listens on a socket that
/// only that person can reach; a later one asks it to come to the front. Both lie in a folder that is the
/// person's own. What a crash left behind is in nobody's way. Lives on the GUI thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum class Role {
        First, ///< this one is to open its window
        Later, ///< the first one has been asked to show its own
        Stuck, ///< there is another one, which does not answer
    };

    /// `folder` exists; `key` tells the profiles apart.
    SingleInstance(const QString& folder, const QString& key, QObject* parent = nullptr);

    /// Once. Waits up to `patience` for the first one to answer.
    Role claim(std::chrono::milliseconds patience = std::chrono::seconds(5));

signals:
    /// Somebody has started the program once more.
    void activationRequested();

private:
    bool listen();
    bool askFirst(std::chrono::milliseconds patience) const;
    void onConnection();

    const QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace prism::desktop
