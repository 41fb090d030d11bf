#include "client/desktop/single_instance.h"

#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

namespace prism::desktop {

namespace {

constexpr const char* answer = "shown\n";
constexpr std::chrono::seconds longestSilence(5);

} // namespace

SingleInstance::SingleInstance(const QString& folder, const QString& key, QObject* parent)
    : QObject(parent)
    , m_socket(folder + QStringLiteral("/prism-dashboard-") + key)
    , m_lock(m_socket + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(0); // it is held for weeks; only a process that is gone makes it stale
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

SingleInstance::Role SingleInstance::claim(const Activation& wanted, std::chrono::milliseconds patience)
{
    // Without a folder to write to there is no telling, and a second window is better than none.
    if (m_lock.tryLock(0) || m_lock.error() != QLockFile::LockFailedError) {
        listen();
        return Role::First;
    }
    return askFirst(wanted, patience) ? Role::Later : Role::Stuck;
}

bool SingleInstance::listen()
{
    QLocalServer::removeServer(m_socket); // of one that crashed: the lock is ours
    return m_server.listen(m_socket);
}

bool SingleInstance::askFirst(const Activation& wanted, std::chrono::milliseconds patience) const
{
    const QDeadlineTimer deadline(patience);
    const auto left = [&] { return static_cast<int>(deadline.remainingTime()); };
    constexpr int betweenTries = 50;
    while (!deadline.hasExpired()) {
        QLocalSocket socket;
        socket.connectToServer(m_socket);
        if (!socket.waitForConnected(left())) {
            QThread::msleep(betweenTries); // it holds the lock and does not listen yet
            continue;
        }
        socket.write(wanted.toMessage());
        return socket.waitForReadyRead(left()) && socket.readAll() == answer;
    }
    return false;
}

void SingleInstance::onConnection()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(*socket); });
        QTimer::singleShot(longestSilence, socket, &QLocalSocket::abort);
        socket->setReadBufferSize(Activation::longest);
        read(*socket);
    }
}

void SingleInstance::read(QLocalSocket& socket)
{
    if (!socket.canReadLine() && socket.bytesAvailable() < Activation::longest)
        return; // there is more to come
    const std::optional<Activation> wanted =
        Activation::fromMessage(socket.readLine(Activation::longest + 1));
    socket.disconnect(this);
    if (!wanted)
        return socket.abort(); // nobody of ours
    socket.write(answer);
    socket.disconnectFromServer();
    emit activationRequested(*wanted);
}

} // namespace prism::desktop
