#include "server/app/opened_database.h"

#include "server/service/rules.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/tables/settings_table.h"
#include "shared/protocol/try.h"

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
    PRISM_TRY_ASSIGN(store::sqlite::DatabaseLock lock,
                     store::sqlite::DatabaseLock::acquire(config.databaseFile));
    PRISM_TRY_ASSIGN(const auto database,
                     store::Database::open(config.databaseFile, store::Database::Mode::ReadWrite));
    PRISM_TRY(store::migrate(*database));
    PRISM_TRY(checkWritable(*database, config.databaseFile));
    auto watermark = std::make_unique<store::sqlite::Watermark>(config.databaseFile);
    PRISM_TRY_ASSIGN(const Identity identity, Identity::read(*database, *watermark, config.timezone));
    if (!watermark->note(identity.position))
        qCWarning(lcApp)
            << "nothing can be written beside the database: it will not be noticed when it is put "
               "back from a backup";
    PRISM_TRY(store::buildRollups(*database, identity.zone));
    PRISM_TRY_ASSIGN(const auto rules, service::readNewestRules(*database));
    PRISM_TRY_ASSIGN(const auto settings, store::SettingsTable(*database).settings());
    return std::make_unique<OpenedDatabase>(std::move(lock), std::move(watermark), identity, rules, settings);
}

} // namespace prism::app
