#include "client/model/pairing.h"

#include "client/model/interventions.h"

#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace prism::model {

using protocol::Error;
using protocol::ErrorCode;
using std::chrono::milliseconds;

Pairing::Pairing(net::Api& api, Access& access, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_access(access)
    , m_options(options)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Pairing::collect);
    connect(&access, &Access::signedIn, this, [this] { end(State::Idle); });
    connect(&access, &Access::signInFailed, this, &Pairing::onSignInFailed);
    connect(&access, &Access::signedOut, this, [this] {
        if (m_state == State::LetIn)
            end(State::Idle);
    });
}

QString Pairing::usualName()
{
    const QString person = Interventions::loggedInPerson();
    const QString host = QSysInfo::machineHostName();
    return (person.isEmpty() || host.isEmpty() ? person + host : person + QLatin1Char('@') + host)
        .left(longestName);
}

/// One that asks by no token: what is refused of the window's own is not asked any more.
net::Api& Pairing::door()
{
    if (!m_door)
        m_door = std::make_unique<net::Api>(m_api.server(), m_options);
    m_door->trust().setPin(m_api.trust().pin());
    return *m_door;
}

void Pairing::ask(const QString& name)
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_error.reset();
    m_begin = door().beginPairing(name, [this](const auto& answer) { onBegun(answer); });
    emit changed();
}

void Pairing::onBegun(const protocol::Result<net::BegunPairing>& answer)
{
    m_isAsking = false;
    if (answer) {
        m_begun = *answer;
        m_until = m_options.clock.elapsed() + answer->life;
        m_token.clear();
        m_isAway = false;
        m_state = State::Waiting;
        m_collect.cancel();
        wait();
    } else {
        m_error = answer.error();
    }
    emit changed();
}

QString Pairing::code() const
{
    return m_state == State::Waiting ? m_begun->code : QString();
}

milliseconds Pairing::left() const
{
    return m_state == State::Waiting ? std::max(m_until - m_options.clock.elapsed(), milliseconds(0))
                                     : milliseconds(0);
}

void Pairing::wait()
{
    m_timer.start(m_state == State::Waiting ? std::min(m_options.timing.pairingPoll, left())
                                            : m_options.timing.pairingPoll);
}

void Pairing::collect()
{
    if (m_state == State::LetIn)
        return m_access.signIn(m_token);
    if (left().count() == 0)
        return end(State::Expired);
    m_collect = door().collectPairing(*m_begun, [this](const auto& answer) { onCollected(answer); });
}

void Pairing::onCollected(const protocol::Result<QByteArray>& answer)
{
    if (!answer && answer.error().code == ErrorCode::NotFound) {
        // The server's own time is over a little earlier: it began to count before it answered.
        return end(left() <= m_options.timing.requestDeadline ? State::Expired : State::Lost);
    }
    const bool isHeldBack = !answer && answer.error().code == ErrorCode::RateLimit;
    const bool wasAway = std::exchange(m_isAway, !answer && !isHeldBack);
    if (!answer || answer->isEmpty()) {
        wait();
        if (m_isAway != wasAway)
            emit changed();
        return;
    }
    m_token = *answer; // which is not told again, whatever becomes of the next request
    m_state = State::LetIn;
    emit changed();
    m_access.signIn(m_token);
}

void Pairing::onSignInFailed(const Error& error)
{
    if (m_state != State::LetIn)
        return;
    if (error.code != ErrorCode::Unavailable)
        return end(State::Idle);
    m_isAway = true;
    wait();
    emit changed();
}

void Pairing::end(State state)
{
    m_timer.stop();
    m_collect.cancel();
    m_isAway = false;
    m_begun.reset();
    m_token.clear();
    m_state = state;
    if (state == State::Idle) {
        m_begin.cancel();
        m_isAsking = false;
        m_error.reset();
    }
    emit changed();
}

} // namespace prism::model
