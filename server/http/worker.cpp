#include "server/http/worker.h"

#include "shared/protocol/try.h"

#include <QThread>

#include <algorithm>
#include <iterator>

namespace prism::http {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds shortestTick{5};
constexpr milliseconds longestTick{250};
constexpr milliseconds longestLook{5}; ///< in one turn of the event loop

/// Of answers, in bytes, before whatever else waits for the event loop has its turn: clients that are to go,
/// since they hold too much, among it.
constexpr qsizetype mostSentAtATime = 1024LL * 1024;

} // namespace

Worker::Worker(const Limits& limits, Budgets& budgets, AnswerBell& bell, std::size_t mostSpares,
               HandlerFactory makeHandler)
    : m_limits(limits)
    , m_budgets(budgets)
    , m_bell(bell)
    , m_mostSpares(mostSpares)
    , m_makeHandler(std::move(makeHandler))
{
}

Worker::~Worker() = default;

protocol::Result<void> Worker::start()
{
    PRISM_TRY_ASSIGN(m_handler, m_makeHandler());
    m_ticker = std::make_unique<QTimer>();
    connect(m_ticker.get(), &QTimer::timeout, this, &Worker::lookAtAll);
    const auto shortest = std::min({m_limits.requestTimeout, m_limits.idleTimeout, m_limits.slowest.window});
    m_ticker->start(std::clamp(shortest / 4, shortestTick, longestTick));
    return {};
}

void Worker::lookAtAll()
{
    if (!m_unlooked.isEmpty())
        return;
    m_unlooked = m_connections.keys();
    lookOn();
}

/// Thousands whose time is over at once are not told so in one go: whoever asks meanwhile comes in between.
void Worker::lookOn()
{
    const auto now = Connection::Clock::now();
    while (!m_unlooked.isEmpty() && Connection::Clock::now() - now < longestLook) {
        if (Connection* connection = m_connections.value(m_unlooked.takeLast()))
            connection->tick(now);
    }
    if (!m_unlooked.isEmpty())
        QMetaObject::invokeMethod(this, &Worker::lookOn, Qt::QueuedConnection);
}

void Worker::adopt(io::Descriptor descriptor, int listener, ConnectionQuota::Ticket ticket)
{
    if (m_draining)
        return;
    const quint64 id = ++m_lastId;
    auto* connection =
        new Connection(std::move(descriptor), std::move(ticket),
                       {m_limits, *m_handler, m_ids, m_encoder, m_budgets}, id, listener, this);
    m_connections.insert(id, connection);
    if (connection->isSpare())
        m_spares.push_back(connection);
    connect(connection, &Connection::requestReady, this,
            [this, id](const Request& request) { dispatch(id, request); });
    connect(connection, &Connection::handedOver, this, [this, connection] {
        connection->leave();
        remove(connection);
    });
    connect(connection, &Connection::finished, this, [this, connection] { remove(connection); });
}

/// A crowd that comes faster than it is served loses its oldest here, not its newest.
void Worker::adoptSpare(io::Descriptor descriptor, int listener)
{
    const std::lock_guard lock(m_waitingMutex);
    m_waiting.push_back({std::move(descriptor), listener});
    if (m_waiting.size() > m_mostSpares)
        m_waiting.pop_front();
    else if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &Worker::takeSpares, Qt::QueuedConnection);
}

void Worker::takeSpares()
{
    std::deque<WaitingSpare> waiting;
    {
        const std::lock_guard lock(m_waitingMutex);
        waiting.swap(m_waiting);
    }
    for (WaitingSpare& spare : waiting) {
        makeRoomForSpare();
        adopt(std::move(spare.descriptor), spare.listener, nullptr);
    }
}

/// Who has just come is the likeliest to be asking: whoever holds these places for its own sake is the first
/// to lose them.
void Worker::makeRoomForSpare()
{
    if (m_spares.size() < m_mostSpares)
        return;
    const auto oldest = std::find_if(m_spares.begin(), m_spares.end(),
                                     [](const Connection* spare) { return !spare->isAnswering(); });
    Connection* const leaving = oldest != m_spares.end() ? *oldest : m_spares.front();
    leaving->abort();
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
    if (const qsizetype bytes = kept.answer.bytes(); bytes > 0)
        m_bell.keep(bytes);
    const std::lock_guard lock(m_answersMutex);
    m_answers.push_back(std::move(kept));
}

void Worker::sendAnswers()
{
    bool isNeeded = false;
    {
        const std::lock_guard lock(m_answersMutex);
        if (m_answers.empty())
            return;
        if (m_rung.empty())
            m_rung.swap(m_answers);
        else
            std::move(m_answers.begin(), m_answers.end(), std::back_inserter(m_rung));
        m_answers.clear();
        isNeeded = !std::exchange(m_isWoken, true);
    }
    if (isNeeded)
        QMetaObject::invokeMethod(this, &Worker::deliverAnswers, Qt::QueuedConnection);
}

void Worker::deliverAnswers()
{
    if (m_nextLeaving == m_leaving.size()) {
        m_leaving.clear();
        m_nextLeaving = 0;
        const std::lock_guard lock(m_answersMutex);
        m_leaving.swap(m_rung);
    }
    for (qsizetype sent = 0; sent < mostSentAtATime && m_nextLeaving < m_leaving.size(); ++m_nextLeaving) {
        KeptAnswer kept = std::move(m_leaving[m_nextLeaving]);
        const qsizetype bytes = kept.answer.bytes();
        sent += bytes;
        deliver(kept);
        if (bytes > 0)
            m_bell.letGo(bytes);
    }
    bool isMore = m_nextLeaving < m_leaving.size();
    if (!isMore) {
        const std::lock_guard lock(m_answersMutex);
        isMore = m_isWoken = !m_rung.empty();
    }
    if (isMore)
        QMetaObject::invokeMethod(this, &Worker::deliverAnswers, Qt::QueuedConnection);
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
    if (connection->isSpare())
        m_spares.erase(std::find(m_spares.begin(), m_spares.end(), connection));
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
    m_unlooked.clear();
    m_spares.clear();
    qDeleteAll(connections);
    m_ticker.reset();
    m_handler.reset();
}

} // namespace prism::http
