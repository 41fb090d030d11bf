#include "server/api/ready_probe.h"

#include "shared/protocol/try.h"

namespace prism::api {

using protocol::Result;

namespace {

constexpr std::chrono::seconds betweenProbes{1};

} // namespace

void ReadyProbe::ask(Told told)
{
    {
        std::unique_lock lock(m_mutex);
        if (m_last && !m_isUnderWay && Clock::now() - m_begun < betweenProbes) {
            const Result<void> last = *m_last;
            lock.unlock();
            told(last);
            return;
        }
        m_waiting.push_back(std::move(told));
        if (std::exchange(m_isUnderWay, true))
            return;
        m_begun = Clock::now();
    }
    m_writes.submit<bool>(
        [](store::Transaction& transaction) -> Result<bool> {
            PRISM_TRY(transaction.settings().setValue(QLatin1String("asked_whether_ready"),
                                                      protocol::toIso(protocol::now())));
            return true;
        },
        [this](const Result<bool>& written) {
            settle(written ? Result<void>() : protocol::Failure(written.error()));
        });
}

void ReadyProbe::settle(const Result<void>& result)
{
    std::vector<Told> waiting;
    {
        const std::lock_guard lock(m_mutex);
        m_last = result;
        m_isUnderWay = false;
        waiting.swap(m_waiting);
    }
    for (const Told& told : waiting)
        told(result);
}

} // namespace prism::api
