#include "server/service/checks.h"

#include "server/service/change.h"
#include "server/service/gates.h"
#include "shared/protocol/event_data.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Result;
using store::Transaction;

namespace {

/// What stores and announces a check that is not there yet. What was imported tells of how gates stood once,
/// which is no news of today.
auto checkAdder(Transaction& transaction, const Actor& actor, bool imported,
                const store::StagedChecks* staged)
{
    return [&transaction, &actor, imported, staged](const Checks::New& check) -> Result<bool> {
        PRISM_TRY_ASSIGN(const store::AddedCheck added, transaction.addCheck(check.entry, imported, staged));
        if (!added)
            return false;
        PRISM_TRY(
            Change(transaction, actor)
                .announce(event_type::checkCompleted, check.entry.project, check.json, protocol::now()));
        if (added.turn && !imported)
            PRISM_TRY(Gates::announce(transaction, actor, *added.turn, check.json));
        return true;
    };
}

} // namespace

void Checks::stage(NewOnes& checks)
{
    auto staged = std::make_shared<store::StagedChecks>(checks.entries.size());
    for (const New& each : checks.entries)
        staged->offer(each.entry);
    if (!staged->isEmpty())
        checks.staged = std::move(staged);
}

Result<StoredEntry> Checks::add(Transaction& transaction, const Actor& actor, const NewOnes& check)
{
    return addOne(check, checkAdder(transaction, actor, check.imported, check.staged.get()),
                  [&](const QString& id) { return transaction.checks().excerpt(id); });
}

Result<StoredEntries> Checks::addAll(Transaction& transaction, const Actor& actor, const NewOnes& checks)
{
    return addEach(checks, checkAdder(transaction, actor, checks.imported, checks.staged.get()));
}

Result<bool> Checks::addNew(Transaction& transaction, const Actor& actor, const New& check,
                            const store::StagedChecks* staged)
{
    return checkAdder(transaction, actor, false, staged)(check);
}

Result<Encoded> Checks::mark(Transaction& transaction, const Actor& actor, const ViolationMark& mark)
{
    PRISM_TRY_ASSIGN(const store::ChangedCheck& marked,
                     transaction.markViolation(mark.checkId, mark.position, mark.falsePositive));
    PRISM_TRY_ASSIGN(const protocol::Check& check, transaction.checks().excerpt(mark.checkId));
    Encoded after{told(check)};
    if (marked.before == marked.after)
        return after;
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::checkUpdated, check.project,
                            encode(protocol::CheckUpdated{check, now}, after.json), now));
    if (marked.turn) {
        PRISM_TRY_ASSIGN(const protocol::Check& newest, transaction.checks().excerpt(marked.turn->checkId));
        PRISM_TRY(Gates::announce(transaction, actor, *marked.turn, told(newest)));
    }
    return after;
}

} // namespace prism::service
