#include "server/app/database_check.h"

#include "server/app/opened_database.h"
#include "server/store/gate_builder.h"
#include "server/store/rollups/rollup_mending.h"
#include "shared/protocol/try.h"

namespace prism::app {

using protocol::Result;

QStringList DatabaseCheck::lines() const
{
    if (!hasMended())
        return {QStringLiteral("everything is counted as it is stored")};
    return {QStringLiteral("mended: the counts of %1 quarters of an hour and of %2 days, %3 gates")
                .arg(quarters)
                .arg(days)
                .arg(gates)};
}

Result<DatabaseCheck> checkDatabase(const Config& config)
{
    PRISM_TRY_ASSIGN(const auto opened, openDatabase(config, Purpose::Mending));
    PRISM_TRY_ASSIGN(const auto connection, opened->database->openWriter());
    PRISM_TRY_ASSIGN(const store::MendedRollups rollups,
                     store::mendRollups(*connection, opened->identity.zone));
    PRISM_TRY_ASSIGN(const int gates, store::recountGates(*connection));
    connection->settle();
    return DatabaseCheck{rollups.quarters, rollups.days, gates};
}

} // namespace prism::app
