#include "server/store/rollups/damage.h"

#include "server/store/log.h"

namespace prism::store {

Failure damagedRollup(protocol::Timestamp start)
{
    qCCritical(lcStore).noquote() << "the rollup of" << protocol::toIso(start) << "is damaged";
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("A stored rollup is damaged. Put a backup in the place of the "
                                        "database file.")});
}

} // namespace prism::store
