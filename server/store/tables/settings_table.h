#pragma once

#include "server/store/database.h"
#include "shared/protocol/settings.h"

#include <optional>

namespace prism::store {

/// Named texts that belong to the database itself: its epoch, its time zone, and the settings that are
/// changed while the server runs. Lives on its database's thread.
class SettingsTable
{
public:
    explicit SettingsTable(Database& database)
        : m_database(database)
    {
    }

    Result<std::optional<QString>> value(const QString& name);
    Result<void> setValue(const QString& name, const QString& value);

    /// The defaults before the first change.
    Result<protocol::Settings> settings();
    Result<void> setSettings(const protocol::Settings& settings);

private:
    Database& m_database;
};

} // namespace prism::store
