#pragma once

#include "server/store/tables/settings_table.h"
#include "shared/protocol/timestamp.h"

namespace prism::store {

/// From when on the checks themselves are kept; of earlier ones some or all may have been removed, and their
/// rollups remain. Lives on its database's thread.
class ChecksKept
{
public:
    explicit ChecksKept(Database& database)
        : m_settings(database)
    {
    }

    /// 1970 while none was removed.
    Result<protocol::Timestamp> from()
    {
        const auto text = m_settings.value(name());
        if (!text)
            return Failure(text.error());
        return protocol::fromMillis(text->value_or(QString()).toLongLong());
    }

    Result<void> setFrom(protocol::Timestamp from)
    {
        return m_settings.setValue(name(), QString::number(protocol::toMillis(from)));
    }

private:
    static QString name() { return QStringLiteral("checksKeptFrom"); }

    SettingsTable m_settings;
};

} // namespace prism::store
