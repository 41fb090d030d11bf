#include "tests/report/scripted_server.h"

#include <QTcpSocket>

#include <memory>

namespace prism::test {

ScriptedServer::ScriptedServer()
{
    m_listener.listen(QHostAddress::LocalHost);
    connect(&m_listener, &QTcpServer::newConnection, this, &ScriptedServer::onConnection);
}

QUrl ScriptedServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_listener.serverPort()));
}

QByteArray ScriptedServer::envelope(int status)
{
    const QByteArray meta =
        "\"meta\":{\"timestamp\":\"2026-02-07T22:30:00.000Z\",\"requestId\":\"r\",\"version\":\"v\"}}";
    const QByteArray body = status < 300
                                ? "{\"success\":true,\"data\":{}," + meta
                                : "{\"success\":false,\"error\":\"ERR_1001\",\"message\":\"No, thank you.\","
                                  "\"details\":[]," +
                                      meta;
    return "HTTP/1.1 " + QByteArray::number(status) +
           " Said\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

void ScriptedServer::onConnection()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        const auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, buffer] { onReadable(socket, *buffer); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void ScriptedServer::onReadable(QTcpSocket* socket, QByteArray& buffer)
{
    buffer += socket->readAll();
    for (qsizetype end = buffer.indexOf("\r\n\r\n"); end >= 0; end = buffer.indexOf("\r\n\r\n")) {
        QList<QByteArray> lines = buffer.first(end).replace("\r\n", "\n").split('\n');
        Request request;
        request.path = lines.takeFirst().split(' ').value(1);
        for (const QByteArray& line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        request.body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        requests.append(request);
        if (answer)
            socket->write(answer(request));
    }
}

} // namespace prism::test
