#include "server/service/checks.h"

#include "server/service/change.h"
#include "shared/protocol/event_data.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Result;
using store::Transaction;

Result<bool> Checks::addNew(Transaction& transaction, const Actor& actor, const New& check, bool imported)
{
    PRISM_TRY_ASSIGN(const bool isNew, transaction.addCheck(check.entry, imported));
    if (isNew)
        PRISM_TRY(
            Change(transaction, actor)
                .announce(event_type::checkCompleted, check.entry.project, check.json, protocol::now()));
    return isNew;
}

Result<StoredEntry> Checks::add(Transaction& transaction, const Actor& actor, const NewOnes& check)
{
    return addOne(
        check, [&](const New& each) { return addNew(transaction, actor, each, check.imported); },
        [&](const QString& id) { return transaction.checks().find(id); });
}

Result<StoredEntries> Checks::addAll(Transaction& transaction, const Actor& actor, const NewOnes& checks)
{
    return addEach(checks,
                   [&](const New& each) { return addNew(transaction, actor, each, checks.imported); });
}

Result<Encoded> Checks::mark(Transaction& transaction, const Actor& actor, const ViolationMark& mark)
{
    PRISM_TRY_ASSIGN(const store::MarkedCheck& marked,
                     transaction.markViolation(mark.checkId, mark.position, mark.falsePositive));
    Encoded after{encode(marked.after)};
    if (marked.before == marked.after)
        return after;
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::checkUpdated, marked.after.project,
                            encode(protocol::CheckUpdated{marked.after, now}, after.json), now));
    return after;
}

} // namespace prism::service
