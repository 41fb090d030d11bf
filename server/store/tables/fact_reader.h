#pragma once

#include "server/analytics/window.h"
#include "server/store/database.h"
#include "shared/protocol/check.h"
#include "shared/protocol/retro.h"

#include <functional>

namespace prism::store {

/// Goes through what happened in a span, entry by entry and oldest first, without keeping it. Texts that no
/// number depends on are left out. Lives on its database's thread.
class FactReader
{
public:
    explicit FactReader(Database& database)
        : m_database(database)
    {
    }

    /// `imported` says that it was brought in from elsewhere afterwards.
    using EachCheck = std::function<bool(const protocol::Check& check, bool imported)>;
    using EachRetro = std::function<bool(const protocol::Retro& retro, bool imported)>;

    /// Stop early when `each` returns false.
    Result<void> checks(const analytics::Span& span, const EachCheck& each);
    Result<void> retros(const analytics::Span& span, const EachRetro& each);

private:
    Database& m_database;
};

} // namespace prism::store
