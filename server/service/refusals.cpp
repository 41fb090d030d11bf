#include "server/service/refusals.h"

#include "shared/protocol/try.h"

#include <algorithm>
#include <utility>

namespace prism::service {

using protocol::Timestamp;
using store::AuditEntry;

namespace {

constexpr std::chrono::minutes interval{1};
constexpr std::size_t mostApart = 200;
constexpr qsizetype longestRequest = 200;
constexpr auto others = "others";

} // namespace

/// Where too many are refused those who come later are one.
void Refusals::note(const Refused& refused, Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    Key key{refused.tokenId, refused.share, refused.code};
    const bool isOther = m_entries.size() >= mostApart && !m_entries.contains(key);
    if (isOther)
        key = {QString(), others, refused.code};
    if (m_entries.empty())
        m_first = now;
    AuditEntry& entry = m_entries[key];
    if (entry.action.isEmpty()) {
        entry.at = now;
        entry.tokenId = std::get<0>(key);
        entry.address = isOther ? QString::fromLatin1(others) : refused.address;
        entry.action = QStringLiteral("refused");
        entry.subject = refused.request.left(longestRequest);
        entry.after = "{\"code\":\"" + protocol::errorName(refused.code).toLatin1() + "\"}";
        entry.count = 0;
    }
    ++entry.count;
    entry.lastAt = now;
}

Refusals::Folded Refusals::takeDue(Timestamp now)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool wasSetBack = now < m_first;
        if (m_entries.empty() || (now < m_first + interval && !wasSetBack))
            return {};
    }
    return takeAll();
}

Refusals::Folded Refusals::takeAll()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_entries, {});
}

protocol::Result<void> Refusals::write(store::Transaction& transaction, const Folded& refused)
{
    for (const auto& [key, entry] : refused) {
        AuditEntry named = entry;
        if (!entry.tokenId.isEmpty()) {
            PRISM_TRY_ASSIGN(const auto token, transaction.tokens().find(entry.tokenId));
            named.tokenName = token ? token->name : QString();
        }
        PRISM_TRY(transaction.audit().add(named));
    }
    return {};
}

void Refusals::putBack(const Folded& refused)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& [key, entry] : refused) {
        m_first = m_entries.empty() ? entry.at : std::min(m_first, entry.at);
        const auto [place, isAlone] = m_entries.try_emplace(key, entry);
        if (isAlone)
            continue;
        AuditEntry& later = place->second;
        const qint64 count = later.count + entry.count;
        const Timestamp lastAt = std::max(later.lastAt, entry.lastAt);
        if (entry.at < later.at)
            later = entry;
        later.count = count;
        later.lastAt = lastAt;
    }
}

} // namespace prism::service
