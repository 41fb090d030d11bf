#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace prism::bench {

enum class WsOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// One WebSocket frame (RFC 6455, section 5.2), as a server sends it: not masked.
struct WsFrame
{
    WsOpcode opcode = WsOpcode::Text;
    std::string_view payload;
    std::size_t size = 0; ///< of the whole frame
};

/// The frame at the beginning of `bytes`; nothing while it is not complete.
std::optional<WsFrame> nextFrame(std::string_view bytes);

/// A frame as a client has to send it, for payloads of up to 125 bytes.
std::string maskedFrame(WsOpcode opcode, std::string_view payload);

/// A text frame as a server sends it, for payloads of up to 65,535 bytes.
std::string serverTextFrame(std::string_view payload);

} // namespace prism::bench
