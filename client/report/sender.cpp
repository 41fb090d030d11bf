#include "client/report/sender.h"

#include "shared/protocol/check.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>

#include <thread>

namespace prism::report {

using protocol::CheckStatus;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds longestTry = std::chrono::seconds(30);
constexpr milliseconds firstPause{500};
constexpr milliseconds longestPause = std::chrono::seconds(30);

/// Between half and all of it, so that those who wait for the same server do not come at once.
milliseconds scattered(milliseconds pause)
{
    const qint64 half = pause.count() / 2;
    return milliseconds(half + QRandomGenerator::global()->bounded(half + 1));
}

/// What the server is to be asked again is not refused: it is busy (408, 429), or does not know the token any
/// more (401), which a person mends.
bool isRefusal(int status)
{
    return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
}

struct Told
{
    bool something = false;
    bool blocked = false;
};

/// The checks that a result file made.
void note(const QJsonValue& data, Told& told)
{
    const QJsonArray checks = data.toObject().value(QLatin1String("checks")).toArray();
    for (const auto& check : checks) {
        told.something = true;
        told.blocked |= check.toObject().value(QLatin1String("status")) == toString(CheckStatus::Blocked);
    }
}

bool isNeeded(Part::When when, const Told& told)
{
    return when == Part::When::Always || (when == Part::When::UnlessTold && !told.something) ||
           (when == Part::When::UnlessBlocked && !told.blocked);
}

} // namespace

void Sender::send(const QDeadlineTimer& until)
{
    m_isOnce = until.hasExpired();
    milliseconds pause = firstPause;
    while (true) {
        pass(until);
        const QStringList waiting = m_spool.waiting();
        if (m_trouble.isEmpty() && !hasTried(waiting))
            continue; // what came meanwhile
        const milliseconds wanted = std::max<milliseconds>(scattered(pause), m_pause);
        if (waiting.isEmpty() || milliseconds(until.remainingTime()) <= wanted)
            return;
        std::this_thread::sleep_for(wanted);
        pause = std::min(2 * pause, longestPause);
    }
}

/// Over all that waits, as long as the server is there.
void Sender::pass(const QDeadlineTimer& until)
{
    m_trouble.clear();
    m_pause = {};
    m_isAway = false;
    m_tried = m_spool.waiting();
    for (const QString& name : std::as_const(m_tried)) {
        const protocol::Result<Entry> entry = m_spool.read(name);
        if (!entry) {
            if (entry.error().code != protocol::ErrorCode::Unavailable)
                m_spool.setAside(name, entry.error().message);
            continue;
        }
        m_refusals.clear();
        const Fate fate = send(*entry, until);
        if (fate == Fate::Sent)
            m_spool.remove(name);
        else if (fate == Fate::Refused)
            m_spool.setAside(name, m_refusals.join(QStringLiteral("; ")));
        if (m_isAway)
            return;
    }
}

bool Sender::hasTried(const QStringList& names) const
{
    return std::all_of(names.begin(), names.end(),
                       [this](const QString& name) { return m_tried.contains(name); });
}

Sender::Fate Sender::send(const Entry& entry, const QDeadlineTimer& until)
{
    Told told;
    for (qsizetype i = 0; i < entry.parts.size(); ++i) {
        const Part& part = entry.parts[i];
        if (!isNeeded(part.when, told))
            continue;
        const Answer answer = m_server.post(part.path, part.type, entry.keyOf(i), part.body, patience(until));
        if (answer.isSuccess()) {
            note(answer.data, told);
        } else if (isRefusal(answer.status)) {
            m_refusals.append(answer.trouble);
        } else {
            constexpr int internalError = 500; // of this entry alone, perhaps
            m_trouble = answer.trouble;
            m_pause = answer.pause;
            m_isAway = answer.status != internalError;
            return Fate::Waits;
        }
    }
    return m_refusals.isEmpty() ? Fate::Sent : Fate::Refused;
}

/// Who tries once has no other bound.
milliseconds Sender::patience(const QDeadlineTimer& until) const
{
    constexpr milliseconds shortest = std::chrono::seconds(1);
    return m_isOnce ? longestTry : std::clamp(milliseconds(until.remainingTime()), shortest, longestTry);
}

} // namespace prism::report
