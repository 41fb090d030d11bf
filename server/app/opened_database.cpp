#include "server/app/opened_database.h"

#include "server/service/rules.h"
#include "server/store/dialect.h"
#include "server/store/gate_builder.h"
#include "server/store/migrations.h"
#include "server/store/rollups/rollup_builder.h"
#include "server/store/sqlite/database.h"
#include "server/store/tables/hook_reader.h"
#include "server/store/tables/settings_reader.h"
#include "server/store/tables/token_reader.h"
#include "server/store/write_scope.h"
#include "shared/protocol/try.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp)

namespace prism::app {

using protocol::Result;

namespace {

/// The database's own file may allow what the files beside it refuse, and only a write comes across those.
Result<void> checkWritable(store::WriteConnection& connection, const QString& file)
{
    auto scope = store::WriteScope::begin(connection);
    const Result<void> written = scope ? scope->commit() : protocol::Failure(scope.error());
    if (written)
        return {};
    return protocol::Failure(protocol::Error{
        protocol::ErrorCode::Unavailable,
        QStringLiteral("The database %1 cannot be written to. ").arg(file) + written.error().message});
}

/// What a newer program has made of a database no older one reads.
Result<void> keepBeforeMigration(const store::Database& database, store::WriteConnection& connection)
{
    PRISM_TRY_ASSIGN(const int schema, connection.dialect().schemaVersion(connection));
    return schema > 0 && schema < store::newestSchema() ? database.keepCopy() : Result<void>();
}

} // namespace

Result<std::unique_ptr<OpenedDatabase>> openDatabase(const Config& config, Purpose purpose)
{
    auto database = std::make_unique<store::sqlite::Database>(config.databaseFile);
    PRISM_TRY(database->claim());
    PRISM_TRY_ASSIGN(const auto connection, database->openWriter());
    PRISM_TRY(keepBeforeMigration(*database, *connection));
    PRISM_TRY(store::migrate(*connection));
    PRISM_TRY(checkWritable(*connection, config.databaseFile));
    PRISM_TRY_ASSIGN(const Identity identity, Identity::read(*database, *connection, config.timezone));
    if (!database->note(identity.position))
        qCWarning(lcApp)
            << "nothing can be written beside the database: it will not be noticed when it is put "
               "back from a backup";
    PRISM_TRY(
        store::buildRollups(*connection, identity.zone,
                            purpose == Purpose::Serving ? store::OtherZone::SumUp : store::OtherZone::Leave));
    PRISM_TRY(store::countGates(*connection));
    PRISM_TRY_ASSIGN(const auto rules, service::newestRules(*connection));
    PRISM_TRY_ASSIGN(const auto settings, store::SettingsReader(*connection).settings());
    PRISM_TRY_ASSIGN(std::vector<store::Hook> hooks, store::HookReader(*connection).all());
    PRISM_TRY_ASSIGN(const std::vector<store::Token> tokens, store::TokenReader(*connection).all());
    return std::make_unique<OpenedDatabase>(std::move(database), identity, rules, settings, std::move(hooks),
                                            tokens);
}

} // namespace prism::app
