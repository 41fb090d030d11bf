#include "client/model/letting_in.h"

#include <algorithm>

namespace prism::model {

LettingIn::LettingIn(net::Api& api, const net::Options& options, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(options.timing.pairingPoll);
    connect(&m_timer, &QTimer::timeout, this, &LettingIn::refresh);
}

void LettingIn::setActive(bool active)
{
    if (active == m_isActive)
        return;
    m_isActive = active;
    if (active)
        return refresh();
    m_timer.stop();
    m_list.cancel();
}

void LettingIn::refresh()
{
    if (m_isActive)
        m_list = m_api.pairings([this](const auto& answer) { onList(answer); });
}

void LettingIn::onList(const protocol::Result<QList<WaitingPairing>>& answer)
{
    m_timer.start();
    const std::optional<protocol::Error> error = answer ? std::nullopt : std::optional(answer.error());
    const bool isOther = (answer && *answer != m_waiting) || error.has_value() != m_error.has_value();
    if (answer)
        m_waiting = *answer;
    m_error = error;
    if (isOther)
        emit changed();
}

QString LettingIn::codeIn(const QString& typed)
{
    constexpr qsizetype digits = 6;
    QString code;
    for (const QChar letter : typed) {
        if (const int digit = letter.digitValue(); digit >= 0)
            code += QChar(u'0' + digit);
        else if (!letter.isSpace() && letter != u'-')
            return {};
    }
    return code.size() == digits ? code : QString();
}

void LettingIn::approve(const PairingApproval& approval)
{
    if (m_isApproving)
        return;
    m_isApproving = true;
    emit changed();
    m_approval = m_api.approvePairing(approval, [this](const auto& answer) { onApproved(answer); });
}

void LettingIn::onApproved(const protocol::Result<ApprovedPairing>& answer)
{
    m_isApproving = false;
    refresh();
    emit changed();
    if (answer)
        emit approved(*answer);
    else
        emit refused(answer.error());
}

} // namespace prism::model
