#include "server/service/once.h"

namespace prism::service {

protocol::Error doneBefore()
{
    return {protocol::ErrorCode::AlreadyExists,
            QStringLiteral("This was done already. What came of it is not remembered any more."),
            {QStringLiteral("Idempotency-Key: names a request that an earlier version of this server "
                            "carried out")}};
}

protocol::Result<bool> wasAsked(store::Transaction& transaction, const Repeatable& repeatable)
{
    PRISM_TRY_ASSIGN(const auto known, transaction.outcomes().find(
                                           repeatable.key, transaction.ageNow() - repeatable.remembered));
    return known.has_value();
}

} // namespace prism::service
