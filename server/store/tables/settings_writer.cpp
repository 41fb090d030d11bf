#include "server/store/tables/settings_writer.h"

#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QJsonArray>

namespace prism::store {

Result<void> SettingsWriter::setValue(QLatin1String name, const QString& value)
{
    PRISM_TRY(m_connection.execute("INSERT INTO settings (name, value) VALUES (?, ?) "
                                   "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                   {name, value}));
    return {};
}

Result<void> SettingsWriter::setSettings(const protocol::Settings& settings)
{
    return setValue(settingsName, QString::fromUtf8(encode(settings)));
}

Result<void> SettingsWriter::setChecksKeptFrom(protocol::Timestamp from)
{
    return setValue(checksKeptName, QString::number(protocol::toMillis(from)));
}

Result<void> SettingsWriter::setGatesCountedTo(const std::optional<protocol::GateName>& gate)
{
    const QByteArray names =
        gate ? protocol::writtenJson(QJsonArray{gate->project, gate->gate}) : QByteArray();
    return setValue(gatesCountedName, QString::fromUtf8(names));
}

} // namespace prism::store
