#include "client/model/first_sign_in.h"

namespace prism::model {

FirstSignIn::FirstSignIn(Access& access, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_access(access)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(options.timing.firstRetry);
    const auto end = [this] {
        m_token.clear();
        m_retry.stop();
    };
    connect(&m_retry, &QTimer::timeout, this, [this] { m_access.signIn(m_token); });
    connect(&access, &Access::signedIn, this, end); // by this one or another
    connect(&access, &Access::signedOut, this, end);
    connect(&access, &Access::signInFailed, this, &FirstSignIn::onFailed);
}

void FirstSignIn::begin(const QByteArray& token)
{
    m_token = token;
    m_access.signIn(token);
}

void FirstSignIn::onFailed(const protocol::Error& error)
{
    if (m_token.isEmpty())
        return;
    if (error.code == protocol::ErrorCode::Unavailable)
        return m_retry.start();
    m_token.clear();
    emit failed(error);
}

} // namespace prism::model
