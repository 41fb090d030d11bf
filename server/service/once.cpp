#include "server/service/once.h"

namespace prism::service {

protocol::Error doneBefore()
{
    return {protocol::ErrorCode::AlreadyExists,
            QStringLiteral("This was done already. What came of it is not remembered any more."),
            {QStringLiteral("Idempotency-Key: names a request that an earlier version of this server "
                            "carried out")}};
}

} // namespace prism::service
