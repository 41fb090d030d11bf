#include "server/store/writer.h"

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcStore)

namespace prism::store {

namespace {

constexpr std::size_t largestGroup = 512;

Result<void> execute(Database& database, const char* sql)
{
    if (const Result<int> done = database.execute(sql); !done)
        return Failure(done.error());
    return {};
}

} // namespace

Writer::Writer(WriteQueue& queue, QString file, protocol::Seq head, Publish publish)
    : m_queue(queue)
    , m_file(std::move(file))
    , m_head(head)
    , m_publish(std::move(publish))
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
    Transaction transaction(**database, m_head);
    for (;;) {
        const std::vector<WriteJob> group = m_queue.take(largestGroup);
        if (group.empty())
            break;
        commitGroup(group, **database, transaction);
    }
    (void)(*database)->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void Writer::refuseEverything(const Error& error)
{
    for (;;) {
        const std::vector<WriteJob> group = m_queue.take(largestGroup);
        if (group.empty())
            return;
        for (const WriteJob& job : group)
            job.done(&error);
    }
}

void Writer::commitGroup(const std::vector<WriteJob>& group, Database& database, Transaction& transaction)
{
    Result<void> outcome = doGroup(group, database, transaction);
    if (outcome)
        outcome = execute(database, "COMMIT");
    if (!outcome) {
        (void)execute(database, "ROLLBACK");
        transaction.forgetBehind(0);
        for (const WriteJob& job : group)
            job.done(&outcome.error());
        return;
    }
    if (transaction.announced() > 0)
        m_publish(transaction.takeEvents());
    for (const WriteJob& job : group)
        job.done(nullptr);
}

Result<void> Writer::doGroup(const std::vector<WriteJob>& group, Database& database, Transaction& transaction)
{
    if (const Result<void> begun = execute(database, "BEGIN IMMEDIATE"); !begun)
        return begun;
    for (const WriteJob& job : group) {
        if (const Result<void> done = doJob(job, database, transaction); !done)
            return done;
    }
    return {};
}

/// A refused job is undone alone. When even that fails, SQLite has given up the whole transaction (a full
/// disk does that), and so the group fails.
Result<void> Writer::doJob(const WriteJob& job, Database& database, Transaction& transaction)
{
    if (const Result<void> marked = execute(database, "SAVEPOINT job"); !marked)
        return marked;
    const std::size_t announced = transaction.announced();
    if (!job.work(transaction)) {
        if (const Result<void> undone = execute(database, "ROLLBACK TO job"); !undone)
            return undone;
        transaction.forgetBehind(announced);
    }
    return execute(database, "RELEASE job");
}

} // namespace prism::store
