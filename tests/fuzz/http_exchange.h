#pragma once

#include "server/http/connection.h"

#include <QAbstractEventDispatcher>

#include <vector>

namespace prism::fuzz {

/// One connection of a real http::Connection with the two ends of a pair of sockets: what is sent, what its
/// handler is asked, and what is answered. Lives on the thread of `dispatcher`.
class HttpExchange : private http::Handler
{
public:
    static constexpr qint64 mostHeaderBytes = 1024;
    static constexpr qint64 mostBodyBytes = 64;
    static constexpr qint64 mostBulkBytes = 256;

    enum class Answers { AtOnce, Later };

    HttpExchange(QAbstractEventDispatcher& dispatcher, Answers answers);
    ~HttpExchange() override;

    /// Sends bytes and lets the connection do all it can with them. Does nothing once it is over.
    void send(const QByteArray& bytes);

    /// Sends nothing more; afterwards the connection must be over.
    void finish();

    /// Every whole request, with its method, path, headers and body.
    const QList<QByteArray>& requests() const { return m_requests; }

    bool wasHandedOver() const { return m_handedOver; }

private:
    struct Answered
    {
        QByteArray method;
        int status;
    };

    http::Verdict admit(http::Request& head) override;
    void handle(const http::Request& request, http::Reply reply) override;
    http::Response refusal(int status, const QString& reason, const QString& requestId) override;
    http::Headers commonHeaders(const http::Request& head) override;
    void answered(const http::Request& request, int status, std::chrono::nanoseconds duration) override;
    void drain() override {}

    void takeRequest(const http::Request& request);
    void takeOver(const http::HandedOver& left, const QByteArray& method);
    void settle();
    void receive();
    void requireAnswers() const;

    QAbstractEventDispatcher& m_dispatcher;
    const Answers m_answers;
    const http::Limits m_limits;
    http::RequestIds m_ids;
    http::ResponseEncoder m_encoder;
    http::Budgets m_budgets{1024 * 1024, 1024 * 1024};
    int m_peer = -1;
    std::unique_ptr<http::Connection> m_connection;
    std::optional<http::Response> m_waiting; ///< the answer to the request in flight
    qint64 m_bodyLimit = 0;
    bool m_over = false;
    bool m_handedOver = false;
    QList<QByteArray> m_requests;
    std::vector<Answered> m_answered;
    QByteArray m_received;
};

} // namespace prism::fuzz
