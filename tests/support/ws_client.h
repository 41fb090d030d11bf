#pragma once

#include "shared/protocol/position.h"

#include <QJsonObject>
#include <QList>
#include <QWebSocket>

#include <optional>

namespace prism::test {

/// A WebSocket client that keeps every message it got, in order. Lives on the test's thread; the waiting
/// functions run the event loop until the condition holds or the deadline comes.
class WsClient : public QObject
{
    Q_OBJECT

public:
    explicit WsClient(const QString& origin = {});

    /// Opens and waits for the hello; false when it did not come.
    bool open(const QUrl& url, int timeoutMs = 5'000);

    /// Opens without waiting.
    void begin(const QUrl& url) { m_socket.open(url); }

    void send(const QJsonObject& message);
    void sendText(const QString& text) { m_socket.sendTextMessage(text); }
    QWebSocket& socket() { return m_socket; }

    const QList<QJsonObject>& messages() const { return m_messages; }

    /// The messages that have a place in the order.
    QList<QJsonObject> events() const;
    QList<protocol::Seq> seqs() const;
    QStringList types() const; ///< of all messages

    QJsonObject hello() const { return m_messages.value(0).value(QLatin1String("data")).toObject(); }
    QString epoch() const { return hello().value(QLatin1String("epoch")).toString(); }
    protocol::Seq helloSeq() const { return hello().value(QLatin1String("seq")).toInteger(); }

    /// The first message of this type at or after place `from` in messages().
    std::optional<QJsonObject> waitForType(QLatin1String type, int timeoutMs = 5'000, qsizetype from = 0);

    /// True once an event with this seq or a later one has come.
    bool waitForSeq(protocol::Seq seq, int timeoutMs = 5'000);

    /// True once so many messages have come.
    bool waitForCount(qsizetype count, int timeoutMs = 5'000);

    bool waitForClosed(int timeoutMs = 5'000);

    /// Sends a ping message and waits for its pong: everything the server had to say before has arrived then.
    std::optional<QJsonObject> sync();

    int closeCode() const { return m_closeCode; }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_messages;
    int m_closeCode = 0;
    bool m_closed = false;
};

} // namespace prism::test
