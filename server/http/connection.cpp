#include "server/http/connection.h"

#include <QDateTime>
#include <QLocale>
#include <QUuid>

#include <boost/beast/http/status.hpp>

#include <sys/socket.h>

namespace prism::http {

namespace {

constexpr qint64 mostDiscardedBytes = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds lingerTimeout{2'000};

/// The next pipelined request waits until the answers before it have left down to this.
constexpr qint64 mostUnsentBytes = 64 * 1024;

QByteArray reasonPhrase(int status)
{
    const auto phrase =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(unsigned(status)));
    return {phrase.data(), qsizetype(phrase.size())};
}

QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

} // namespace

Connection::Connection(std::unique_ptr<QTcpSocket> socket, ConnectionQuota::Ticket ticket,
                       const Limits& limits, Handler& handler, quint64 id, int listener, QObject* parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_ticket(std::move(ticket))
    , m_limits(limits)
    , m_handler(handler)
    , m_id(id)
    , m_listener(listener)
    , m_parser(std::make_unique<Parser>(limits, listener))
{
    m_socket->setReadBufferSize(m_limits.headerBytes + 64 * 1024);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &Connection::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &Connection::onBytesWritten);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &Connection::finish);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Connection::onTimeout);
    m_timer.start(m_limits.idleTimeout);
}

/// A socket that goes says so, and the rest of the connection is gone by then.
Connection::~Connection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void Connection::refuseOverLimit()
{
    refuse({503, QStringLiteral("The server has as many connections as it takes. Try again later.")});
}

void Connection::onReadyRead()
{
    if (m_state == State::Closing) {
        m_discarded += m_socket->skip(m_socket->bytesAvailable());
        if (m_discarded > mostDiscardedBytes)
            m_socket->abort();
        return;
    }
    advance();
}

void Connection::advance()
{
    if (m_advancing)
        return;
    m_advancing = true;
    bool more = true;
    while (more) {
        switch (m_state) {
        case State::Head:
            more = readHead();
            break;
        case State::Body:
            more = readBody();
            break;
        case State::Responding:
        case State::Closing:
        case State::Finished:
            more = false;
            break;
        }
    }
    m_advancing = false;
}

bool Connection::readHead()
{
    if (m_socket->bytesToWrite() > mostUnsentBytes)
        return false;
    QByteArray seen = m_socket->peek(m_limits.headerBytes + 4);
    if (!m_requestBegun && seen.startsWith("\r\n")) {
        m_socket->skip(2);
        return true;
    }
    if (seen.isEmpty())
        return false;
    if (!m_requestBegun) {
        m_requestBegun = true;
        m_timer.start(m_limits.requestTimeout);
    }
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end < 0) {
        if (seen.size() > m_limits.headerBytes) {
            refuse({431, QStringLiteral("The request's head is over %1 bytes.").arg(m_limits.headerBytes)});
        } else if (!m_startLineChecked && seen.contains('\n')) {
            m_startLineChecked = true;
            if (!Parser::mayBecomeHead(seen))
                refuse({400, QStringLiteral("This is not an HTTP/1.1 request.")});
        }
        return false;
    }
    seen.truncate(end + 4);
    if (seen.size() > m_limits.headerBytes) {
        refuse({431, QStringLiteral("The request's head is over %1 bytes.").arg(m_limits.headerBytes)});
        return false;
    }
    if (const auto failure = m_parser->readHead(seen)) {
        refuse(*failure);
        return false;
    }
    judgeHead();
    if (m_state == State::Body) {
        m_socket->skip(seen.size());
        return true;
    }
    return false;
}

