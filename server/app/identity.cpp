#include "server/app/identity.h"

#include "server/store/tables/event_table.h"
#include "server/store/tables/settings_table.h"
#include "server/store/uuid.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Failure;
using protocol::Result;

namespace {

Result<QString> readEpoch(store::Database& database, const store::sqlite::Watermark& watermark,
                          protocol::Seq head)
{
    const QString name = QStringLiteral("epoch");
    store::SettingsTable settings(database);
    const Result<std::optional<QString>> stored = settings.value(name);
    if (!stored)
        return Failure(stored.error());
    if (*stored) {
        const auto contradiction = watermark.contradictionTo({**stored, head});
        if (!contradiction)
            return **stored;
        qCInfo(lcApp).noquote() << "the database was put back or copied:" << *contradiction
                                << "- clients are told to load everything anew";
    }
    const QString made = store::makeUuidV7();
    if (const Result<void> written = settings.setValue(name, made); !written)
        return Failure(written.error());
    return made;
}

Result<QString> readZone(store::Database& database, const QString& named)
{
    const QString name = QStringLiteral("timezone");
    store::SettingsTable settings(database);
    const Result<std::optional<QString>> stored = settings.value(name);
    if (!stored)
        return Failure(stored.error());
    if (*stored && named.isEmpty())
        return **stored;
    const QString zone = named.isEmpty() ? QString::fromUtf8(QTimeZone::systemTimeZoneId()) : named;
    if (const Result<void> written = settings.setValue(name, zone); !written)
        return Failure(written.error());
    return zone;
}

} // namespace

Result<Identity> Identity::read(store::Database& database, const store::sqlite::Watermark& watermark,
                                const QString& namedZone)
{
    const Result<protocol::Seq> head = store::EventTable(database).head();
    if (!head)
        return Failure(head.error());
    const Result<QString> epoch = readEpoch(database, watermark, *head);
    if (!epoch)
        return Failure(epoch.error());
    const Result<QString> name = readZone(database, namedZone);
    if (!name)
        return Failure(name.error());
    const QTimeZone zone(name->toUtf8());
    return Identity{{*epoch, *head}, zone.isValid() ? zone : QTimeZone::utc()};
}

} // namespace prism::app
