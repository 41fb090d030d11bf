#include "tests/bench/endpoint.h"

#include "tests/bench/clock.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>

namespace prism::bench {

std::optional<Endpoint> Endpoint::fromUrl(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::nullopt;
    url.remove_prefix(scheme + 3);
    const std::size_t slash = std::min(url.find('/'), url.size());
    const std::string_view authority = url.substr(0, slash);
    const std::size_t colon = authority.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    Endpoint endpoint;
    endpoint.host = authority.substr(0, colon);
    if (endpoint.host == "localhost")
        endpoint.host = "127.0.0.1";
    endpoint.path = slash < url.size() ? url.substr(slash) : "/";
    const std::string_view port = authority.substr(colon + 1);
    in_addr address{};
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc() || end != port.data() + port.size() ||
        inet_pton(AF_INET, endpoint.host.c_str(), &address) != 1)
        return std::nullopt;
    return endpoint;
}

FileDescriptor connectTo(const Endpoint& endpoint, unsigned source)
{
    constexpr unsigned sources = 8;
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isOpen())
        throw BenchError("no socket: " + std::system_category().message(errno));
    const int on = 1;
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (endpoint.host.starts_with("127.")) {
        setsockopt(socket.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + source % sources);
        if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw BenchError("cannot bind: " + std::system_category().message(errno));
    }
    address.sin_port = htons(endpoint.port);
    inet_pton(AF_INET, endpoint.host.c_str(), &address.sin_addr);
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
        errno != EINPROGRESS)
        throw BenchError("cannot connect to " + endpoint.authority() + ": " +
                         std::system_category().message(errno));
    return socket;
}

} // namespace prism::bench
