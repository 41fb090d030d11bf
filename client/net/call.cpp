#include "client/net/call.h"

#include <QNetworkReply>

#include <utility>

namespace prism::net {

Call::Call(QNetworkReply* reply, const QMetaObject::Connection& answer, Kind kind)
    : m_reply(reply)
    , m_answer(answer)
    , m_kind(kind)
{
}

Call::Call(Call&& other) noexcept
    : m_reply(std::exchange(other.m_reply, nullptr))
    , m_answer(std::exchange(other.m_answer, {}))
    , m_kind(other.m_kind)
{
}

Call& Call::operator=(Call&& other) noexcept
{
    if (this != &other) {
        cancel();
        m_reply = std::exchange(other.m_reply, nullptr);
        m_answer = std::exchange(other.m_answer, {});
        m_kind = other.m_kind;
    }
    return *this;
}

void Call::cancel()
{
    QObject::disconnect(std::exchange(m_answer, {}));
    QNetworkReply* reply = std::exchange(m_reply, nullptr);
    if (reply && m_kind == Kind::Read)
        reply->abort();
}

} // namespace prism::net
