#pragma once

#include "server/http/budgets.h"
#include "server/http/connection_quota.h"
#include "server/http/handler.h"
#include "server/http/parser.h"
#include "server/http/request_ids.h"
#include "server/http/response_encoder.h"
#include "server/io/stream.h"

#include <chrono>
#include <memory>

namespace prism::http {

/// One HTTP/1.1 connection: takes requests from a stream one after the other and writes their responses in
/// the same order. Owns the stream until it is closed or handed over. Lives on its worker's thread.
class Connection : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;

    /// What the connections of one worker share.
    struct Shared
    {
        const Limits& limits;
        Handler& handler;
        RequestIds& ids;
        ResponseEncoder& encoder;
        Budgets& budgets;
    };

    /// Without a ticket it is a spare one, and there for one request.
    Connection(io::Descriptor descriptor, ConnectionQuota::Ticket ticket, const Shared& shared, quint64 id,
               int listener, QObject* parent);

    quint64 id() const { return m_id; }

    bool isSpare() const { return m_isSpare; }

    /// Whether a whole request is being answered.
    bool isAnswering() const { return m_state == State::Responding; }

    /// Ends it at once; finished() follows.
    void abort();

    /// Writes the response to the request in flight; does nothing if there is none any more.
    void respond(const Response& response);

    /// Closes now when no whole head has arrived, else after the response.
    void drain();

    /// Ends what has taken too long. Called several times within each timeout.
    void tick(Clock::time_point now);

    /// After handedOver(): gives what is left of the connection to whoever its verdict names.
    void leave();

signals:
    /// A whole request has arrived. It is answered by respond().
    void requestReady(const prism::http::Request& request);

    /// Somebody else serves the request: leave() is to be called.
    void handedOver();

    /// Nothing more happens here.
    void finished();

private:
    enum class State { Head, Body, Responding, HandingOver, Closing, Finished };

    void advance();
    bool readHead();
    bool readBody();
    void admitHead();
    void handOver();
    void expectNextRequest();
    void refuse(const ParseFailure& failure);
    void countBody(qsizetype arrived);
    void dropBody();
    void write(const Response& response, bool keepAlive);
    void closeAfterWriting();
    void onReadable();
    void finishWhenNothingFollows();
    void onDrained();
    void onTimeout();
    void wait(std::chrono::milliseconds most);
    std::chrono::milliseconds patience(std::chrono::milliseconds most) const;
    bool keepsUp(Clock::time_point now);
    void finish();

    io::Stream m_stream;
    ConnectionQuota::Ticket m_ticket;
    const bool m_isSpare;
    const Shared m_shared;
    const quint64 m_id;
    const int m_listener;
    std::unique_ptr<Parser> m_parser;
    Verdict m_verdict; ///< on the request in hand
    State m_state = State::Head;
    Clock::time_point m_deadline;
    Clock::time_point m_headRead;
    const std::shared_ptr<Presence> m_client = std::make_shared<Presence>();
    bool m_requestBegun = false;
    bool m_startLineChecked = false;
    bool m_draining = false;
    bool m_advancing = false;
    qsizetype m_looked = 0; ///< so much of the head has been looked through for its end
    qint64 m_written = 0;
    io::ReadingPace m_pace;
    std::unique_ptr<io::ByteBudget::Holder> m_body; ///< only while a large one arrives
};

} // namespace prism::http
