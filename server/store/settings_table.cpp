#include "server/store/settings_table.h"

namespace prism::store {

Result<std::optional<QString>> SettingsTable::value(const QString& name)
{
    Result<Rows> rows = m_database.select("SELECT value FROM settings WHERE name = ?", {name});
    if (!rows)
        return Failure(rows.error());
    return rows->next() ? std::optional(rows->text(0)) : std::nullopt;
}

Result<void> SettingsTable::setValue(const QString& name, const QString& value)
{
    const Result<int> done = m_database.execute("INSERT INTO settings (name, value) VALUES (?, ?) "
                                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                                {name, value});
    if (!done)
        return Failure(done.error());
    return {};
}

} // namespace prism::store
