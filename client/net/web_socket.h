#pragma once

#include "shared/protocol/web_socket_reader.h"

#include <QObject>
#include <QTcpSocket>
#include <QUrl>

class QSslSocket;

namespace prism::net {

class Trust;

/// A client's end of one WebSocket (RFC 6455), by ws or wss. QWebSocket does not take text whose frames end
/// within a character, which the standard allows and a proxy between may make of ours, so this reads by
/// protocol::WebSocketReader. Has no time limits: its owner has, and calls abort(). Owns its socket. Used
/// once, on one thread.
class WebSocket : public QObject
{
    Q_OBJECT

public:
    /// A message over `messageBytes` ends the connection.
    WebSocket(qint64 messageBytes, QObject* parent);

    /// Connects and asks for the upgrade; opened() or closed() follows. `authorization` is what the request
    /// says of who asks; empty for nothing.
    void open(const QUrl& url, const QByteArray& authorization = {});

    /// Decides which certificates will do; else those that this computer trusts. Before open().
    void setTrust(Trust* trust) { m_trust = trust; }

    /// `text` is UTF-8. Does nothing while it is not open.
    void sendText(const QByteArray& text) { send(protocol::Opcode::Text, text); }

    /// While it is paused little more is read than was under way, so that the server notices who is slow.
    void setPaused(bool paused);

    /// Says goodbye, unless it is not open. closed() follows when the server has ended the connection.
    void close(int code);

    /// Ends at once, without closed().
    void abort();

    /// Of the server's close frame, or of what it is the answer to; abnormal when there was none.
    int closeCode() const { return m_closeCode; }

    /// Why it was not opened or has ended, for the log.
    const QString& reason() const { return m_reason; }

signals:
    void opened();
    void textReceived(const QByteArray& text);

    /// It could not be opened, or has ended. All that came before has been told of.
    void closed();

private:
    enum class State { Connecting, Upgrading, Open, Closing, Closed };

    void secure(QSslSocket* socket);
    void askForUpgrade();
    void receive();
    void readHead();
    void read(QByteArrayView bytes);
    void takeIn(const protocol::WebSocketMessage& message);
    void send(protocol::Opcode opcode, QByteArrayView payload);
    void sayGoodbye(int code, const QString& reason);
    void fail(const QString& reason);
    void end();

    QTcpSocket* m_socket = nullptr; ///< a child
    protocol::WebSocketReader m_reader;
    QUrl m_url;
    QByteArray m_authorization;
    Trust* m_trust = nullptr;
    QByteArray m_key;
    QByteArray m_head; ///< of the server's answer, as far as it has come
    State m_state = State::Connecting;
    bool m_isPaused = false;
    int m_closeCode = protocol::close_code::abnormal;
    QString m_reason;
};

} // namespace prism::net
