#include "server/store/rollups/damage.h"

#include "server/store/log.h"

namespace prism::store {

Failure damagedRollup(protocol::Timestamp start)
{
    qCCritical(lcStore).noquote() << "the rollup of" << protocol::toIso(start) << "is damaged";
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("A stored rollup is damaged. Stop the server and run prism-server "
                                        "check, which counts it anew from what is stored; where that is "
                                        "not kept any more, put a backup in the database's place.")});
}

} // namespace prism::store
