#include "tests/bench/ws_frame.h"

namespace prism::bench {

namespace {

constexpr std::uint8_t finalBit = 0x80;
constexpr std::uint8_t maskBit = 0x80;
constexpr std::size_t shortLength = 125;
constexpr std::size_t length16 = 126;
constexpr std::size_t length64 = 127;

std::size_t byteAt(std::string_view bytes, std::size_t i)
{
    return std::uint8_t(bytes[i]);
}

} // namespace

std::optional<WsFrame> nextFrame(std::string_view bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    std::size_t head = 2;
    std::size_t length = byteAt(bytes, 1) & ~std::size_t(maskBit);
    if (length > shortLength) {
        const std::size_t digits = length == length64 ? 8 : 2;
        head += digits;
        if (bytes.size() < head)
            return std::nullopt;
        length = 0;
        for (std::size_t i = 2; i < head; ++i)
            length = length << 8U | byteAt(bytes, i);
    }
    if (bytes.size() - head < length)
        return std::nullopt;
    return WsFrame{WsOpcode(byteAt(bytes, 0) & 0x0FU), bytes.substr(head, length), head + length};
}

std::string maskedFrame(WsOpcode opcode, std::string_view payload)
{
    std::string frame;
    frame += char(finalBit | std::uint8_t(opcode));
    frame += char(maskBit | std::uint8_t(payload.size()));
    frame.append(4, '\0'); // a mask of zeros leaves the payload as it is
    frame += payload;
    return frame;
}

std::string serverTextFrame(std::string_view payload)
{
    std::string frame;
    frame += char(finalBit | std::uint8_t(WsOpcode::Text));
    if (payload.size() <= shortLength) {
        frame += char(payload.size());
    } else {
        frame += char(length16);
        frame += char(payload.size() >> 8U);
        frame += char(payload.size() & 0xFFU);
    }
    frame += payload;
    return frame;
}

} // namespace prism::bench
