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
Result<AddedCheck> Transaction::addCheck(const protocol::Check& check, bool imported,
                                         const StagedChecks* staged)
{
    if (!m_checksKeptFrom) {
        PRISM_TRY_ASSIGN(m_checksKeptFrom, m_settings.checksKeptFrom());
    }
    if (check.timestamp < *m_checksKeptFrom)
        return AddedCheck();
    const bool isHistory = imported || m_lateness.isLate(check.timestamp);
    PRISM_TRY_ASSIGN(const std::optional<qint64> ordinal, store(check, isHistory, staged));
    if (!ordinal)
        return AddedCheck();
    PRISM_TRY_ASSIGN(const std::optional<GateTurn> turn, m_gates.add(check, *ordinal, !isHistory));
    return AddedCheck{true, turn};
}

Result<std::optional<qint64>> Transaction::store(const protocol::Check& check, bool isHistory,
                                                 const StagedChecks* staged)
{
    const auto done = staged ? staged->find(check) : std::nullopt;
    std::optional<qint64> ordinal;
    if (!done) {
        PRISM_TRY_ASSIGN(ordinal, m_checks.insert(check, isHistory));
    } else {
        PRISM_TRY_ASSIGN(const bool isNew, m_checks.finish(done->ordinal, check, isHistory));
        if (isNew)
            ordinal = done->ordinal;
    }
    if (ordinal)
        m_ledger.rollups().add(check, isHistory, done ? done->principles : nullptr);
    return ordinal;
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
    PRISM_TRY_ASSIGN(MarkedCheck marked, m_checks.mark(checkId, position, falsePositive));
    if (marked.before == marked.after)
        return ChangedCheck{marked};
    m_ledger.rollups().remark(marked.before, marked.after, marked.imported);
    PRISM_TRY_ASSIGN(const std::optional<GateTurn> turn, m_gates.change(marked.before, marked.after));
    return ChangedCheck{marked, turn};
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
