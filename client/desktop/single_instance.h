#pragma once

#include "client/desktop/activation.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

class QLocalSocket;

namespace prism::desktop {

/// Sees to it that a person has one window of a profile: the first holds a lock and listens on a socket that
/// only that person can reach; a later one asks it to come to the front and show what it was
/// started for. Both lie in a folder that is the person's own. What a crash left behind is in nobody's way.
/// Lives on the GUI thread.
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

    /// Once. The first one is told what is `wanted`, and has up to `patience` to answer, or to end, when it
    /// is about to.
    Role claim(const Activation& wanted = {}, std::chrono::milliseconds patience = std::chrono::seconds(10));

signals:
    /// Somebody has started the program once more.
    void activationRequested(const prism::desktop::Activation& wanted);

private:
    bool take();
    bool askFirst(QLocalSocket& first, const Activation& wanted) const;
    void onConnection();
    void read(QLocalSocket& socket);

    const QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace prism::desktop
