#include "server/store/writing/group_writer.h"

#include <algorithm>

namespace prism::store {

namespace {

/// As far as the log of events tells, and no later than now.
protocol::Timestamp lastWrite(Database& database)
{
    const protocol::Timestamp now = protocol::now();
    const auto newest = EventTable(database).newest();
    return newest && *newest ? std::min(**newest, now) : now;
}

Failure transactionLost()
{
    return Failure(Error{ErrorCode::Unavailable,
                         QStringLiteral("The database cannot be used at the moment. Try again later.")});
}

} // namespace

GroupWriter::GroupWriter(std::unique_ptr<Database> database, protocol::Seq head, const QTimeZone& zone,
                         const Retention& retention)
    : m_database(std::move(database))
    , m_transaction(*m_database, head, zone)
    , m_upkeep(retention, EventTable(*m_database).first().value_or(1))
    , m_ageClock(lastWrite(*m_database), BootClock::now())
{
}

GroupWriter::~GroupWriter()
{
    (void)execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

WrittenGroup GroupWriter::write(std::vector<WriteJob> jobs)
{
    const auto begin = std::chrono::steady_clock::now();
    WrittenGroup group;
    const Result<void> written = writeGroup(jobs);
    group.commit.succeeded = written.has_value();
    group.commit.events = m_transaction.announced();
    group.commit.duration = std::chrono::steady_clock::now() - begin;
    for (const WriteJob& job : jobs)
        group.commit.weight += job.weight;
    group.jobs = std::move(jobs);
    if (!written)
        group.failure = written.error();
    group.calls = m_transaction.takeCalls();
    group.events = m_transaction.takeEvents();
    return group;
}

/// A way back for each write costs as much as the write itself, and few need one. So the group is written
/// without; when a write is refused that had changed something, all is rolled back and done again with.
Result<void> GroupWriter::writeGroup(const std::vector<WriteJob>& group)
{
    const Transaction::Mark start = m_transaction.mark();
    Result<Outcome> outcome = Outcome::NeedsUndo;
    for (const bool undoable : {false, true}) {
        outcome = tryGroup(group, undoable);
        if (outcome && *outcome == Outcome::Done)
            return {};
        if (m_database->inTransaction())
            (void)execute("ROLLBACK");
        m_transaction.returnTo(start);
        m_upkeep.lookAgain();
        if (!outcome)
            break;
    }
    return outcome ? Result<void>(transactionLost()) : Result<void>(Failure(outcome.error()));
}

Result<GroupWriter::Outcome> GroupWriter::tryGroup(const std::vector<WriteJob>& group, bool undoable)
{
    if (const Result<void> begun = execute("BEGIN IMMEDIATE"); !begun)
        return Failure(begun.error());
    for (const WriteJob& job : group) {
        const Result<Outcome> outcome = doJob(job, undoable);
        if (!outcome || *outcome == Outcome::NeedsUndo)
            return outcome;
    }
    if (const Result<void> tidied = m_upkeep.besideWrites(m_transaction, ageNow()); !tidied)
        return Failure(tidied.error());
    if (const Result<void> finished = m_transaction.finish(); !finished)
        return Failure(finished.error());
    if (const Result<void> committed = execute("COMMIT"); !committed)
        return Failure(committed.error());
    return Outcome::Done;
}

/// SQLite gives up the whole transaction by itself when the disk is full, for one; going on would write
/// outside of any.
Result<GroupWriter::Outcome> GroupWriter::doJob(const WriteJob& job, bool undoable)
{
    if (undoable) {
        if (const Result<void> marked = execute("SAVEPOINT job"); !marked)
            return Failure(marked.error());
    }
    const qint64 changes = m_database->changes();
    const Transaction::Mark mark = m_transaction.mark();
    const bool accepted = job.work(m_transaction);
    if (!m_database->inTransaction())
        return transactionLost();
    if (!undoable)
        return accepted || m_database->changes() == changes ? Outcome::Done : Outcome::NeedsUndo;
    if (!accepted) {
        if (const Result<void> undone = execute("ROLLBACK TO job"); !undone)
            return Failure(undone.error());
        m_transaction.returnTo(mark);
    }
    if (const Result<void> released = execute("RELEASE job"); !released)
        return Failure(released.error());
    return Outcome::Done;
}

bool GroupWriter::tidyUp()
{
    if (!execute("BEGIN IMMEDIATE"))
        return false;
    const Result<bool> more = m_upkeep.whileIdle(m_transaction, ageNow());
    const bool committed = more && execute("COMMIT");
    if (!committed && m_database->inTransaction())
        (void)execute("ROLLBACK");
    return committed && *more;
}

Result<void> GroupWriter::execute(const char* sql)
{
    if (const Result<int> done = m_database->execute(sql); !done)
        return Failure(done.error());
    return {};
}

} // namespace prism::store
