#include "server/realtime/frame.h"

#include "shared/protocol/web_socket_frame.h"

namespace prism::realtime {

QByteArrayView Frame::text() const
{
    const QByteArrayView frame(bytes);
    const quint8 length = quint8(frame.at(1));
    return frame.sliced(length < 126 ? 2 : length == 126 ? 4 : 10);
}

QByteArray streamEvent(const QByteArray& id, QByteArrayView text)
{
    QByteArray event;
    event.reserve(text.size() + id.size() + 16);
    if (!id.isEmpty()) {
        event += "id: ";
        event += id;
        event += '\n';
    }
    event += "data: ";
    event.append(text.data(), text.size());
    event += "\n\n";
    return event;
}

QByteArray textFrame(QByteArrayView text)
{
    return protocol::webSocketFrame(protocol::Opcode::Text, text);
}

} // namespace prism::realtime
