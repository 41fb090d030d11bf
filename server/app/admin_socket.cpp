#include "server/app/admin_socket.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr qsizetype mostClients = 8;
constexpr qint64 longestLine = 16 * 1024;
constexpr std::chrono::milliseconds patience{10'000};

/// By what the kernel knows of the process at the other end.
bool isOfOwnUser(const QLocalSocket& socket)
{
    ucred peer{};
    socklen_t size = sizeof(peer);
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
}

bool isListenedTo(const QString& path)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    return socket.waitForConnected(int(patience.count()));
}

} // namespace

AdminSocket::AdminSocket(const QString& path, CarryOut carryOut, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_carryOut(std::move(carryOut))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &AdminSocket::accept);
}

QString AdminSocket::pathIn(const QString& dataFolder)
{
    return QDir(dataFolder).absoluteFilePath(QStringLiteral("admin.sock"));
}

Result<void> AdminSocket::listen()
{
    if (QFile::exists(m_path)) {
        if (isListenedTo(m_path))
            return Failure(
                Error{ErrorCode::Unavailable, QStringLiteral("Another server listens at %1.").arg(m_path)});
        QLocalServer::removeServer(m_path);
    }
    if (m_server.listen(m_path) &&
        QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return {};
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("Cannot listen at %1: %2.").arg(m_path, m_server.errorString())});
}

void AdminSocket::accept()
{
    while (QLocalSocket* const client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QLocalSocket::deleteLater);
        if (m_clients.size() >= mostClients || !isOfOwnUser(*client)) {
            client->abort();
            continue;
        }
        const quint64 number = ++m_lastNumber;
        m_clients.insert(number, client);
        client->setReadBufferSize(longestLine);
        connect(client, &QLocalSocket::disconnected, this, [this, number] { m_clients.remove(number); });
        connect(client, &QLocalSocket::readyRead, this, [this, number] { read(number); });
        QTimer::singleShot(patience, client, &QLocalSocket::abort);
        read(number);
    }
}

void AdminSocket::read(quint64 number)
{
    QLocalSocket* const client = m_clients.value(number);
    if (!client)
        return;
    if (client->canReadLine()) {
        const QByteArray line = client->readLine();
        disconnect(client, &QLocalSocket::readyRead, this, nullptr);
        m_carryOut(line, [this, number](const QByteArray& envelope) {
            QMetaObject::invokeMethod(this, [this, number, envelope] { finish(number, envelope); });
        });
    } else if (client->bytesAvailable() >= longestLine) {
        client->abort();
    }
}

void AdminSocket::finish(quint64 number, const QByteArray& envelope)
{
    if (QLocalSocket* const client = m_clients.value(number)) {
        client->write(envelope + '\n');
        client->disconnectFromServer();
    }
}

Result<QByteArray> AdminSocket::ask(const QString& path, const QByteArray& line)
{
    QLocalSocket socket;
    const int wait = int(patience.count());
    socket.connectToServer(path);
    if (socket.waitForConnected(wait)) {
        socket.write(line + '\n');
        while (!socket.canReadLine() && socket.waitForReadyRead(wait)) {
        }
        if (socket.canReadLine())
            return socket.readLine();
    }
    return Failure(
        Error{ErrorCode::Unavailable,
              QStringLiteral("The server does not answer at %1: %2.").arg(path, socket.errorString())});
}

} // namespace prism::app
