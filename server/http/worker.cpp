#include "server/http/worker.h"

#include <QLoggingCategory>
#include <QThread>

#include <algorithm>

Q_LOGGING_CATEGORY(lcHttp, "prism.http")

namespace prism::http {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestTick{5};
constexpr milliseconds longestTick{250};

} // namespace

Worker::Worker(const Limits& limits, HandlerFactory makeHandler)
    : m_limits(limits)
    , m_makeHandler(std::move(makeHandler))
{
}

Worker::~Worker() = default;

void Worker::start()
{
    m_handler = m_makeHandler();
    m_ticker = std::make_unique<QTimer>();
    connect(m_ticker.get(), &QTimer::timeout, this, [this] {
        const auto now = Connection::Clock::now();
        const QList<Connection*> connections = m_connections.values();
        for (Connection* connection : connections)
            connection->tick(now);
    });
    m_ticker->start(
        std::clamp(std::min(m_limits.requestTimeout, m_limits.idleTimeout) / 4, shortestTick, longestTick));
}

void Worker::adopt(io::Descriptor descriptor, int listener, ConnectionQuota::Ticket ticket)
{
    if (m_draining || !m_handler)
        return;
    const bool overLimit = ticket == nullptr;
    const quint64 id = ++m_lastId;
    auto* connection = new Connection(std::move(descriptor), std::move(ticket),
                                      {m_limits, *m_handler, m_ids, m_encoder}, id, listener, this);
    m_connections.insert(id, connection);
    connect(connection, &Connection::requestReady, this,
            [this, id](const Request& request) { dispatch(id, request); });
    connect(connection, &Connection::handedOver, this, [this, connection] {
        connection->leave();
        remove(connection);
    });
    connect(connection, &Connection::finished, this, [this, connection] { remove(connection); });
    if (overLimit)
        connection->refuseOverLimit();
}

void Worker::dispatch(quint64 connectionId, const Request& request)
{
    m_handler->handle(request, [this, connectionId](Answer answer) {
        KeptAnswer kept{connectionId, std::move(answer)};
        if (QThread::currentThread() == thread())
            deliver(kept);
        else
            keepAnswer(std::move(kept));
    });
}

void Worker::keepAnswer(KeptAnswer kept)
{
    const std::lock_guard lock(m_answersMutex);
    m_answers.push_back(std::move(kept));
}

void Worker::sendAnswers()
{
    bool isNeeded = false;
    {
        const std::lock_guard lock(m_answersMutex);
        isNeeded = !m_answers.empty() && !std::exchange(m_isWoken, true);
    }
    if (isNeeded)
        QMetaObject::invokeMethod(this, &Worker::deliverAnswers, Qt::QueuedConnection);
}

void Worker::deliverAnswers()
{
    std::vector<KeptAnswer> answers;
    {
        const std::lock_guard lock(m_answersMutex);
        answers.swap(m_answers);
        m_isWoken = false;
    }
    for (KeptAnswer& kept : answers)
        deliver(kept);
}

void Worker::deliver(KeptAnswer& kept)
{
    if (Connection* connection = m_connections.value(kept.connectionId))
        connection->respond(kept.answer.take());
}

void Worker::remove(Connection* connection)
{
    if (m_connections.remove(connection->id()) == 0)
        return;
    connection->deleteLater();
    if (m_draining && m_connections.isEmpty())
        emit drained();
}

void Worker::drain()
{
    m_draining = true;
    if (m_connections.isEmpty()) {
        emit drained();
        return;
    }
    if (m_handler)
        m_handler->drain();
    const QList<Connection*> connections = m_connections.values();
    for (Connection* connection : connections)
        connection->drain();
}

void Worker::stop()
{
    const QList<Connection*> connections = m_connections.values();
    m_connections.clear();
    qDeleteAll(connections);
    m_ticker.reset();
    m_handler.reset();
}

} // namespace prism::http
