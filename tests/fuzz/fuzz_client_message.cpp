#include "server/realtime/client_message.h"
#include "server/realtime/session_filter.h"
#include "shared/protocol/event.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace prism;
using fuzz::require;
using realtime::ClientMessage;
using Kind = realtime::ClientMessage::Kind;

namespace {

constexpr int maxDepth = 32;

QLatin1String typeOf(Kind kind)
{
    switch (kind) {
    case Kind::Subscribe:
        return protocol::request_type::subscribe;
    case Kind::Unsubscribe:
        return protocol::request_type::unsubscribe;
    case Kind::Join:
        return protocol::request_type::join;
    case Kind::Leave:
        return protocol::request_type::leave;
    case Kind::Resume:
        return protocol::request_type::resume;
    case Kind::Dashboard:
        return protocol::request_type::dashboard;
    case Kind::Ping:
        break;
    }
    return protocol::request_type::ping;
}

/// The message as a client would write it.
QByteArray encoded(const ClientMessage& message)
{
    const bool isAboutRoom = message.kind == Kind::Join || message.kind == Kind::Leave;
    QJsonObject data{
        {isAboutRoom ? QLatin1String("room") : QLatin1String("event"), message.subject},
        {QLatin1String("epoch"), message.epoch},
        {QLatin1String("since"), qint64(message.since)},
    };
    if (message.kind == Kind::Dashboard)
        data = message.view ? protocol::toJson(*message.view)
                            : QJsonObject{{QLatin1String("period"), QJsonValue::Null}};
    return QJsonDocument(
               QJsonObject{{QLatin1String("type"), typeOf(message.kind)}, {QLatin1String("data"), data}})
        .toJson(QJsonDocument::Compact);
}

/// One session, and the rooms that it should be in.
class Session
{
public:
    void apply(const ClientMessage& message)
    {
        const QString subject = message.subject;
        switch (message.kind) {
        case Kind::Subscribe:
            if (m_filter.subscribe(subject))
                require(!m_filter.wantsAll() && m_filter.wants(subject, m_rooms.value(0)),
                        "what was subscribed to is wanted");
            break;
        case Kind::Unsubscribe:
            m_filter.unsubscribe(subject);
            break;
        case Kind::Join:
            if (m_filter.join(subject) && !m_rooms.contains(subject))
                m_rooms.append(subject);
            break;
        case Kind::Leave:
            m_filter.leave(subject);
            m_rooms.removeAll(subject);
            break;
        case Kind::Ping:
        case Kind::Resume:
        case Kind::Dashboard:
            break;
        }
        require(m_rooms.size() <= mostRooms, "rooms are bounded");
        require(m_rooms.isEmpty() || !m_filter.wantsAll(), "a room narrows");
        require(!m_filter.wantsAll() || m_filter.wants(subject, subject), "all is all");
    }

private:
    static constexpr qsizetype mostRooms = 100;

    realtime::SessionFilter m_filter;
    QStringList m_rooms;
};

} // namespace

/// Each line is a message of one session.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    Session session;
    const QList<QByteArray> lines = fuzz::toBytes(data, size).split('\n');
    for (const QByteArray& line : lines) {
        const auto message = realtime::parseClientMessage(line, maxDepth);
        if (!message) {
            require(!message.error().message.isEmpty(), "a refusal says why");
            continue;
        }
        require(message->since >= 0, "a position is not negative");
        const auto again = realtime::parseClientMessage(encoded(*message), maxDepth);
        require(again && *again == *message, "a message survives being written");
        session.apply(*message);
    }
    return 0;
}
