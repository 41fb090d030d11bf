#pragma once

#include "server/store/tables/settings_reader.h"
#include "server/store/write_connection.h"

namespace prism::store {

/// Changes the named texts that belong to the database itself. Lives on its connection's thread.
class SettingsWriter : public SettingsReader
{
public:
    explicit SettingsWriter(WriteConnection& connection)
        : SettingsReader(connection)
        , m_connection(connection)
    {
    }

    Result<void> setValue(QLatin1String name, const QString& value);
    Result<void> setSettings(const protocol::Settings& settings);
    Result<void> setChecksKeptFrom(protocol::Timestamp from);

    /// Nothing when all are counted.
    Result<void> setGatesCountedTo(const std::optional<protocol::GateName>& gate);

private:
    WriteConnection& m_connection;
};

} // namespace prism::store
