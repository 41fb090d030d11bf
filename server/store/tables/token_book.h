#pragma once

#include "server/store/tables/token.h"

#include <QHash>

#include <memory>
#include <mutex>

namespace prism::store {

using TokenPtr = std::shared_ptr<const Token>;

/// The tokens that there are now, and when they were used since that was written down. Read from any thread;
/// published on the writer's, in the order of the commits.
class TokenBook
{
public:
    explicit TokenBook(const std::vector<Token>& tokens) { publish(tokens); }

    /// Null where there is none. It may have expired.
    TokenPtr find(const QString& id) const;

    /// The one that somebody signs in by now, if it `isGood`, which is asked of whatever token there is with
    /// this id: that it was used is noted with that.
    template <typename IsGood>
    TokenPtr use(const QString& id, protocol::Timestamp now, const IsGood& isGood)
    {
        const std::lock_guard lock(m_mutex);
        TokenPtr known = m_tokens.value(id);
        if (!known || !isGood(*known))
            return nullptr;
        noteUse(id, now);
        return known;
    }

    void publish(const std::vector<Token>& tokens);

    /// What has been noted since the last call.
    QHash<QString, protocol::Timestamp> takeUses();

private:
    void noteUse(const QString& id, protocol::Timestamp now);

    mutable std::mutex m_mutex;
    QHash<QString, TokenPtr> m_tokens;
    QHash<QString, protocol::Timestamp> m_uses;   ///< that are not written down
    QHash<QString, protocol::Timestamp> m_latest; ///< of each token, to the minute
};

} // namespace prism::store
