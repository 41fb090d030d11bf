#pragma once

#include "server/realtime/client_message.h"
#include "server/realtime/outlet.h"
#include "server/realtime/settings.h"
#include "server/realtime/web_socket.h"

namespace prism::realtime {

/// A client that speaks WebSocket: reads its messages, does what they ask of the session, and answers them.
/// Owns the WebSocket.
class WebSocketOutlet : public Outlet
{
public:
    /// The WebSocket's handshake is done. `settings` are borrowed.
    WebSocketOutlet(std::unique_ptr<WebSocket> webSocket, const Settings& settings);

    io::Stream& stream() override { return m_webSocket->stream(); }
    Encoding encoding() const override { return Encoding::WebSocket; }
    void begin(Session& session) override;
    QByteArray encoded(const protocol::Event& message, protocol::Seq reached) const override;
    void keepAlive(Clock::time_point now) override;
    void sayGoodbye(int code, const QString& reason) override { m_webSocket->close(code, reason); }
    void abort() override { m_webSocket->abort(); }

private:
    void greet();
    void onText(const QString& text);
    void onMessage(const ClientMessage& message);
    void resume(const QString& epoch, protocol::Seq since);
    void confirm(const protocol::Result<void>& result, QLatin1String type, QLatin1String field,
                 const QString& subject);
    void tellError(const protocol::Error& error);

    const std::unique_ptr<WebSocket> m_webSocket;
    const Settings& m_settings;
    Session* m_session = nullptr;
    bool m_mayResume = true;
    Clock::time_point m_lastPing;
};

} // namespace prism::realtime
