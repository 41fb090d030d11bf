#include "server/io/descriptor.h"

#include <sys/socket.h>
#include <unistd.h>

namespace prism::io {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        close();
        m_number = std::exchange(other.m_number, -1);
        m_peer = other.m_peer;
        m_onTheWay = std::move(other.m_onTheWay);
    }
    return *this;
}

Descriptor Descriptor::accepted(int number)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::getpeername(number, any, &size) != 0 || any->sa_family == AF_UNIX)
        return Descriptor(number);
    const QHostAddress peer(any);
    bool isIPv4 = false;
    const quint32 v4 = peer.toIPv4Address(&isIPv4);
    return Descriptor(number, isIPv4 ? QHostAddress(v4) : peer);
}

void Descriptor::close()
{
    if (const int number = std::exchange(m_number, -1); number >= 0)
        ::close(number);
}

} // namespace prism::io
