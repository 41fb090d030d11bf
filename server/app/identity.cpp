#include "server/app/identity.h"

#include "server/store/tables/event_table.h"
#include "server/store/tables/settings_table.h"
#include "server/store/uuid.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Result;

namespace {

Result<QString> readEpoch(store::Database& database, const store::sqlite::Watermark& watermark,
                          protocol::Seq head)
{
    const QString name = QStringLiteral("epoch");
    store::SettingsTable settings(database);
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, settings.value(name));
    if (stored) {
        const auto contradiction = watermark.contradictionTo({*stored, head});
        if (!contradiction)
            return *stored;
        qCInfo(lcApp).noquote() << "the database was put back or copied:" << *contradiction
                                << "- clients are told to load everything anew";
    }
    const QString made = store::makeUuidV7();
    PRISM_TRY(settings.setValue(name, made));
    return made;
}

Result<QString> readZone(store::Database& database, const QString& named)
{
    const QString name = QStringLiteral("timezone");
    store::SettingsTable settings(database);
    PRISM_TRY_ASSIGN(const std::optional<QString> stored, settings.value(name));
    if (stored && named.isEmpty())
        return *stored;
    const QString zone = named.isEmpty() ? QString::fromUtf8(QTimeZone::systemTimeZoneId()) : named;
    PRISM_TRY(settings.setValue(name, zone));
    return zone;
}

} // namespace

Result<Identity> Identity::read(store::Database& database, const store::sqlite::Watermark& watermark,
                                const QString& namedZone)
{
    PRISM_TRY_ASSIGN(const protocol::Seq head, store::EventTable(database).head());
    PRISM_TRY_ASSIGN(const QString epoch, readEpoch(database, watermark, head));
    PRISM_TRY_ASSIGN(const QString name, readZone(database, namedZone));
    const QTimeZone zone(name.toUtf8());
    return Identity{{epoch, head}, zone.isValid() ? zone : QTimeZone::utc()};
}

} // namespace prism::app
