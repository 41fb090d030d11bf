#include "server/store/tables/settings_table.h"

#include <QJsonDocument>

namespace prism::store {

namespace {

QString settingsName()
{
    return QStringLiteral("settings");
}

} // namespace

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

Result<protocol::Settings> SettingsTable::settings()
{
    const Result<std::optional<QString>> stored = value(settingsName());
    if (!stored)
        return Failure(stored.error());
    const QByteArray text = stored->value_or(QStringLiteral("{}")).toUtf8();
    return protocol::settingsFromJson(QJsonDocument::fromJson(text).object());
}

Result<void> SettingsTable::setSettings(const protocol::Settings& settings)
{
    return setValue(settingsName(), QString::fromUtf8(encode(settings)));
}

} // namespace prism::store
