#pragma once

#include "server/http/connection_quota.h"
#include "server/http/handler.h"
#include "server/http/parser.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace prism::http {

/// One HTTP/1.1 connection: takes requests from a socket one after the other and writes their responses in
/// the same order. Owns the socket until it is closed or handed over for an upgrade. Lives on its worker's
/// thread.
class Connection : public QObject
{
    Q_OBJECT

public:
    Connection(std::unique_ptr<QTcpSocket> socket, ConnectionQuota::Ticket ticket, const Limits& limits,
               Handler& handler, quint64 id, int listener, QObject* parent);

    ~Connection() override;

    quint64 id() const { return m_id; }

    /// Answers 503 and closes: for a connection over the limit.
    void refuseOverLimit();

    /// Writes the response to the request in flight; does nothing if there is none any more.
    void respond(const Response& response);

    /// Closes now when no whole head has arrived, else after the response.
    void drain();

signals:
    /// A whole request has arrived. It is answered by respond().
    void requestReady(const prism::http::Request& request);

    /// The request whose head is still unread in the socket asks for an upgrade. takeSocket() hands it over.
    void upgradeRequested();

    /// Nothing more happens here.
    void finished();

public:
    std::unique_ptr<QTcpSocket> takeSocket();
    ConnectionQuota::Ticket takeTicket() { return std::move(m_ticket); }

private:
    enum class State { Head, Body, Responding, Closing, Finished };

    void advance();
    bool readHead();
    bool readBody();
    void judgeHead();
    void refuse(const ParseFailure& failure);
    void write(const Response& response, bool keepAlive);
    void closeAfterWriting();
    void onReadyRead();
    void onBytesWritten();
    void onTimeout();
    void finish();
    QString requestId();

    std::unique_ptr<QTcpSocket> m_socket;
    ConnectionQuota::Ticket m_ticket;
    const Limits& m_limits;
    Handler& m_handler;
    const quint64 m_id;
    const int m_listener;
    std::unique_ptr<Parser> m_parser;
    QTimer m_timer;
    State m_state = State::Head;
    bool m_requestBegun = false;
    bool m_startLineChecked = false;
    bool m_draining = false;
    bool m_advancing = false;
    qint64 m_discarded = 0;
};

} // namespace prism::http
