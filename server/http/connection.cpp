#include "server/http/connection.h"

namespace prism::http {

namespace {

constexpr qsizetype mostDiscardedBytes = 16LL * 1024 * 1024;
constexpr std::chrono::milliseconds lingerTimeout{2'000};

/// The next pipelined request waits until the answers before it have left down to this.
constexpr qsizetype mostUnsentBytes = 64LL * 1024;

} // namespace

Connection::Connection(io::Descriptor descriptor, ConnectionQuota::Ticket ticket, const Shared& shared,
                       quint64 id, int listener, QObject* parent)
    : QObject(parent)
    , m_stream(std::move(descriptor), shared.limits.headerBytes + mostUnsentBytes, this)
    , m_ticket(std::move(ticket))
    , m_shared(shared)
    , m_id(id)
    , m_listener(listener)
    , m_parser(std::make_unique<Parser>(shared.limits, shared.ids, listener))
{
    connect(&m_stream, &io::Stream::readable, this, &Connection::onReadable);
    connect(&m_stream, &io::Stream::drained, this, &Connection::onDrained);
    connect(&m_stream, &io::Stream::closed, this, &Connection::finish);
    wait(m_shared.limits.idleTimeout);
}

void Connection::wait(std::chrono::milliseconds most)
{
    m_deadline = Clock::now() + most;
}

void Connection::refuseOverLimit()
{
    refuse({503, QStringLiteral("The server has as many connections as it takes. Try again later.")});
}

void Connection::onReadable()
{
    if (m_stream.peerFinished())
        m_client->end();
    if (m_state == State::Closing) {
        m_discarded += m_stream.unread().size();
        m_stream.consume(m_stream.unread().size());
        if (m_discarded > mostDiscardedBytes || (m_stream.peerFinished() && m_stream.unsent() == 0))
            finish();
        return;
    }
    advance();
    const bool waitsForMore = m_state == State::Head || m_state == State::Body;
    if (m_stream.peerFinished() && waitsForMore && m_stream.unsent() == 0)
        finish();
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
        case State::HandingOver:
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
    if (m_stream.unsent() > mostUnsentBytes)
        return false;
    const QByteArrayView seen = m_stream.unread();
    if (!m_requestBegun && seen.startsWith("\r\n")) {
        m_stream.consume(2);
        return true;
    }
    const bool mayBeEmptyLine = !m_requestBegun && seen == "\r";
    if (seen.isEmpty() || mayBeEmptyLine)
        return false;
    if (!m_requestBegun) {
        m_requestBegun = true;
        wait(m_shared.limits.requestTimeout);
    }
    const qsizetype headerBytes = m_shared.limits.headerBytes;
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end + 4 > headerBytes || (end < 0 && seen.size() > headerBytes)) {
        refuse({431, QStringLiteral("The request's head is over %1 bytes.").arg(headerBytes)});
        return false;
    }
    if (end < 0) {
        if (!m_startLineChecked && seen.contains('\n')) {
            m_startLineChecked = true;
            if (!Parser::mayBecomeHead(seen, m_shared.limits))
                refuse({400, QStringLiteral("This is not an HTTP/1.1 request.")});
        }
        return false;
    }
    const QByteArrayView head = seen.first(end + 4);
    if (const auto failure = m_parser->readHead(head)) {
        refuse(*failure);
        return false;
    }
    m_parser->request().client = m_client;
    m_parser->request().peer = m_stream.peer();
    m_headRead = Clock::now();
    admitHead();
    if (m_state != State::Body)
        return false;
    m_stream.consume(head.size());
    return true;
}

void Connection::admitHead()
{
    m_verdict = m_shared.handler.admit(m_parser->request());
    switch (m_verdict.kind) {
    case Verdict::Kind::Refuse:
        write(m_verdict.refusal, false);
        closeAfterWriting();
        return;
    case Verdict::Kind::HandOver:
        m_state = State::HandingOver;
        handOver();
        return;
    case Verdict::Kind::Read:
        break;
    }
    if (const auto failure = m_parser->limitBody(m_verdict.bodyLimit)) {
        refuse(*failure);
        return;
    }
    m_state = State::Body;
    if (m_parser->expectsContinue() && !m_parser->isDone())
        m_stream.write("HTTP/1.1 100 Continue\r\n\r\n");
}

/// The answers to earlier requests leave first.
void Connection::handOver()
{
    wait(m_shared.limits.idleTimeout);
    if (m_stream.unsent() > 0)
        return;
    m_state = State::Finished;
    emit handedOver();
}

void Connection::leave()
{
    const Request& request = m_parser->request();
    HandedOver left;
    left.unread = m_stream.unread().toByteArray();
    if (!m_verdict.streamType.isEmpty())
        left.streamHead = m_shared.encoder.encodeStreamHead(request, m_verdict.streamType,
                                                            m_shared.handler.commonHeaders(request));
    left.descriptor = m_stream.release();
    left.ticket = std::move(m_ticket);
    m_verdict.takeOver(std::move(left));
}

bool Connection::readBody()
{
    if (!m_parser->isDone()) {
        const auto taken = m_parser->readBody(m_stream.unread());
        if (!taken) {
            refuse(taken.error());
            return false;
        }
        m_stream.consume(*taken);
        if (!m_parser->isDone())
            return *taken > 0 && !m_stream.unread().isEmpty();
    }
    m_state = State::Responding;
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
    expectNextRequest();
    advance();
    if (m_stream.peerFinished() && m_state == State::Head && m_stream.unsent() == 0)
        finish();
}

void Connection::expectNextRequest()
{
    m_parser = std::make_unique<Parser>(m_shared.limits, m_shared.ids, m_listener);
    m_requestBegun = false;
    m_startLineChecked = false;
    m_state = State::Head;
    wait(m_shared.limits.idleTimeout);
}

void Connection::refuse(const ParseFailure& failure)
{
    Request& request = m_parser->request();
    if (request.id.isEmpty())
        request.id = m_shared.ids.next();
    m_headRead = Clock::now();
    write(m_shared.handler.refusal(failure.status, failure.reason, request.id), false);
    closeAfterWriting();
}

void Connection::write(const Response& response, bool keepAlive)
{
    const Request& request = m_parser->request();
    m_stream.write(
        m_shared.encoder.encode(request, response, m_shared.handler.commonHeaders(request), keepAlive));
    m_unsentAtTick = m_stream.unsent();
    m_shared.handler.answered(request, response.status, Clock::now() - m_headRead);
}

/// Closing a socket with unread bytes makes the kernel reset it, and the peer may lose the answer. So only
/// our direction is closed, and what still arrives is thrown away for a while.
void Connection::closeAfterWriting()
{
    m_state = State::Closing;
    m_stream.consume(m_stream.unread().size());
    if (m_stream.unsent() == 0)
        onDrained();
    else
        wait(m_shared.limits.idleTimeout);
}

void Connection::onDrained()
{
    if (m_state == State::Closing) {
        m_stream.finishWriting();
        wait(lingerTimeout);
        if (m_stream.peerFinished())
            finish();
    } else if (m_state == State::HandingOver) {
        handOver();
    } else if (m_state == State::Head) {
        if (!m_requestBegun)
            wait(m_shared.limits.idleTimeout);
        onReadable();
    }
}

/// A reader that takes its answers, however slowly, is not idle.
void Connection::tick(Clock::time_point now)
{
    const qsizetype unsent = m_stream.unsent();
    if (unsent > 0 && unsent != m_unsentAtTick)
        m_deadline = now + m_shared.limits.idleTimeout;
    m_unsentAtTick = unsent;
    if (now >= m_deadline)
        onTimeout();
}

void Connection::onTimeout()
{
    if (m_state == State::Responding)
        return;
    const bool halfARequest = m_requestBegun && (m_state == State::Head || m_state == State::Body);
    if (halfARequest)
        refuse({408, QStringLiteral("The request did not arrive within %1 ms.")
                         .arg(m_shared.limits.requestTimeout.count())});
    else
        finish();
}

void Connection::drain()
{
    m_draining = true;
    if (m_state != State::Head)
        return;
    if (m_stream.unsent() == 0)
        finish();
    else
        closeAfterWriting();
}

void Connection::finish()
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    m_client->end();
    m_stream.close();
    emit finished();
}

} // namespace prism::http
