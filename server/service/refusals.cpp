#include "server/service/refusals.h"

#include "shared/protocol/try.h"

namespace prism::service {

using protocol::Timestamp;
using store::AuditEntry;

namespace {

constexpr std::chrono::minutes interval{1};
constexpr std::size_t mostApart = 1'000;
constexpr qsizetype longestRequest = 200;
constexpr QLatin1String others("others");

} // namespace

/// Where too many are refused those who come later are one.
void Refusals::note(const Refused& refused, Timestamp now)
{
    const std::lock_guard lock(m_mutex);
    Key key{refused.tokenId, refused.address, refused.code};
    if (m_entries.size() >= mostApart && !m_entries.contains(key))
        key = {QString(), others, refused.code};
    if (m_entries.empty())
        m_first = now;
    AuditEntry& entry = m_entries[key];
    if (entry.action.isEmpty()) {
        entry.at = now;
        entry.tokenId = std::get<0>(key);
        entry.address = std::get<1>(key);
        entry.action = QStringLiteral("refused");
        entry.subject = refused.request.left(longestRequest);
        entry.after = "{\"code\":\"" + protocol::errorName(refused.code).toLatin1() + "\"}";
        entry.count = 0;
    }
    ++entry.count;
    entry.lastAt = now;
}

std::vector<AuditEntry> Refusals::takeDue(Timestamp now)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool wasSetBack = now < m_first;
        if (m_entries.empty() || (now < m_first + interval && !wasSetBack))
            return {};
    }
    return takeAll();
}

std::vector<AuditEntry> Refusals::takeAll()
{
    std::map<Key, AuditEntry> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_entries);
    }
    std::vector<AuditEntry> entries;
    entries.reserve(taken.size());
    for (auto& [key, entry] : taken)
        entries.push_back(std::move(entry));
    return entries;
}

protocol::Result<void> Refusals::write(store::Transaction& transaction,
                                       const std::vector<AuditEntry>& entries)
{
    for (const AuditEntry& entry : entries) {
        AuditEntry named = entry;
        if (!entry.tokenId.isEmpty()) {
            PRISM_TRY_ASSIGN(const auto token, transaction.tokens().find(entry.tokenId));
            named.tokenName = token ? token->name : QString();
        }
        PRISM_TRY(transaction.audit().add(named));
    }
    return {};
}

} // namespace prism::service
