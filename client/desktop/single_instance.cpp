#include "client/desktop/single_instance.h"

#include <QCoreApplication>
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
    // One that is about to end shows nothing any more: who comes now waits for the lock.
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &m_server, &QLocalServer::close);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

SingleInstance::Role SingleInstance::claim(const Activation& wanted, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    QLocalSocket first;
    while (!take()) {
        if (askFirst(first, wanted))
            return Role::Later;
        if (deadline.hasExpired())
            return Role::Stuck;
    }
    return Role::First;
}

/// Whether there is nobody else, any more.
bool SingleInstance::take()
{
    // Without a folder to write to there is no telling, and a second window is better than none.
    if (!m_lock.tryLock(0) && m_lock.error() == QLockFile::LockFailedError)
        return false;
    QLocalServer::removeServer(m_socket); // of one that crashed: the lock is ours
    m_server.listen(m_socket);
    return true;
}

/// Whether it has answered. It may hold the lock and not listen yet, or not any more, or be busy.
bool SingleInstance::askFirst(QLocalSocket& first, const Activation& wanted) const
{
    constexpr int turn = 50; // ms
    if (first.state() == QLocalSocket::UnconnectedState) {
        first.connectToServer(m_socket);
        if (!first.waitForConnected(turn)) {
            first.abort();
            QThread::msleep(turn);
            return false;
        }
        first.write(wanted.toMessage());
    }
    if (first.waitForReadyRead(turn))
        return first.readAll() == answer;
    if (first.state() == QLocalSocket::UnconnectedState)
        QThread::msleep(turn);
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
