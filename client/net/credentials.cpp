#include "client/net/credentials.h"

namespace prism::net {

void Credentials::setToken(const QByteArray& token)
{
    m_token = token;
    m_isHeld = false;
    m_refusal.reset();
    emit changed();
}

QByteArray Credentials::authorization() const
{
    return m_token.isEmpty() ? QByteArray() : "Bearer " + m_token;
}

void Credentials::refuse(const QByteArray& authorization, const protocol::Error& why)
{
    if (m_refusal || authorization != this->authorization())
        return;
    m_refusal = why;
    emit changed();
}

} // namespace prism::net
