#include "server/service/checks.h"

#include "server/service/change.h"
#include "server/service/gates.h"
#include "shared/protocol/event_data.h"
#include "shared/protocol/json_writer.h"

namespace prism::service {

namespace event_type = protocol::event_type;
using protocol::Result;
using store::Transaction;

namespace {

/// What stores and announces a check that is not there yet. What was imported tells of how gates stood once,
/// which is no news of today.
auto checkAdder(Transaction& transaction, const Actor& actor, const store::Arrival& arrival,
                const store::StagedChecks* staged)
{
    return [&transaction, &actor, arrival,
            staged](const Checks::New& check) -> Result<std::optional<KeptCheck>> {
        PRISM_TRY_ASSIGN(const store::AddedCheck added, transaction.addCheck(check.entry, arrival, staged));
        if (!added) {
            PRISM_TRY(refuseTaken(actor, transaction.checks().excerpt(check.entry.id)));
            return std::nullopt;
        }
        const KeptCheck kept =
            added.marked ? KeptCheck{*added.marked, told(*added.marked)} : KeptCheck{check.entry, check.json};
        PRISM_TRY(Change(transaction, actor)
                      .announce(event_type::checkCompleted, kept.check.project, kept.json, protocol::now()));
        if (added.turn && !arrival.imported)
            PRISM_TRY(Gates::announce(transaction, actor, *added.turn, kept.json));
        return kept;
    };
}

/// As one that was marked now.
protocol::FalsePositive falsePositiveOf(const protocol::Check& check, const ViolationMark& mark)
{
    protocol::FalsePositive marked;
    marked.id = store::makeUuidV7();
    marked.at = protocol::now();
    marked.project = check.project;
    marked.checkId = check.id;
    marked.by = mark.by;
    marked.reason = mark.reason;
    return marked;
}

QByteArray noted(const ViolationMark& mark)
{
    QByteArray text;
    protocol::JsonWriter json(text);
    json.beginObject();
    json.field(QLatin1String("falsePositive"), mark.falsePositive);
    json.field(QLatin1String("by"), mark.by);
    json.field(QLatin1String("reason"), mark.reason);
    json.endObject();
    return text;
}

/// The check as it is then; nobody is told of one that is as it was.
Result<Encoded> announceChanged(Transaction& transaction, const Actor& actor, const QString& id,
                                const store::ChangedCheck& changed)
{
    PRISM_TRY_ASSIGN(const protocol::Check& check, transaction.checks().excerpt(id));
    Encoded after{told(check)};
    if (changed.before == changed.after)
        return after;
    const protocol::Timestamp now = protocol::now();
    PRISM_TRY(Change(transaction, actor)
                  .announce(event_type::checkUpdated, check.project,
                            encode(protocol::CheckUpdated{check, now}, after.json), now));
    if (changed.turn) {
        PRISM_TRY_ASSIGN(const protocol::Check& newest, transaction.checks().excerpt(changed.turn->checkId));
        PRISM_TRY(Gates::announce(transaction, actor, *changed.turn, told(newest)));
    }
    return after;
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
    return addOne(check, checkAdder(transaction, actor, {check.imported}, check.staged.get()),
                  [&](const QString& id) { return transaction.checks().excerpt(id); });
}

Result<StoredEntries> Checks::addAll(Transaction& transaction, const Actor& actor, const NewOnes& checks)
{
    return addEach(checks, checkAdder(transaction, actor, {checks.imported}, checks.staged.get()));
}

Result<std::optional<KeptCheck>> Checks::addNew(Transaction& transaction, const Actor& actor,
                                                const New& check, const store::Arrival& arrival,
                                                const store::StagedChecks* staged)
{
    return checkAdder(transaction, actor, arrival, staged)(check);
}

Result<Encoded> Checks::mark(Transaction& transaction, const Actor& actor, const ViolationMark& mark)
{
    PRISM_TRY_ASSIGN(const protocol::Check& meant,
                     transaction.checks().withViolation(mark.checkId, mark.position, actor.reach));
    store::FalsePositives& known = transaction.falsePositives();
    const protocol::Violation& violation = meant.violations.first();
    if (mark.falsePositive)
        PRISM_TRY(known.remember(falsePositiveOf(meant, mark), violation, mark.mostRemembered));
    else
        PRISM_TRY(known.forget(meant.project, violation));
    PRISM_TRY_ASSIGN(const store::ChangedCheck marked,
                     transaction.markViolation(mark.checkId, mark.position, mark.falsePositive));
    PRISM_TRY(Change(transaction, actor)
                  .note("violation.mark", QStringLiteral("%1/%2").arg(mark.checkId).arg(mark.position), {},
                        noted(mark)));
    return announceChanged(transaction, actor, mark.checkId, marked);
}

Result<Encoded> Checks::retell(Transaction& transaction, const Actor& actor, const protocol::Check& check)
{
    PRISM_TRY_ASSIGN(const store::ChangedCheck changed, transaction.retellCheck(check));
    return announceChanged(transaction, actor, check.id, changed);
}

Result<Encoded> Checks::forgetFalsePositive(Transaction& transaction, const Actor& actor,
                                            const FalsePositiveRemoval& removal)
{
    PRISM_TRY_ASSIGN(const protocol::FalsePositive& forgotten,
                     transaction.falsePositives().forget(removal.id, actor.reach));
    Encoded before{encode(forgotten)};
    PRISM_TRY(Change(transaction, actor).note("false_positive.forget", removal.id, before.json, {}));
    return before;
}

} // namespace prism::service
