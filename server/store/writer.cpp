#include "server/store/writer.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcStore)

namespace prism::store {

namespace {

using std::chrono::milliseconds;

/// A group ends here, so that whoever comes behind a bulk write does not wait for the next one too.
constexpr Weight largestGroup{512, 10'000, 8 * 1024 * 1024};
constexpr milliseconds betweenSteps{10};
constexpr milliseconds afterWrites{50};
constexpr milliseconds betweenLooks{1000};

Result<void> execute(Database& database, const char* sql)
{
    if (const Result<int> done = database.execute(sql); !done)
        return Failure(done.error());
    return {};
}

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

Writer::Writer(WriteQueue& queue, QString file, protocol::Seq head, const QTimeZone& zone, Hooks hooks,
               const Retention& retention)
    : m_queue(queue)
    , m_file(std::move(file))
    , m_head(head)
    , m_zone(zone)
    , m_hooks(std::move(hooks))
    , m_retention(retention)
    , m_thread([this] { run(); })
{
}

Writer::~Writer()
{
    m_queue.close();
    m_thread.join();
}

void Writer::run()
{
    const Result<std::unique_ptr<Database>> database = Database::open(m_file, Database::Mode::ReadWrite);
    if (!database) {
        qCCritical(lcStore).noquote() << database.error().message;
        refuseEverything(database.error());
        return;
    }
    Workplace place{**database, Transaction(**database, m_head, m_zone),
                    Upkeep(m_retention, EventTable(**database).first().value_or(1)),
                    AgeClock(lastWrite(**database), BootClock::now())};
    milliseconds wait = betweenSteps;
    while (!m_queue.isDrained()) {
        const std::vector<WriteJob> group = m_queue.take(largestGroup, wait);
        if (!group.empty()) {
            commitGroup(group, place);
            wait = std::min(wait, afterWrites);
        } else {
            wait = tidyUp(place) ? betweenSteps : betweenLooks;
        }
    }
    (void)(*database)->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void Writer::refuseEverything(const Error& error)
{
    while (!m_queue.isDrained()) {
        const std::vector<WriteJob> group = m_queue.take(largestGroup, betweenLooks);
        if (!group.empty())
            settle(group, &error);
    }
}

void Writer::commitGroup(const std::vector<WriteJob>& group, Workplace& place)
{
    const auto begin = std::chrono::steady_clock::now();
    const Result<void> written = writeGroup(group, place);
    if (m_hooks.observe) {
        Commit commit{written.has_value(),
                      {0, 0, 0},
                      place.transaction.announced(),
                      std::chrono::steady_clock::now() - begin};
        for (const WriteJob& job : group)
            commit.weight += job.weight;
        m_hooks.observe(commit);
    }
    if (!written)
        return settle(group, &written.error());
    place.transaction.callBack();
    std::vector<StoredEvent> events = place.transaction.takeEvents();
    if (!events.empty() && m_hooks.publish)
        m_hooks.publish(std::move(events));
    settle(group, nullptr);
}

void Writer::settle(const std::vector<WriteJob>& group, const Error* failure)
{
    for (const WriteJob& job : group)
        job.done(failure);
    if (m_hooks.settled)
        m_hooks.settled();
}

/// A way back for each write costs as much as the write itself, and few need one. So the group is written
/// without; when a write is refused that had changed something, all is rolled back and done again with.
Result<void> Writer::writeGroup(const std::vector<WriteJob>& group, Workplace& place)
{
    const Transaction::Mark start = place.transaction.mark();
    Result<Outcome> outcome = Outcome::NeedsUndo;
    for (const bool undoable : {false, true}) {
        outcome = tryGroup(group, place, undoable);
        if (outcome && *outcome == Outcome::Done)
            return {};
        if (place.database.inTransaction())
            (void)execute(place.database, "ROLLBACK");
        place.transaction.returnTo(start);
        place.upkeep.lookAgain();
        if (!outcome)
            break;
    }
    return outcome ? Result<void>(transactionLost()) : Result<void>(Failure(outcome.error()));
}

Result<Writer::Outcome> Writer::tryGroup(const std::vector<WriteJob>& group, Workplace& place, bool undoable)
{
    if (const Result<void> begun = execute(place.database, "BEGIN IMMEDIATE"); !begun)
        return Failure(begun.error());
    for (const WriteJob& job : group) {
        const Result<Outcome> outcome = doJob(job, place, undoable);
        if (!outcome || *outcome == Outcome::NeedsUndo)
            return outcome;
    }
    if (const Result<void> tidied = place.upkeep.besideWrites(place.transaction, place.ageNow()); !tidied)
        return Failure(tidied.error());
    if (const Result<void> finished = place.transaction.finish(); !finished)
        return Failure(finished.error());
    if (const Result<void> committed = execute(place.database, "COMMIT"); !committed)
        return Failure(committed.error());
    return Outcome::Done;
}

/// SQLite gives up the whole transaction by itself when the disk is full, for one; going on would write
/// outside of any.
Result<Writer::Outcome> Writer::doJob(const WriteJob& job, Workplace& place, bool undoable)
{
    if (undoable) {
        if (const Result<void> marked = execute(place.database, "SAVEPOINT job"); !marked)
            return Failure(marked.error());
    }
    const qint64 changes = place.database.changes();
    const Transaction::Mark mark = place.transaction.mark();
    const bool accepted = job.work(place.transaction);
    if (!place.database.inTransaction())
        return transactionLost();
    if (!undoable)
        return accepted || place.database.changes() == changes ? Outcome::Done : Outcome::NeedsUndo;
    if (!accepted) {
        if (const Result<void> undone = execute(place.database, "ROLLBACK TO job"); !undone)
            return Failure(undone.error());
        place.transaction.returnTo(mark);
    }
    if (const Result<void> released = execute(place.database, "RELEASE job"); !released)
        return Failure(released.error());
    return Outcome::Done;
}

/// Whether there is more to remove.
bool Writer::tidyUp(Workplace& place)
{
    if (!execute(place.database, "BEGIN IMMEDIATE"))
        return false;
    const Result<bool> more = place.upkeep.whileIdle(place.transaction, place.ageNow());
    const bool committed = more && execute(place.database, "COMMIT");
    if (!committed && place.database.inTransaction())
        (void)execute(place.database, "ROLLBACK");
    return committed && *more;
}

} // namespace prism::store
