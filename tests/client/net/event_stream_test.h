#pragma once

#include "client/net/event_stream.h"
#include "tests/client/stub_server.h"

namespace prism::test {

inline net::Options quick()
{
    net::Options options;
    options.timing.firstRetry = std::chrono::milliseconds(20);
    options.timing.longestRetry = std::chrono::milliseconds(100);
    options.timing.handshakeDeadline = std::chrono::seconds(5);
    options.jitter = [] { return 1.0; };
    return options;
}

inline QJsonObject resumedMessage(protocol::Seq to, bool complete)
{
    return StubServer::message(QStringLiteral("resumed"),
                               {{QLatin1String("to"), qint64(to)}, {QLatin1String("complete"), complete}});
}

/// What tests of the stream of events work with: a server that says what it is told to, and one stream.
class EventStreamTest
{
protected:
    /// Before each test.
    void begin()
    {
        m_server = std::make_unique<StubServer>();
        m_cursor = std::make_unique<net::EventCursor>();
        m_events.clear();
        m_resumed.clear();
    }

    /// After it.
    void end()
    {
        m_stream.reset();
        m_server.reset();
    }

    void openStream(const net::Options& options)
    {
        m_stream = std::make_unique<net::EventStream>(m_server->wsUrl(), *m_cursor, options);
        QObject::connect(m_stream.get(), &net::EventStream::eventReceived, m_stream.get(),
                         [this](const protocol::Event& e) { m_events.append(e); });
        QObject::connect(m_stream.get(), &net::EventStream::resumed, m_stream.get(),
                         [this](bool complete) { m_resumed.append(complete); });
        m_stream->start();
    }

    QList<protocol::Seq> seqs() const
    {
        QList<protocol::Seq> seqs;
        for (const protocol::Event& event : m_events)
            seqs.append(event.seq);
        return seqs;
    }

    QStringList sentTypes() const
    {
        QStringList types;
        for (const QJsonObject& json : m_server->received)
            types.append(json.value(QLatin1String("type")).toString());
        return types;
    }

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<net::EventCursor> m_cursor;
    std::unique_ptr<net::EventStream> m_stream;
    QList<protocol::Event> m_events;
    QList<bool> m_resumed;
};

} // namespace prism::test
