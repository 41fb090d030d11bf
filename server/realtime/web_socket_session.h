#pragma once

#include "server/realtime/client_message.h"
#include "server/realtime/session.h"
#include "shared/protocol/event.h"

#include <QTcpSocket>
#include <QWebSocket>

namespace prism::realtime {

/// A session over WebSocket. QtWebSockets does the handshake, pings, closes and all reading; events go past
/// it, straight to the descriptor. Owns the WebSocket. Lives on its worker's thread.
class WebSocketSession : public Session
{
    Q_OBJECT

public:
    /// `transport` is the TCP socket under `webSocket`.
    WebSocketSession(std::unique_ptr<QWebSocket> webSocket, QTcpSocket* transport, const Context& context,
                     QObject* parent);
    ~WebSocketSession() override;

    void tick(Clock::time_point now) override;
    void close(int code, const QString& reason) override;
    qint64 unsent() const override { return m_transport->bytesToWrite(); }

protected:
    void write(const QByteArray& bytes) override;
    bool isClosing() const override { return m_abortAt.has_value(); }
    void replayed(const Replay& replay) override;

private:
    void greet();
    void onText(const QString& text);
    void onMessage(const ClientMessage& message);
    void onResume(const ClientMessage& message);
    void endGrace();
    void confirm(const protocol::Result<void>& result, QLatin1String type, QLatin1String field,
                 const QString& subject);
    void tell(QLatin1String type, const QJsonObject& data);
    void tellError(const protocol::Error& error);

    std::unique_ptr<QWebSocket> m_webSocket;
    QTcpSocket* const m_transport;
    bool m_mayResume = true;
    std::optional<Clock::time_point> m_graceEnd; ///< live from then on, whatever the client says
    std::optional<Clock::time_point> m_abortAt;  ///< set while closing
    qint64 m_largestUnread = 0; ///< what was written in one piece and may be in front of the socket
    Clock::time_point m_lastHeard;
    Clock::time_point m_lastPing;
};

} // namespace prism::realtime
