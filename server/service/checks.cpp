#include "server/service/checks.h"

#include "server/service/change.h"
#include "shared/protocol/event_data.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Result;
using store::Transaction;

namespace {

/// What stores and announces a check that is not there yet.
auto checkAdder(Transaction& transaction, const Actor& actor, bool imported)
{
    return [&transaction, &actor, imported](const Checks::New& check) -> Result<bool> {
        PRISM_TRY_ASSIGN(const bool isNew, transaction.addCheck(check.entry, imported));
        if (isNew)
            PRISM_TRY(
                Change(transaction, actor)
                    .announce(event_type::checkCompleted, check.entry.project, check.json, protocol::now()));
        return isNew;
    };
}

} // namespace

Result<StoredEntry> Checks::add(Transaction& transaction, const Actor& actor, const NewOnes& check)
{
    return addOne(check, checkAdder(transaction, actor, check.imported),
                  [&](const QString& id) { return transaction.checks().excerpt(id); });
}

Result<StoredEntries> Checks::addAll(Transaction& transaction, const Actor& actor, const NewOnes& checks)
{
    return addEach(checks, checkAdder(transaction, actor, checks.imported));
}

Result<bool> Checks::addNew(Transaction& transaction, const Actor& actor, const New& check)
{
    return checkAdder(transaction, actor, false)(check);
}

Result<Encoded> Checks::mark(Transaction& transaction, const Actor& actor, const ViolationMark& mark)
{
    PRISM_TRY_ASSIGN(const store::MarkedCheck& marked,
                     transaction.markViolation(mark.checkId, mark.position, mark.falsePositive));
    PRISM_TRY_ASSIGN(const protocol::Check& check, transaction.checks().excerpt(mark.checkId));
    Encoded after{told(check)};
    if (marked.before == marked.after)
        return after;
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::checkUpdated, check.project,
                            encode(protocol::CheckUpdated{check, now}, after.json), now));
    return after;
}

} // namespace prism::service
