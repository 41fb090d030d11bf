#include "server/store/tables/token_book.h"

namespace prism::store {

TokenPtr TokenBook::find(const QString& id) const
{
    const std::lock_guard lock(m_mutex);
    return m_tokens.value(id);
}

void TokenBook::publish(const std::vector<Token>& tokens)
{
    QHash<QString, TokenPtr> next;
    QHash<QString, protocol::Timestamp> latest;
    for (const Token& token : tokens) {
        next.insert(token.id, std::make_shared<const Token>(token));
        if (token.used)
            latest.insert(token.id, *token.used);
    }
    const std::lock_guard lock(m_mutex);
    for (auto use = m_latest.cbegin(); use != m_latest.cend(); ++use) {
        if (next.contains(use.key()))
            latest.insert(use.key(), std::max(use.value(), latest.value(use.key())));
    }
    m_tokens = std::move(next);
    m_latest = std::move(latest);
}

void TokenBook::noteUse(const QString& id, protocol::Timestamp now)
{
    const protocol::Timestamp minute = std::chrono::floor<std::chrono::minutes>(now);
    protocol::Timestamp& latest = m_latest[id];
    if (latest >= minute)
        return;
    latest = minute;
    m_uses.insert(id, minute);
}

QHash<QString, protocol::Timestamp> TokenBook::takeUses()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_uses, {});
}

} // namespace prism::store
