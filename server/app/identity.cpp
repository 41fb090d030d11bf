#include "server/app/identity.h"

#include "server/store/tables/event_reader.h"
#include "server/store/tables/settings_writer.h"
#include "server/store/uuid.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Result;

namespace {

Result<QString> readEpoch(store::Database& database, store::SettingsWriter& settings, protocol::Seq head)
{
    constexpr QLatin1String name("epoch");
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, settings.value(name));
    if (stored) {
        const auto contradiction = database.contradictionTo({*stored, head});
        if (!contradiction)
            return *stored;
        qCInfo(lcApp).noquote() << "the database was put back or copied:" << *contradiction
                                << "- clients are told to load everything anew";
    }
    const QString made = store::makeUuidV7();
    PRISM_TRY(settings.setValue(name, made));
    return made;
}

Result<QString> readZone(store::SettingsWriter& settings, const QString& named)
{
    constexpr QLatin1String name("timezone");
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, settings.value(name));
    if (stored && named.isEmpty())
        return *stored;
    const QString zone = named.isEmpty() ? QString::fromUtf8(QTimeZone::systemTimeZoneId()) : named;
    PRISM_TRY(settings.setValue(name, zone));
    return zone;
}

} // namespace

Result<Identity> Identity::read(store::Database& database, store::WriteConnection& connection,
                                const QString& namedZone)
{
    store::SettingsWriter settings(connection);
    PRISM_TRY_ASSIGN(const protocol::Seq head, store::EventReader(connection).head());
    PRISM_TRY_ASSIGN(const QString epoch, readEpoch(database, settings, head));
    PRISM_TRY_ASSIGN(const QString name, readZone(settings, namedZone));
    const QTimeZone zone(name.toUtf8());
    return Identity{{epoch, head}, zone.isValid() ? zone : QTimeZone::utc()};
}

} // namespace prism::app
