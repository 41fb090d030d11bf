#include "tests/support/ws_client.h"

#include <QJsonDocument>
#include <QTest>

namespace prism::test {

namespace {

const QLatin1String typeField("type"), seqField("seq");

} // namespace

WsClient::WsClient(const QString& origin)
    : m_socket(origin)
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        m_messages.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] {
        m_closed = true;
        m_closeCode = int(m_socket.closeCode());
    });
}

bool WsClient::open(const QUrl& url, int timeoutMs)
{
    begin(url);
    return waitForType(QLatin1String("connected"), timeoutMs).has_value();
}

void WsClient::send(const QJsonObject& message)
{
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

QList<QJsonObject> WsClient::events() const
{
    QList<QJsonObject> events;
    for (const QJsonObject& message : m_messages) {
        if (message.contains(seqField))
            events.append(message);
    }
    return events;
}

QList<protocol::Seq> WsClient::seqs() const
{
    QList<protocol::Seq> seqs;
    for (const QJsonObject& message : events())
        seqs.append(message.value(seqField).toInteger());
    return seqs;
}

QStringList WsClient::types() const
{
    QStringList types;
    for (const QJsonObject& message : m_messages)
        types.append(message.value(typeField).toString());
    return types;
}

std::optional<QJsonObject> WsClient::waitForType(QLatin1String type, int timeoutMs, qsizetype from)
{
    const auto find = [&] {
        return std::find_if(m_messages.cbegin() + qMin(from, m_messages.size()), m_messages.cend(),
                            [&](const QJsonObject& message) { return message.value(typeField) == type; });
    };
    if (!QTest::qWaitFor([&] { return find() != m_messages.cend(); }, timeoutMs))
        return std::nullopt;
    return *find();
}

bool WsClient::waitForSeq(protocol::Seq seq, int timeoutMs)
{
    return QTest::qWaitFor(
        [&] {
            return std::any_of(m_messages.crbegin(), m_messages.crend(), [&](const QJsonObject& message) {
                return message.value(seqField).toInteger() >= seq;
            });
        },
        timeoutMs);
}

bool WsClient::waitForCount(qsizetype count, int timeoutMs)
{
    return QTest::qWaitFor([&] { return m_messages.size() >= count; }, timeoutMs);
}

bool WsClient::waitForClosed(int timeoutMs)
{
    return QTest::qWaitFor([&] { return m_closed; }, timeoutMs);
}

std::optional<QJsonObject> WsClient::sync()
{
    const qsizetype from = m_messages.size();
    send({{typeField, QLatin1String("ping")}});
    return waitForType(QLatin1String("pong"), 5'000, from);
}

} // namespace prism::test