void Connection::judgeHead()
{
    const Verdict verdict = m_handler.judge(m_parser->request());
    switch (verdict.kind) {
    case Verdict::Kind::Refuse:
        write(verdict.refusal, false);
        closeAfterWriting();
        return;
    case Verdict::Kind::Upgrade:
        m_state = State::Finished;
        m_timer.stop();
        emit upgradeRequested();
        return;
    case Verdict::Kind::Read:
        break;
    }
    if (const auto failure = m_parser->limitBody(verdict.bodyLimit)) {
        refuse(*failure);
        return;
    }
    m_state = State::Body;
    if (m_parser->expectsContinue() && !m_parser->isDone())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

bool Connection::readBody()
{
    if (!m_parser->isDone()) {
        const QByteArray bytes = m_socket->peek(m_socket->bytesAvailable());
        const auto taken = m_parser->readBody(bytes);
        if (!taken) {
            refuse(taken.error());
            return false;
        }
        m_socket->skip(*taken);
        if (!m_parser->isDone())
            return *taken > 0 && m_socket->bytesAvailable() > 0;
    }
    m_parser->finish();
    m_state = State::Responding;
    m_timer.stop();
    emit requestReady(m_parser->request());
    return m_state == State::Head;
}

void Connection::respond(const Response& response)
{
    if (m_state != State::Responding)
        return;
    const bool keepAlive = m_parser->keepAlive() && !m_draining;
    write(response, keepAlive);
    if (!keepAlive) {
        closeAfterWriting();
        return;
    }
    m_parser = std::make_unique<Parser>(m_limits, m_listener);
    m_requestBegun = false;
    m_startLineChecked = false;
    m_state = State::Head;
    m_timer.start(m_limits.idleTimeout);
    advance();
}

void Connection::refuse(const ParseFailure& failure)
{
    write(m_handler.refusal(failure.status, failure.reason, requestId()), false);
    closeAfterWriting();
}

void Connection::write(const Response& response, bool keepAlive)
{
    const Request& request = m_parser->request();
    QByteArray out;
    out.reserve(response.body.size() + 512);
    out += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    out += "Date: " + httpDate() + "\r\n";
    out += "X-Request-Id: " + requestId().toLatin1() + "\r\n";
    for (const auto& [name, value] : m_handler.commonHeaders(request))
        out += name + ": " + value + "\r\n";
    for (const auto& [name, value] : response.headers)
        out += name + ": " + value + "\r\n";
    const bool hasBody = response.status != 204 && response.status != 304;
    if (hasBody) {
        if (!response.contentType.isEmpty())
            out += "Content-Type: " + response.contentType + "\r\n";
        out += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    }
    if (!keepAlive)
        out += "Connection: close\r\n";
    out += "\r\n";
    if (hasBody && request.method != "HEAD")
        out += response.body;
    m_socket->write(out);
    m_socket->flush();
}

/// Closing a socket with unread bytes makes the kernel reset it, and the peer may lose the answer. So only
/// our direction is closed, and what still arrives is thrown away for a while.
void Connection::closeAfterWriting()
{
    m_state = State::Closing;
    m_socket->skip(m_socket->bytesAvailable());
    onBytesWritten();
}

void Connection::onBytesWritten()
{
    if (m_state == State::Closing) {
        const bool written = m_socket->bytesToWrite() == 0;
        if (written)
            ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
        m_timer.start(written ? lingerTimeout : m_limits.idleTimeout);
    } else if (m_state == State::Head && !m_requestBegun) {
        m_timer.start(m_limits.idleTimeout);
        advance();
    }
}

void Connection::onTimeout()
{
    const bool halfARequest = m_requestBegun && (m_state == State::Head || m_state == State::Body);
    if (halfARequest)
        refuse({408, QStringLiteral("The request did not arrive within %1 ms.")
                         .arg(m_limits.requestTimeout.count())});
    else
        m_socket->abort();
}

void Connection::drain()
{
    m_draining = true;
    if (m_state == State::Head)
        m_socket->disconnectFromHost();
}

std::unique_ptr<QTcpSocket> Connection::takeSocket()
{
    m_socket->disconnect(this);
    m_socket->setReadBufferSize(0);
    return std::move(m_socket);
}

void Connection::finish()
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    m_timer.stop();
    emit finished();
}

QString Connection::requestId()
{
    QString& id = m_parser->request().id;
    if (id.isEmpty())
        id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return id;
}

} // namespace prism::http
