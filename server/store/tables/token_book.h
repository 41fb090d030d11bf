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

    void publish(const std::vector<Token>& tokens);

    /// The token with this id was used in this minute.
    void noteUse(const QString& id, protocol::Timestamp now);

    /// What has been noted since the last call.
    QHash<QString, protocol::Timestamp> takeUses();

private:
    mutable std::mutex m_mutex;
    QHash<QString, TokenPtr> m_tokens;
    QHash<QString, protocol::Timestamp> m_uses;   ///< that are not written down
    QHash<QString, protocol::Timestamp> m_latest; ///< of each token, to the minute
};

} // namespace prism::store
