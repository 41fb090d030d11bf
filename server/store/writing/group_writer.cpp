#include "server/store/writing/group_writer.h"

#include "server/store/writing/savepoint.h"
#include "shared/protocol/try.h"

#include <algorithm>
#include <iterator>

namespace prism::store {

namespace {

/// As far as the log of events tells, and no later than now.
protocol::Timestamp lastWrite(ReadConnection& connection)
{
    const protocol::Timestamp now = protocol::now();
    const auto newest = EventReader(connection).newest();
    return newest && *newest ? std::min(**newest, now) : now;
}

} // namespace

GroupWriter::GroupWriter(std::unique_ptr<WriteConnection> connection, protocol::Seq head,
                         const QTimeZone& zone, const Retention& retention)
    : m_connection(std::move(connection))
    , m_ledger(*m_connection, head)
    , m_upkeep(*m_connection, m_ledger, retention, EventReader(*m_connection).first().value_or(1), zone)
    , m_lateness(zone)
    , m_ageClock(lastWrite(*m_connection), BootClock::now())
{
}

GroupWriter::~GroupWriter()
{
    m_connection->settle();
}

WrittenGroup GroupWriter::write(std::vector<WriteJob> jobs)
{
    const auto begin = std::chrono::steady_clock::now();
    std::optional<Error> failure;
    if (isSound()) {
        const Result<void> written = writeGroup(jobs);
        if (written) {
            keepUntold();
            (void)isSound();
        } else {
            failure = written.error();
        }
    }
    if (!failure && m_outage)
        failure = m_outage->error;
    WrittenGroup group = m_outage ? WrittenGroup{} : std::exchange(m_untold, {});
    group.commit.succeeded = !failure;
    group.commit.events = group.events.size();
    group.commit.duration = std::chrono::steady_clock::now() - begin;
    for (const WriteJob& job : jobs) {
        if (!job.isSlice)
            group.commit.weight += job.weight;
    }
    group.jobs = std::move(jobs);
    group.failure = std::move(failure);
    return group;
}

/// Whether a start would find what is committed.
bool GroupWriter::isSound()
{
    m_outage = m_connection->outage(m_ledger.head());
    return !m_outage;
}

void GroupWriter::keepUntold()
{
    const auto append = [](auto& all, auto more) {
        all.insert(all.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
    };
    append(m_untold.calls, m_ledger.takeCalls());
    append(m_untold.events, m_ledger.takeEvents());
}

std::optional<WrittenGroup> GroupWriter::takeCertain()
{
    if (m_outage || (m_untold.calls.empty() && m_untold.events.empty()))
        return std::nullopt;
    return std::exchange(m_untold, {});
}

std::optional<Error> GroupWriter::end() const
{
    return m_outage && m_outage->isFinal ? std::optional(m_outage->error) : std::nullopt;
}

/// A way back for each write costs as much as the write itself, and few need one. So the group is written
/// without; when a write is refused that had changed something, all is rolled back and done again with.
Result<void> GroupWriter::writeGroup(const std::vector<WriteJob>& group)
{
    for (const bool undoable : {false, true}) {
        const Result<Outcome> outcome = tryGroup(group, undoable);
        if (outcome && *outcome == Outcome::Done)
            return {};
        m_upkeep.lookAgain();
        if (!outcome)
            return Failure(outcome.error());
    }
    return Failure(m_connection->lastError());
}

Result<GroupWriter::Outcome> GroupWriter::tryGroup(const std::vector<WriteJob>& group, bool undoable)
{
    PRISM_TRY_ASSIGN(WriteScope scope, WriteScope::begin(*m_connection));
    Transaction transaction(std::move(scope), *m_connection, m_ledger, m_lateness, ageNow());
    for (const WriteJob& job : group) {
        PRISM_TRY_ASSIGN(const Outcome outcome, job.isSlice ? doSlice(job, transaction)
                                                : undoable  ? doUndoableJob(job, transaction)
                                                            : doJob(job, transaction));
        if (outcome == Outcome::NeedsUndo)
            return outcome;
    }
    PRISM_TRY(m_upkeep.besideWrites(transaction, transaction.ageNow()));
    PRISM_TRY(transaction.commit());
    return Outcome::Done;
}

Result<GroupWriter::Outcome> GroupWriter::doSlice(const WriteJob& job, Transaction& transaction)
{
    job.slices->writeNext(transaction);
    if (!m_connection->inTransaction())
        return Failure(m_connection->lastError());
    return Outcome::Done;
}

/// An engine may give up the whole transaction by itself, when the disk is full for one; going on would write
/// outside of any.
Result<GroupWriter::Outcome> GroupWriter::doJob(const WriteJob& job, Transaction& transaction)
{
    const qint64 changes = m_connection->changes();
    const bool accepted = job.work(transaction);
    if (!m_connection->inTransaction())
        return Failure(m_connection->lastError());
    return accepted || m_connection->changes() == changes ? Outcome::Done : Outcome::NeedsUndo;
}

Result<GroupWriter::Outcome> GroupWriter::doUndoableJob(const WriteJob& job, Transaction& transaction)
{
    PRISM_TRY_ASSIGN(Savepoint savepoint, Savepoint::set(transaction));
    const bool accepted = job.work(transaction);
    if (!m_connection->inTransaction())
        return Failure(m_connection->lastError());
    PRISM_TRY(accepted ? savepoint.commit() : savepoint.undo());
    return Outcome::Done;
}

bool GroupWriter::tidyUp()
{
    if (!isSound())
        return false;
    Result<WriteScope> scope = WriteScope::begin(*m_connection);
    if (!scope)
        return false;
    Transaction transaction(std::move(*scope), *m_connection, m_ledger, m_lateness, ageNow());
    const Result<bool> more = m_upkeep.whileIdle(transaction, transaction.ageNow());
    return more && transaction.commit() && *more;
}

} // namespace prism::store
