#pragma once

#include "server/store/tables/alert_writer.h"
#include "server/store/tables/audit_writer.h"
#include "server/store/tables/check_writer.h"
#include "server/store/tables/event_writer.h"
#include "server/store/tables/gate_writer.h"
#include "server/store/tables/hook_writer.h"
#include "server/store/tables/outcome_writer.h"
#include "server/store/tables/principle_writer.h"
#include "server/store/tables/record_writer.h"
#include "server/store/tables/retro_writer.h"
#include "server/store/tables/rule_writer.h"
#include "server/store/tables/run_writer.h"
#include "server/store/tables/settings_writer.h"
#include "server/store/tables/token_writer.h"
#include "server/store/write_scope.h"
#include "server/store/writing/lateness.h"
#include "server/store/writing/ledger.h"

#include <memory>

namespace prism::service {
class Change;
}

namespace prism::store {

class StagedChecks;

/// What became of a check that was to be added.
struct AddedCheck
{
    bool isNew = false; ///< else it was there already, or is too old to be kept
    std::optional<GateTurn> turn = {};
    std::optional<protocol::Check> marked = {}; ///< as it was stored, where it came otherwise

    explicit operator bool() const { return isNew; }
};

/// How a check came.
struct Arrival
{
    bool imported = false; ///< brought in from elsewhere afterwards

    /// Its status is what its violations say: where it is, those that are marked count no more.
    bool isJudgedByViolations = false;
};

/// The same of one of which something else is said now.
struct ChangedCheck : MarkedCheck
{
    std::optional<GateTurn> turn = {};
};

/// What a write may do while its group is being committed: change the tables, and say so by an event in
/// the same transaction, which is the use cases' part. Leaving the scope without commit() undoes all of it,
/// in the database and in the ledger. Lives on the writer's thread.
class Transaction
{
public:
    /// Of the connection that `scope` was begun on. All are borrowed but the scope. `ageNow` is the time by
    /// which things grow old, see AgeClock.
    Transaction(WriteScope scope, WriteConnection& connection, Ledger& ledger, Lateness& lateness,
                protocol::Timestamp ageNow);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Writes down what the ledger still has to count. It is all on disk when this returns without an error.
    Result<void> commit();

    /// The time by which it is judged what is old enough to be forgotten.
    protocol::Timestamp ageNow() const { return m_ageNow; }

    RecordWriter& records() { return m_records; }
    CheckWriter& checks() { return m_checks; }
    GateWriter& gates() { return m_gates; }
    RetroWriter& retros() { return m_retros; }
    RuleWriter& rules() { return m_rules; }
    AlertWriter& alerts() { return m_alerts; }
    SettingsWriter& settings() { return m_settings; }
    EventWriter& events() { return m_events; }
    OutcomeWriter& outcomes() { return m_outcomes; }
    PrincipleWriter& principles() { return m_principles; }
    FalsePositives& falsePositives() { return m_ledger.falsePositives(); }
    HookWriter& hooks() { return m_hooks; }
    RunWriter& runs() { return m_runs; }
    TokenWriter& tokens() { return m_tokens; }
    AuditWriter& audit() { return m_audit; }

    /// As the tables' own, and counts what changed. What arrives after its hour was closed is taken as
    /// imported, and a check that is older than those that are kept for one that was there already.
    /// Of `staged`, where it is given, what was written beforehand is finished. Violations that are known as
    /// false positives are marked so.
    Result<AddedCheck> addCheck(const protocol::Check& check, const Arrival& arrival,
                                const StagedChecks* staged = nullptr);
    Result<bool> addRetro(const protocol::Retro& retro, bool imported);
    Result<ChangedCheck> markViolation(const QString& checkId, qint64 position, bool falsePositive);
    Result<ChangedCheck> retellCheck(const protocol::Check& check);

    /// Removes the oldest checks that are older than this, `most` at the most; how many. What they say of
    /// their gates stays.
    Result<int> trimChecks(protocol::Timestamp olderThan, int most);

    /// A check was begun that is written a part at a time: it is left alone while its writer is there.
    void noteInWriting(qint64 ordinal, std::weak_ptr<const StagedChecks> writer);

    /// Has this called once the change is on disk, before anybody hears of it. Must be cheap: every other
    /// write waits.
    void whenCommitted(std::function<void()> call) { m_ledger.callAfterCommit(std::move(call)); }

private:
    friend class Savepoint;
    friend class service::Change; // the one way to announce

    /// As the marks of now have it.
    Result<RecognisedCheck> recognised(const protocol::Check& check, bool isJudgedByViolations,
                                       const RecognisedCheck* written);

    /// Gives the change the next place in the order and writes its event. `project` is empty for a change
    /// that belongs to none, `data` is JSON.
    Result<protocol::Seq> announce(QLatin1String type, const QString& project, QByteArrayView data,
                                   protocol::Timestamp now);

    Result<ChangedCheck> countChanged(const MarkedCheck& changed);

    WriteConnection& m_connection;
    Ledger& m_ledger;
    Lateness& m_lateness;
    const Ledger::Mark m_start;
    const protocol::Timestamp m_ageNow;
    WriteScope m_scope;
    RecordWriter m_records;
    CheckWriter m_checks;
    GateWriter m_gates;
    RetroWriter m_retros;
    RuleWriter m_rules;
    AlertWriter m_alerts;
    SettingsWriter m_settings;
    EventWriter m_events;
    OutcomeWriter m_outcomes;
    PrincipleWriter m_principles;
    HookWriter m_hooks;
    RunWriter m_runs;
    TokenWriter m_tokens;
    AuditWriter m_audit;
    std::optional<protocol::Timestamp> m_checksKeptFrom; ///< once it was asked for
    bool m_isCommitted = false;
};

} // namespace prism::store
