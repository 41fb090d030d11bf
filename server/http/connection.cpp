#include "server/http/connection.h"

#include <algorithm>

namespace prism::http {

namespace {

/// The next pipelined request waits until the answers before it have left down to this.
constexpr qsizetype mostUnsentBytes = 64LL * 1024;

/// Of a body, so much is read at a time.
constexpr qsizetype bodyAhead = 64LL * 1024;

/// How long a connection without a place of its own may take to ask.
constexpr std::chrono::milliseconds sparePatience{2'000};

/// One byte more than a head may have, to see that it has more.
qsizetype headAhead(const Limits& limits)
{
    return limits.headerBytes + 1;
}

} // namespace

Connection::Connection(io::Descriptor descriptor, ConnectionQuota::Ticket ticket, const Shared& shared,
                       quint64 id, int listener, QObject* parent)
    : QObject(parent)
    , m_stream(std::move(descriptor), headAhead(shared.limits), this)
    , m_ticket(std::move(ticket))
    , m_isSpare(m_ticket == nullptr)
    , m_shared(shared)
    , m_id(id)
    , m_listener(listener)
    , m_parser(std::make_unique<Parser>(shared.limits, shared.ids, listener))
{
    m_stream.countIn(shared.budgets.unsent);
    connect(&m_stream, &io::Stream::readable, this, &Connection::onReadable);
    connect(&m_stream, &io::Stream::drained, this, &Connection::onDrained);
    connect(&m_stream, &io::Stream::closed, this, &Connection::finish);
    wait(m_shared.limits.idleTimeout);
}

void Connection::wait(std::chrono::milliseconds most)
{
    m_deadline = Clock::now() + patience(most);
}

std::chrono::milliseconds Connection::patience(std::chrono::milliseconds most) const
{
    return m_isSpare ? std::min(most, sparePatience) : most;
}

void Connection::onReadable()
{
    if (m_stream.peerFinished())
        m_client->end();
    advance();
    finishWhenNothingFollows();
}

/// Whoever sends nothing more will not end a request that is half there, and gets the answers before it.
void Connection::finishWhenNothingFollows()
{
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
    constexpr QByteArrayView endOfHead("\r\n\r\n");
    const qsizetype headerBytes = m_shared.limits.headerBytes;
    const qsizetype end = seen.indexOf(endOfHead, std::max<qsizetype>(m_looked - endOfHead.size(), 0));
    m_looked = seen.size();
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
    m_parser->request().isSpare = m_isSpare;
    m_headRead = Clock::now();
    m_parser->request().arrived = m_headRead;
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
    if (m_parser->isDone())
        return;
    m_stream.setReadAhead(std::max(bodyAhead, headAhead(m_shared.limits)));
    if (m_parser->expectsContinue())
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
        const bool isFull = m_stream.unread().size() >= bodyAhead;
        const auto taken = m_parser->readBody(m_stream.unread());
        if (!taken) {
            refuse(taken.error());
            return false;
        }
        m_stream.consume(*taken);
        if (!m_parser->isDone()) {
            countBody(*taken);
            if (*taken == 0 && isFull)
                refuse({431, QStringLiteral("What stands around the body's chunks is too long.")});
            return m_state == State::Body && *taken > 0 && !m_stream.unread().isEmpty();
        }
    }
    m_body.reset();
    m_stream.setReadAhead(headAhead(m_shared.limits));
    m_state = State::Responding;
    emit requestReady(m_parser->request());
    return m_state == State::Head;
}

/// Past the budget the slowest of all goes, which may be another.
void Connection::countBody(qsizetype arrived)
{
    const QByteArray& body = m_parser->request().body;
    if (body.size() <= Budgets::freeBody)
        return;
    if (!m_body)
        m_body = std::make_unique<io::ByteBudget::Holder>(m_shared.budgets.bodies, this, [this] {
            if (m_body && m_body->isEnding())
                refuse({408, QStringLiteral("The server holds as much of unfinished bodies as it takes, and "
                                            "this one was the slowest. Try again later.")});
        });
    m_body->moved(arrived);
    m_body->hold(body.capacity());
}

void Connection::dropBody()
{
    m_body.reset();
    m_parser->request().body = QByteArray();
}

void Connection::respond(const Response& response)
{
    if (m_state != State::Responding)
        return;
    const bool keepAlive = m_parser->keepAlive() && !m_draining && !m_isSpare;
    write(response, keepAlive);
    if (!keepAlive) {
        closeAfterWriting();
        return;
    }
    expectNextRequest();
    advance();
    if (!m_advancing)
        finishWhenNothingFollows();
}

void Connection::expectNextRequest()
{
    m_parser = std::make_unique<Parser>(m_shared.limits, m_shared.ids, m_listener);
    m_requestBegun = false;
    m_startLineChecked = false;
    m_looked = 0;
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
    const QByteArray answer =
        m_shared.encoder.encode(request, response, m_shared.handler.commonHeaders(request), keepAlive);
    m_written += answer.size();
    m_stream.write(answer);
    m_shared.handler.answered(request, response.status, Clock::now() - m_headRead);
}

void Connection::closeAfterWriting()
{
    m_state = State::Closing;
    dropBody();
    m_stream.finish();
}

void Connection::onDrained()
{
    if (m_state == State::HandingOver) {
        handOver();
    } else if (m_state == State::Head) {
        if (!m_requestBegun)
            wait(m_shared.limits.idleTimeout);
        onReadable();
    } else {
        finishWhenNothingFollows();
    }
}

void Connection::tick(Clock::time_point now)
{
    if (!keepsUp(now)) {
        m_shared.budgets.slowReaders.fetch_add(1, std::memory_order_relaxed);
        abort();
    } else if (now >= m_deadline) {
        onTimeout();
    }
}

/// Whether the client takes what waits for it. One that does is not idle. What the kernel holds has not been
/// taken yet: it may be megabytes, and then nothing else moves for long.
bool Connection::keepsUp(Clock::time_point now)
{
    const qsizetype unsent = m_stream.unsent();
    if (unsent == 0) {
        m_pace.rest();
        return true;
    }
    const bool halfARequest = m_requestBegun && (m_state == State::Head || m_state == State::Body);
    if (!halfARequest)
        m_deadline = now + m_shared.limits.idleTimeout;
    return m_pace.keepsUp(now, m_written - unsent - m_stream.unacknowledged(), m_shared.limits.slowest);
}

void Connection::onTimeout()
{
    if (m_state == State::Responding || m_state == State::Closing)
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

void Connection::abort()
{
    m_stream.reset();
    finish();
}

void Connection::finish()
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    m_body.reset();
    m_client->end();
    m_stream.close();
    emit finished();
}

} // namespace prism::http
