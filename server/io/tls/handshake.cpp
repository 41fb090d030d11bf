#include "server/io/tls/handshake.h"

#include <cerrno>
#include <openssl/err.h>
#include <sys/socket.h>
#include <utility>

namespace prism::io::tls {

Handshake::Greeting Handshake::greeting() const
{
    char first = 0;
    const ssize_t count = ::recv(m_peer.number(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? Greeting::None : Greeting::Gone;
    if (count == 0)
        return Greeting::Gone;
    return first >= 'A' && first <= 'Z' ? Greeting::Plain : Greeting::Tls;
}

bool Handshake::begin(const Context& context, Clock::time_point now)
{
    m_begun = m_moved = now;
    m_session = context.begin(m_peer.number());
    return hasBegun();
}

Handshake::State Handshake::advance(Clock::time_point now)
{
    m_moved = now;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_session.get());
    if (result == 1)
        return State::Done;
    const int error = SSL_get_error(m_session.get(), result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? State::Waits : State::Failed;
}

std::unique_ptr<Link> Handshake::toLink(Descriptor local, Link::OnTheWay onTheWay)
{
    return std::make_unique<Link>(std::move(m_peer), std::move(m_session), std::move(local),
                                  std::move(onTheWay), m_ticket);
}

} // namespace prism::io::tls
