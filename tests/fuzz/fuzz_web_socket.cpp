#include "shared/protocol/web_socket_reader.h"
#include "tests/fuzz/fuzz.h"

#include <QList>
#include <QStringDecoder>

using namespace prism;
using fuzz::require;
using protocol::Opcode;
using protocol::WebSocketReader;

namespace {

constexpr qint64 mostBytes = 4096;

struct Reading
{
    QList<std::pair<int, QByteArray>> messages;
    int fault = 0;

    bool operator==(const Reading&) const = default;
};

bool isText(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError() && text.size() <= bytes.size();
}

Reading readAll(WebSocketReader::Peer peer, QByteArrayView bytes, qsizetype piece)
{
    WebSocketReader reader(peer, mostBytes);
    Reading reading;
    while (!bytes.isEmpty()) {
        QByteArrayView rest = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.sliced(rest.size());
        while (!rest.isEmpty()) {
            const qsizetype before = rest.size();
            const WebSocketReader::Step step = reader.read(rest);
            require(rest.size() < before, "a step goes on");
            if (step == WebSocketReader::Step::Fault) {
                reading.fault = reader.fault().code;
                require(protocol::isCloseCode(reading.fault) && !reader.fault().reason.isEmpty(),
                        "a fault says why");
                return reading;
            }
            if (step != WebSocketReader::Step::Message)
                continue;
            const protocol::WebSocketMessage message = reader.takeMessage();
            require(message.payload.size() <= mostBytes, "a message is bounded");
            require(message.opcode != Opcode::Text || isText(message.payload), "text is UTF-8");
            require(message.opcode != Opcode::Close || message.payload.isEmpty() ||
                        protocol::isCloseCode(message.closeCode()),
                    "a close code is one");
            reading.messages.append({int(message.opcode), message.payload});
        }
    }
    return reading;
}

} // namespace

/// The bytes of a connection, of a client or a server as the first byte says: they are read alike in whatever
/// pieces they come.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QByteArray bytes = fuzz::toBytes(data, size);
    if (bytes.isEmpty())
        return 0;
    const auto peer = bytes.at(0) % 2 == 0 ? WebSocketReader::Peer::Client : WebSocketReader::Peer::Server;
    const QByteArrayView stream = QByteArrayView(bytes).sliced(1);
    const Reading whole = readAll(peer, stream, std::max<qsizetype>(stream.size(), 1));
    for (const qsizetype piece : {1, 2, 3, 7})
        require(readAll(peer, stream, piece) == whole, "pieces change nothing");
    return 0;
}
