#include "server/store/writing/transaction.h"

#include "server/store/writing/staged_checks.h"
#include "shared/protocol/try.h"

namespace prism::store {

Transaction::Transaction(WriteScope scope, WriteConnection& connection, Ledger& ledger, Lateness& lateness,
                         protocol::Timestamp ageNow)
    : m_connection(connection)
    , m_ledger(ledger)
    , m_lateness(lateness)
    , m_start(ledger.mark())
    , m_ageNow(ageNow)
    , m_scope(std::move(scope))
    , m_records(connection, ledger.records())
    , m_checks(connection)
    , m_gates(connection)
    , m_retros(connection)
    , m_rules(connection)
    , m_alerts(connection)
    , m_settings(connection)
    , m_events(connection)
    , m_outcomes(connection, ledger.rememberedOutcomes())
    , m_principles(connection)
    , m_hooks(connection)
    , m_runs(connection)
    , m_tokens(connection)
    , m_audit(connection)
{
}

Transaction::~Transaction()
{
    if (!m_isCommitted)
        m_ledger.returnTo(m_start);
}

Result<void> Transaction::commit()
{
    PRISM_TRY(m_gates.flush());
    PRISM_TRY(m_ledger.write(m_connection));
    PRISM_TRY(m_scope.commit());
    m_isCommitted = true;
    return {};
}

Result<protocol::Seq> Transaction::announce(QLatin1String type, const QString& project, QByteArrayView data,
                                            protocol::Timestamp now)
{
    const protocol::Seq seq = m_ledger.head() + 1;
    StoredEvent stored{seq, QString(type), project, protocol::encodeEvent(type, seq, data, now)};
    PRISM_TRY(m_events.insert(stored, now));
    m_ledger.note(std::move(stored));
    return seq;
}

/// A check from before what is kept may have been counted and removed, and must not be counted twice.
Result<AddedCheck> Transaction::addCheck(const protocol::Check& check, const Arrival& arrival,
                                         const StagedChecks* staged)
{
    if (!m_checksKeptFrom) {
        PRISM_TRY_ASSIGN(m_checksKeptFrom, m_settings.checksKeptFrom());
    }
    if (check.timestamp < *m_checksKeptFrom)
        return AddedCheck();
    const bool isHistory = arrival.imported || m_lateness.isLate(check.timestamp);
    const auto done = staged ? staged->find(check) : std::nullopt;
    PRISM_TRY_ASSIGN(const RecognisedCheck known,
                     recognised(check, arrival.isJudgedByViolations, done ? &done->written : nullptr));
    std::optional<qint64> ordinal;
    if (!done) {
        PRISM_TRY_ASSIGN(ordinal, m_checks.insert(known.check, isHistory));
    } else {
        PRISM_TRY_ASSIGN(const bool isNew, m_checks.finish(done->ordinal, known.check, isHistory,
                                                           done->written.check.violations));
        if (isNew)
            ordinal = done->ordinal;
    }
    if (!ordinal)
        return AddedCheck();
    m_ledger.rollups().add(known.check, isHistory, done ? done->principles : nullptr);
    m_ledger.falsePositives().noteSightings(known);
    PRISM_TRY_ASSIGN(const std::optional<GateTurn> turn, m_gates.add(known.check, *ordinal, !isHistory));
    return AddedCheck{true, turn, known.hits.isEmpty() ? std::nullopt : std::optional(known.check)};
}

/// What is written already stays where it is; else those that count come first, as always.
Result<RecognisedCheck> Transaction::recognised(const protocol::Check& check, bool isJudgedByViolations,
                                                const RecognisedCheck* written)
{
    FalsePositives& marks = m_ledger.falsePositives();
    RecognisedCheck known;
    if (written && written->edition == marks.edition()) {
        known = *written;
    } else {
        PRISM_TRY_ASSIGN(known, marks.recognise(check));
    }
    if (known.hits.isEmpty())
        return known;
    if (isJudgedByViolations && check.status == statusOf(countsOf(check)))
        known.check.status = statusOf(countsOf(known.check));
    if (!written)
        arrange(known.check);
    return known;
}

void Transaction::noteInWriting(qint64 ordinal, std::weak_ptr<const StagedChecks> writer)
{
    m_ledger.noteInWriting(ordinal, std::move(writer));
}

Result<bool> Transaction::addRetro(const protocol::Retro& retro, bool imported)
{
    const bool isHistory = imported || m_lateness.isLate(retro.timestamp);
    PRISM_TRY_ASSIGN(const bool added, m_retros.insert(retro, isHistory));
    if (added)
        m_ledger.rollups().add(retro, isHistory);
    return added;
}

Result<ChangedCheck> Transaction::markViolation(const QString& checkId, qint64 position, bool falsePositive)
{
    PRISM_TRY_ASSIGN(const MarkedCheck marked, m_checks.mark(checkId, position, falsePositive));
    return countChanged(marked);
}

Result<ChangedCheck> Transaction::retellCheck(const protocol::Check& check)
{
    PRISM_TRY_ASSIGN(const RecognisedCheck known, recognised(check, true, nullptr));
    PRISM_TRY_ASSIGN(const MarkedCheck told, m_checks.retell(known.check));
    return countChanged(told);
}

Result<ChangedCheck> Transaction::countChanged(const MarkedCheck& changed)
{
    if (changed.before == changed.after)
        return ChangedCheck{changed};
    m_ledger.rollups().remark(changed.before, changed.after, changed.imported);
    PRISM_TRY_ASSIGN(const std::optional<GateTurn> turn, m_gates.change(changed.before, changed.after));
    return ChangedCheck{changed, turn};
}

Result<int> Transaction::trimChecks(protocol::Timestamp olderThan, int most)
{
    PRISM_TRY_ASSIGN(const int due, m_checks.due(olderThan, most));
    if (due == 0)
        return 0;
    PRISM_TRY(m_gates.keepOldest(olderThan, due));
    return m_checks.removeOldest(olderThan, due);
}

} // namespace prism::store
