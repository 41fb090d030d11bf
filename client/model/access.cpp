#include "client/model/access.h"

#include "shared/protocol/token_text.h"

#include <utility>

namespace prism::model {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Role;

namespace {

Error mayNotRead()
{
    return {ErrorCode::NotAllowed, QStringLiteral("The token's role may not read."), {}};
}

} // namespace

Access::Access(net::Api& api, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_options(options)
{
    connect(&api.credentials(), &net::Credentials::changed, this, &Access::changed);
}

Role Access::role() const
{
    if (!hasToken())
        return Role::Admin;
    return m_self ? m_self->role : m_remembered.value_or(Role::Admin);
}

void Access::setKept(Kept kept, const QString& place)
{
    m_kept = kept;
    m_place = place;
    emit changed();
}

void Access::resume(const QByteArray& token, std::optional<Role> role)
{
    m_self.reset();
    m_remembered = role;
    m_api.credentials().setToken(token);
    ask();
}

void Access::ask()
{
    if (hasToken() && !refusal())
        m_question = m_api.self([this](const auto& answer) { onSelf(answer); });
}

void Access::onSelf(const protocol::Result<Self>& answer)
{
    const bool isOlder = !answer && answer.error().code == ErrorCode::NotFound;
    if (!answer && !isOlder)
        return;
    m_self = answer.value_or(Self());
    emit changed();
    if (!may(Offer::Read))
        m_api.credentials().refuse(m_api.credentials().authorization(), mayNotRead());
}

void Access::signIn(const QByteArray& token)
{
    if (!protocol::readToken(token))
        return refuseSignIn({ErrorCode::Validation, QStringLiteral("That is not a token."), {}});
    delete std::exchange(m_candidate, new net::Api(m_api.server(), m_options, this));
    m_candidate->trust().setPin(m_api.trust().pin());
    m_candidate->credentials().setToken(token);
    m_trial = m_candidate->self([this, token](const auto& answer) { onCandidate(token, answer); });
    emit changed();
}

void Access::onCandidate(const QByteArray& token, const protocol::Result<Self>& answer)
{
    std::exchange(m_candidate, nullptr)->deleteLater(); // it is just telling of this
    if (answer ? answer->name.isEmpty() : answer.error().code == ErrorCode::NotFound) {
        goOnWithoutToken();
        return refuseSignIn({ErrorCode::NotFound, QStringLiteral("Nobody has to sign in."), {}});
    }
    if (!answer)
        return refuseSignIn(answer.error());
    if (!protocol::mayAct(answer->role, roleFor(Offer::Read)))
        return refuseSignIn(mayNotRead());
    m_question.cancel();
    m_self = *answer;
    m_api.credentials().setToken(token);
    emit signedIn(token, *answer);
}

/// Nothing is taken from where it is kept: the server may ask for it again.
void Access::goOnWithoutToken()
{
    m_question.cancel();
    m_self.reset();
    m_remembered.reset();
    m_api.credentials().setToken({});
}

void Access::refuseSignIn(const Error& error)
{
    emit changed();
    emit signInFailed(error);
}

void Access::signOut()
{
    m_trial.cancel();
    delete std::exchange(m_candidate, nullptr);
    m_kept = Kept::Nowhere;
    m_place.clear();
    goOnWithoutToken();
    emit signedOut();
}

} // namespace prism::model
