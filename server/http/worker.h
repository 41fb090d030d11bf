#pragma once

#include "server/http/answer_bell.h"
#include "server/http/connection.h"
#include "shared/protocol/error.h"

#include <QHash>
#include <QTimer>

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace prism::http {

/// Makes the handler of one worker, on that worker's thread.
using HandlerFactory = std::function<protocol::Result<std::unique_ptr<Handler>>()>;

/// Serves a share of the connections on a thread of its own. Owns its connections and their handler.
class Worker : public QObject
{
    Q_OBJECT

public:
    /// Of spare connections it serves at most `mostSpares` at a time, and as many may wait for it: for one
    /// more the oldest goes. `budgets` and `bell` are borrowed.
    Worker(const Limits& limits, Budgets& budgets, AnswerBell& bell, std::size_t mostSpares,
           HandlerFactory makeHandler);
    ~Worker() override;

    /// Makes the handler. Call once, on the worker's thread, before any connection.
    protocol::Result<void> start();

    /// Takes over a connection. On the worker's thread, after start().
    void adopt(io::Descriptor descriptor, int listener, ConnectionQuota::Ticket ticket);

    /// The same of a connection that got no ticket. From any thread.
    void adoptSpare(io::Descriptor descriptor, int listener);

    /// Sends what was answered on other threads. From any thread; costs next to nothing when there is
    /// nothing.
    void sendAnswers();

    /// Closes idle connections, and the others when their response is out. On the worker's thread.
    void drain();

    /// Ends every connection and the handler. On the worker's thread.
    void stop();

signals:
    /// After drain(): the last connection is gone.
    void drained();

private:
    struct KeptAnswer
    {
        quint64 connectionId;
        Answer answer;
    };

    struct WaitingSpare
    {
        io::Descriptor descriptor;
        int listener = 0;
    };

    void lookAtAll();
    void lookOn();
    void dispatch(quint64 connectionId, const Request& request);
    void remove(Connection* connection);
    void takeSpares();
    void makeRoomForSpare();
    void keepAnswer(KeptAnswer kept);
    void deliverAnswers();
    void deliver(KeptAnswer& kept);

    const Limits m_limits;
    Budgets& m_budgets;
    AnswerBell& m_bell;
    const std::size_t m_mostSpares;
    const HandlerFactory m_makeHandler;
    RequestIds m_ids;
    ResponseEncoder m_encoder;
    std::unique_ptr<Handler> m_handler;
    std::unique_ptr<QTimer> m_ticker;
    QHash<quint64, Connection*> m_connections;
    std::deque<Connection*> m_spares; ///< those without a ticket, the oldest first
    quint64 m_lastId = 0;
    QList<quint64> m_unlooked; ///< connections whose time is still to be looked at
    bool m_draining = false;
    std::mutex m_answersMutex;
    std::vector<KeptAnswer> m_answers; ///< given on other threads
    std::vector<KeptAnswer> m_rung;    ///< those of them that may be sent
    bool m_isWoken = false;            ///< and about to send them
    std::vector<KeptAnswer> m_leaving; ///< those that are being sent, from m_nextLeaving on
    std::size_t m_nextLeaving = 0;
    std::mutex m_waitingMutex;
    std::deque<WaitingSpare> m_waiting; ///< the oldest first
};

} // namespace prism::http
