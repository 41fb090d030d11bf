#include "server/api/ready_probe.h"

#include "shared/protocol/try.h"

#include <QTimer>

#include <algorithm>

namespace prism::api {

using protocol::Failure;
using protocol::Result;

namespace {

constexpr std::chrono::seconds betweenProbes{1};

} // namespace

void ReadyProbe::ask(const QObject& here, Told told)
{
    {
        std::unique_lock lock(m_mutex);
        const auto now = Clock::now();
        const bool isLate = m_isUnderWay && now - m_begun >= m_most;
        const bool isKnown = m_last && !m_isUnderWay && now - m_begun < betweenProbes;
        if (isLate || isKnown) {
            const Result<void> known = isLate ? Failure(late()) : *m_last;
            lock.unlock();
            told(known);
            return;
        }
        const quint64 id = ++m_lastId;
        m_waiting.push_back({id, std::move(told)});
        QTimer::singleShot(m_most, &here, [this, id] { giveUp(id); });
        if (std::exchange(m_isUnderWay, true))
            return;
        m_begun = now;
    }
    m_writes.submit<bool>(
        [](store::Transaction& transaction) -> Result<bool> {
            PRISM_TRY(transaction.settings().setValue(QLatin1String("asked_whether_ready"),
                                                      protocol::toIso(protocol::now())));
            return true;
        },
        [this](const Result<bool>& written) { settle(written ? Result<void>() : Failure(written.error())); });
}

void ReadyProbe::settle(const Result<void>& result)
{
    std::vector<Waiting> waiting;
    {
        const std::lock_guard lock(m_mutex);
        m_last = result;
        m_isUnderWay = false;
        waiting.swap(m_waiting);
    }
    for (const Waiting& each : waiting)
        each.told(result);
}

void ReadyProbe::giveUp(quint64 id)
{
    Told told;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                        [id](const Waiting& each) { return each.id == id; });
        if (found == m_waiting.end())
            return;
        told = std::move(found->told);
        m_waiting.erase(found);
    }
    told(Failure(late()));
}

protocol::Error ReadyProbe::late() const
{
    return {
        protocol::ErrorCode::Unavailable,
        QStringLiteral("A write has not reached the disk within %1 s.").arg(double(m_most.count()) / 1000)};
}

} // namespace prism::api
