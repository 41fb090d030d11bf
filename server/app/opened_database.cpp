#include "server/app/opened_database.h"

#include "server/service/rules.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/tables/settings_table.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

/// SQLite opens a file that it may not write for reading alone, and would stay with that. A statement that
/// would change something tells, whether or not it finds anything to change.
Result<void> checkWritable(store::Database& database, const QString& file)
{
    if (!database.execute("DELETE FROM settings WHERE name IS NULL"))
        return Failure(
            Error{ErrorCode::Unavailable, QStringLiteral("The database %1 cannot be written to.").arg(file)});
    return {};
}

} // namespace

Result<std::unique_ptr<OpenedDatabase>> openDatabase(const Config& config)
{
    const QFileInfo file(config.databaseFile);
    if (!QDir().mkpath(file.absolutePath()))
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("The folder %1 cannot be made.").arg(file.absolutePath())});
    Result<store::sqlite::DatabaseLock> lock = store::sqlite::DatabaseLock::acquire(config.databaseFile);
    if (!lock)
        return Failure(lock.error());
    const auto database = store::Database::open(config.databaseFile, store::Database::Mode::ReadWrite);
    if (!database)
        return Failure(database.error());
    if (const Result<void> migrated = store::migrate(**database); !migrated)
        return Failure(migrated.error());
    if (const Result<void> writable = checkWritable(**database, config.databaseFile); !writable)
        return Failure(writable.error());
    auto watermark = std::make_unique<store::sqlite::Watermark>(config.databaseFile);
    const Result<Identity> identity = Identity::read(**database, *watermark, config.timezone);
    if (!identity)
        return Failure(identity.error());
    if (!watermark->note(identity->position))
        qCWarning(lcApp)
            << "nothing can be written beside the database: it will not be noticed when it is put "
               "back from a backup";
    if (const Result<void> built = store::buildRollups(**database, identity->zone); !built)
        return Failure(built.error());
    const auto rules = service::readNewestRules(**database);
    if (!rules)
        return Failure(rules.error());
    const auto settings = store::SettingsTable(**database).settings();
    if (!settings)
        return Failure(settings.error());
    return std::make_unique<OpenedDatabase>(std::move(*lock), std::move(watermark), *identity, *rules,
                                            *settings);
}

} // namespace prism::app
