#include "server/store/writing/transaction.h"

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
    , m_retros(connection)
    , m_rules(connection)
    , m_alerts(connection)
    , m_settings(connection)
    , m_events(connection)
    , m_outcomes(connection, ledger.rememberedOutcomes())
{
}

Transaction::~Transaction()
{
    if (!m_isCommitted)
        m_ledger.returnTo(m_start);
}

Result<void> Transaction::commit()
{
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
Result<bool> Transaction::addCheck(const protocol::Check& check, bool imported)
{
    if (!m_checksKeptFrom) {
        PRISM_TRY_ASSIGN(m_checksKeptFrom, m_settings.checksKeptFrom());
    }
    if (check.timestamp < *m_checksKeptFrom)
        return false;
    const bool isHistory = imported || m_lateness.isLate(check.timestamp);
    PRISM_TRY_ASSIGN(const bool added, m_checks.insert(check, isHistory));
    if (added)
        m_ledger.rollups().add(check, isHistory);
    return added;
}

Result<bool> Transaction::addRetro(const protocol::Retro& retro, bool imported)
{
    const bool isHistory = imported || m_lateness.isLate(retro.timestamp);
    PRISM_TRY_ASSIGN(const bool added, m_retros.insert(retro, isHistory));
    if (added)
        m_ledger.rollups().add(retro, isHistory);
    return added;
}

Result<MarkedCheck> Transaction::markViolation(const QString& checkId, qint64 position, bool falsePositive)
{
    PRISM_TRY_ASSIGN(MarkedCheck marked, m_checks.mark(checkId, position, falsePositive));
    if (marked.before != marked.after)
        m_ledger.rollups().remark(marked.before, marked.after, marked.imported);
    return marked;
}

} // namespace prism::store
