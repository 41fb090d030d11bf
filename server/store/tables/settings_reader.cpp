#include "server/store/tables/settings_reader.h"

#include "shared/protocol/try.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace prism::store {

Result<std::optional<QString>> SettingsReader::value(QLatin1String name)
{
    PRISM_TRY_ASSIGN(Rows rows, m_connection.select("SELECT value FROM settings WHERE name = ?", {name}));
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

Result<protocol::Settings> SettingsReader::settings()
{
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, value(settingsName));
    const QByteArray text = stored.value_or(QStringLiteral("{}")).toUtf8();
    return protocol::settingsFromJson(QJsonDocument::fromJson(text).object());
}

Result<protocol::Timestamp> SettingsReader::checksKeptFrom()
{
    PRISM_TRY_ASSIGN(const std::optional<QString> from, value(checksKeptName));
    return protocol::fromMillis(from.value_or(QString()).toLongLong());
}

Result<std::optional<protocol::GateName>> SettingsReader::gatesCountedTo()
{
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, value(gatesCountedName));
    if (!stored || stored->isEmpty())
        return std::nullopt;
    const QJsonArray names = QJsonDocument::fromJson(stored->toUtf8()).array();
    return protocol::GateName{names.at(0).toString(), names.at(1).toString()};
}

} // namespace prism::store
