#pragma once

#include "server/analytics/window.h"
#include "server/store/read_connection.h"
#include "shared/protocol/check.h"
#include "shared/protocol/retro.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace prism::store {

/// Goes through what happened in a span, entry by entry and oldest first, without keeping it. Texts that no
/// number depends on are left out. Lives on its connection's thread.
class FactReader
{
public:
    /// Of these projects, or of all there is.
    explicit FactReader(ReadConnection& connection, const QStringList& projects = {});

    /// `imported` says that it was brought in from elsewhere afterwards.
    using EachCheck = std::function<bool(const protocol::Check& check, bool imported)>;
    using EachRetro = std::function<bool(const protocol::Retro& retro, bool imported)>;

    /// Stop early when `each` returns false.
    Result<void> checks(const analytics::Span& span, const EachCheck& each);
    Result<void> retros(const analytics::Span& span, const EachRetro& each);

private:
    std::vector<Value> valuesWith(const analytics::Span& span) const;

    ReadConnection& m_connection;
    QByteArray m_condition; ///< behind the span's; empty for all
    std::vector<Value> m_projects;
};

} // namespace prism::store
