#pragma once

#include "server/realtime/client_message.h"
#include "server/realtime/session.h"
#include "server/realtime/transport.h"
#include "shared/protocol/event.h"

#include <QWebSocket>

namespace prism::realtime {

/// A session over WebSocket. QtWebSockets does the handshake, pings, closes and all reading; events go past
/// it. Owns the WebSocket. Lives on its worker's thread.
class WebSocketSession : public Session
{
    Q_OBJECT

public:
    /// `transport` is the TCP socket under `webSocket`.
    WebSocketSession(std::unique_ptr<QWebSocket> webSocket, Transport* transport, const Context& context,
                     QObject* parent);
    ~WebSocketSession() override;

protected:
    void keep(const QByteArray& bytes) override;
    qint64 kept() const override { return m_transport->bytesToWrite(); }
    void replayed(const Replay& replay) override;
    void keepAlive(Clock::time_point now) override;
    void sayGoodbye(int code, const QString& reason) override;
    void abort() override { m_webSocket->abort(); }

private:
    void greet();
    void onText(const QString& text);
    void onMessage(const ClientMessage& message);
    void onResume(const ClientMessage& message);
    void confirm(const protocol::Result<void>& result, QLatin1String type, QLatin1String field,
                 const QString& subject);
    void tell(QLatin1String type, const QJsonObject& data);
    void tellError(const protocol::Error& error);

    std::unique_ptr<QWebSocket> m_webSocket;
    Transport* const m_transport;
    bool m_mayResume = true;
    qint64 m_largestUnread = 0; ///< what was written in one piece and may be in front of the socket
    Clock::time_point m_lastHeard;
    Clock::time_point m_lastPing;
};

} // namespace prism::realtime
