#include "tests/bench/http_driver.h"

#include <algorithm>

namespace prism::bench {

HttpDriver::HttpDriver(EventLoop& loop, const Endpoint& endpoint, int connections)
    : m_loop(loop)
    , m_endpoint(endpoint)
{
    for (int i = 0; i < connections; ++i)
        m_connections.push_back(std::make_unique<HttpConnection>(
            loop, endpoint, unsigned(i),
            [this](HttpConnection& connection, const HttpAnswer& answer) { answered(connection, answer); }));
    const bool connected = loop.runUntil(Clock::now() + std::chrono::seconds(10), [this] {
        return m_broken > 0 || std::all_of(m_connections.begin(), m_connections.end(),
                                           [](const auto& each) { return each->isIdle(); });
    });
    if (!connected || m_broken > 0)
        throw BenchError("cannot connect to " + endpoint.authority());
}

void HttpDriver::saturate(NextRequest next, TakeAnswer take)
{
    m_next = std::move(next);
    m_take = std::move(take);
    m_paced = false;
    m_exhausted = false;
    for (const auto& connection : m_connections)
        sendNext(*connection);
}

void HttpDriver::pace(double perSecond, NextRequest next, TakeAnswer take)
{
    m_next = std::move(next);
    m_take = std::move(take);
    m_paced = true;
    m_exhausted = false;
    tick(Clock::now(), fromSeconds(1 / perSecond));
}

void HttpDriver::tick(Clock::time_point due, Clock::duration interval)
{
    ++m_due;
    for (std::size_t i = 0; i < m_connections.size() && m_due > 0 && !m_exhausted; ++i) {
        m_turn = (m_turn + 1) % m_connections.size();
        if (m_connections[m_turn]->isIdle())
            sendNext(*m_connections[m_turn]);
    }
    if (m_exhausted)
        return;
    m_loop.at(due + interval, [this, due, interval, alive = std::weak_ptr<bool>(m_alive)] {
        if (!alive.expired())
            tick(due + interval, interval);
    });
}

void HttpDriver::sendNext(HttpConnection& connection)
{
    if (m_exhausted || (m_paced && m_due == 0))
        return;
    if (!m_next(connection.request())) {
        m_exhausted = true;
        return;
    }
    if (m_paced)
        --m_due;
    ++m_inFlight;
    connection.send();
}

void HttpDriver::answered(HttpConnection& connection, const HttpAnswer& answer)
{
    if (connection.isBroken()) {
        ++m_broken;
        return;
    }
    --m_inFlight;
    m_take(answer);
    sendNext(connection);
}

void HttpDriver::finish(Clock::duration patience)
{
    const bool ended = m_loop.runUntil(Clock::now() + patience,
                                       [this] { return m_broken > 0 || (m_exhausted && m_inFlight == 0); });
    if (m_broken > 0)
        throw BenchError(m_endpoint.authority() + " broke a connection or gave an answer without length");
    if (!ended)
        throw BenchError(m_endpoint.authority() + " left requests without answer");
}

} // namespace prism::bench
