#include "server/realtime/frame.h"

#include <QtEndian>

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

QByteArray textFrame(const QByteArray& text)
{
    constexpr char finalText = char(0x81);
    const quint64 size = quint64(text.size());
    QByteArray frame;
    frame.reserve(text.size() + 10);
    frame.append(finalText);
    if (size < 126) {
        frame.append(char(size));
    } else if (size <= 0xFFFF) {
        frame.append(char(126));
        const quint16 length = qToBigEndian(quint16(size));
        frame.append(reinterpret_cast<const char*>(&length), sizeof length);
    } else {
        frame.append(char(127));
        const quint64 length = qToBigEndian(size);
        frame.append(reinterpret_cast<const char*>(&length), sizeof length);
    }
    frame.append(text);
    return frame;
}

} // namespace prism::realtime
