#pragma once

#include "client/net/api.h"
#include "client/net/live_feed.h"
#include "tests/client/stub_server.h"

#include <memory>

namespace prism::test {

constexpr QLatin1String eventsPath("/api/v1/events");

/// Push comes back when retryNow() says so, polls go on in the meantime.
inline net::Options pollingOnly()
{
    net::Options options;
    options.timing.firstRetry = std::chrono::hours(1);
    options.timing.pollInterval = std::chrono::milliseconds(30);
    return options;
}

/// Neither push nor a poll is long in coming.
inline net::Options tryingOften()
{
    net::Options options;
    options.timing.firstRetry = std::chrono::milliseconds(20);
    options.timing.longestRetry = std::chrono::milliseconds(50);
    options.timing.pollInterval = std::chrono::milliseconds(30);
    return options;
}

/// What tests of the feed work with: a server that says what it is told to, one feed, and what that said.
class LiveFeedTest
{
protected:
    /// Before each test.
    void begin()
    {
        m_server = std::make_unique<StubServer>();
        m_seqs.clear();
        m_states.clear();
        m_recoveries.clear();
        m_reloads = 0;
    }

    /// After it.
    void end()
    {
        m_feed.reset();
        m_api.reset();
        m_server.reset();
    }

    void startFeed(const net::Options& options)
    {
        using net::LiveFeed;
        m_api = std::make_unique<net::Api>(m_server->url(), options);
        m_feed = std::make_unique<LiveFeed>(*m_api, options);
        LiveFeed* feed = m_feed.get();
        QObject::connect(feed, &LiveFeed::events, feed, [this](const QList<protocol::Event>& events) {
            for (const protocol::Event& event : events)
                m_seqs.append(event.seq);
        });
        QObject::connect(feed, &LiveFeed::reloadNeeded, feed, [this] { ++m_reloads; });
        QObject::connect(feed, &LiveFeed::stateChanged, feed,
                         [this](net::FeedState state) { m_states.append(state); });
        QObject::connect(feed, &LiveFeed::recovered, feed,
                         [this](const net::Recovery& recovery) { m_recoveries.append(recovery); });
        feed->start();
    }

    QList<protocol::Seq> seqs() const { return m_seqs; }

    static QList<protocol::Seq> upTo(protocol::Seq last, protocol::Seq first = 1)
    {
        QList<protocol::Seq> seqs;
        for (protocol::Seq seq = first; seq <= last; ++seq)
            seqs.append(seq);
        return seqs;
    }

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<net::LiveFeed> m_feed;
    QList<protocol::Seq> m_seqs;
    QList<net::FeedState> m_states;
    QList<net::Recovery> m_recoveries;
    int m_reloads = 0;
};

} // namespace prism::test
