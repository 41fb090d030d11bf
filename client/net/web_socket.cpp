#include "client/net/web_socket.h"

#include "client/net/trust.h"
#include "client/net/upgrade_answer.h"

#include <QRandomGenerator>
#include <QSslCertificate>
#include <QSslSocket>

#include <array>
#include <utility>

namespace prism::net {

using protocol::Opcode;
using protocol::WebSocketMessage;
using protocol::WebSocketReader;
namespace close_code = protocol::close_code;

namespace {

constexpr qint64 receivedAtATime = 64LL * 1024;
constexpr qsizetype longestHead = 16LL * 1024;

bool isSecure(const QUrl& url)
{
    return url.scheme() == QLatin1String("wss");
}

QByteArray randomKey()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toBase64();
}

QByteArray hostOf(const QUrl& url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    return url.port() < 0 ? host : host + ':' + QByteArray::number(url.port());
}

} // namespace

WebSocket::WebSocket(qint64 messageBytes, QObject* parent)
    : QObject(parent)
    , m_reader(WebSocketReader::Peer::Server, messageBytes)
{
}

void WebSocket::open(const QUrl& url, const QByteArray& authorization)
{
    m_url = url;
    m_authorization = authorization;
    constexpr int http = 80;
    constexpr int https = 443;
    if (isSecure(url)) {
        auto* const socket = new QSslSocket(this);
        m_socket = socket;
        secure(socket);
    } else {
        m_socket = new QTcpSocket(this);
        connect(m_socket, &QTcpSocket::connected, this, &WebSocket::askForUpgrade);
    }
    m_socket->setReadBufferSize(receivedAtATime);
    connect(m_socket, &QTcpSocket::readyRead, this, &WebSocket::receive);
    connect(m_socket, &QTcpSocket::disconnected, this, &WebSocket::end);
    connect(m_socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_reason.isEmpty())
            m_reason = m_socket->errorString();
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            end();
    });
    const auto port = quint16(url.port(isSecure(url) ? https : http));
    if (auto* const secure = qobject_cast<QSslSocket*>(m_socket))
        secure->connectToHostEncrypted(url.host(), port);
    else
        m_socket->connectToHost(url.host(), port);
}

/// Who asks is told to nobody before the certificate is looked at.
void WebSocket::secure(QSslSocket* socket)
{
    connect(socket, &QSslSocket::sslErrors, this, [this, socket] {
        if (m_trust && m_trust->accepts(socket->peerCertificate(), false))
            socket->ignoreSslErrors();
    });
    connect(socket, &QSslSocket::encrypted, this, [this, socket] {
        if (!m_trust || m_trust->accepts(socket->peerCertificate(), true))
            askForUpgrade();
        else
            fail(QStringLiteral("the certificate is another one"));
    });
}

void WebSocket::askForUpgrade()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_key = randomKey();
    m_state = State::Upgrading;
    const QUrl target = m_url.adjusted(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    const QByteArray path = target.toEncoded();
    m_socket->write(
        "GET " + (path.startsWith('/') ? path : '/' + path) + " HTTP/1.1\r\nHost: " + hostOf(m_url) +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: " +
        m_key + "\r\n" +
        (m_authorization.isEmpty() ? QByteArray() : "Authorization: " + m_authorization + "\r\n") + "\r\n");
}

void WebSocket::receive()
{
    while (!m_isPaused && m_state != State::Closed && m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->read(receivedAtATime);
        if (m_state == State::Upgrading) {
            m_head += bytes;
            readHead();
        } else if (m_state == State::Open) {
            read(bytes);
        }
    }
}

void WebSocket::readHead()
{
    constexpr QByteArrayView endOfHead("\r\n\r\n");
    const qsizetype end = m_head.indexOf(endOfHead);
    if (end < 0 && m_head.size() <= longestHead)
        return;
    const QByteArray head = std::exchange(m_head, {});
    if (const QString problem = upgradeProblem(head.first(std::max<qsizetype>(end, 0)), m_key);
        !problem.isEmpty())
        return fail(problem);
    m_state = State::Open;
    emit opened();
    read(QByteArrayView(head).sliced(end + endOfHead.size()));
}

void WebSocket::read(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_state == State::Open) {
        switch (m_reader.read(bytes)) {
        case WebSocketReader::Step::Message:
            takeIn(m_reader.takeMessage());
            break;
        case WebSocketReader::Step::Fault:
            m_reason = m_reader.fault().reason;
            sayGoodbye(m_reader.fault().code, m_reason);
            break;
        case WebSocketReader::Step::Frame:
        case WebSocketReader::Step::NeedsMore:
            break;
        }
    }
}

void WebSocket::takeIn(const WebSocketMessage& message)
{
    switch (message.opcode) {
    case Opcode::Text:
        emit textReceived(message.payload);
        break;
    case Opcode::Ping:
        send(Opcode::Pong, message.payload);
        break;
    case Opcode::Close:
        m_closeCode = message.closeCode();
        m_reason = QStringLiteral("the server closed with %1 %2").arg(m_closeCode).arg(message.closeReason());
        sayGoodbye(m_closeCode == close_code::noCode ? close_code::normal : m_closeCode, {});
        break;
    case Opcode::Binary:
    case Opcode::Pong:
    case Opcode::Continuation:
        break;
    }
}

/// What is not open any more is sent nothing: the frame behind a close frame would be a fault.
void WebSocket::send(Opcode opcode, QByteArrayView payload)
{
    if (m_state == State::Open)
        m_socket->write(protocol::webSocketFrame(opcode, payload, QRandomGenerator::system()->generate()));
}

void WebSocket::setPaused(bool paused)
{
    const bool goesOn = std::exchange(m_isPaused, paused) && !paused;
    if (goesOn && m_socket)
        QMetaObject::invokeMethod(this, &WebSocket::receive, Qt::QueuedConnection);
}

void WebSocket::close(int code)
{
    sayGoodbye(code, {});
}

void WebSocket::sayGoodbye(int code, const QString& reason)
{
    if (m_state != State::Open)
        return;
    send(Opcode::Close, protocol::closePayload(code, reason));
    m_socket->flush();
    m_state = State::Closing;
    m_socket->disconnectFromHost();
}

void WebSocket::fail(const QString& reason)
{
    m_reason = reason;
    m_socket->abort();
    end();
}

/// What came before the end is still to be told of, whether or not reading is paused.
void WebSocket::end()
{
    m_isPaused = false;
    receive();
    if (std::exchange(m_state, State::Closed) == State::Closed)
        return;
    if (m_reason.isEmpty())
        m_reason = m_socket->errorString();
    emit closed();
}

void WebSocket::abort()
{
    m_state = State::Closed;
    if (m_socket)
        m_socket->abort();
}

} // namespace prism::net
