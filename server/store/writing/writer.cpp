#include "server/store/writing/writer.h"

#include "server/store/log.h"

namespace prism::store {

namespace {

using std::chrono::milliseconds;

/// A group ends here, so that whoever comes behind a bulk write does not wait for the next one too.
constexpr Weight largestGroup{512, 10'000, 8 * 1024 * 1024};
constexpr milliseconds betweenSteps{10};
constexpr milliseconds afterWrites{50};
constexpr milliseconds betweenLooks{1000};

} // namespace

Writer::Writer(WriteQueue& queue, const Database& database, protocol::Seq head, const QTimeZone& zone,
               CommitSink& sink, const Retention& retention)
    : m_queue(queue)
    , m_database(database)
    , m_head(head)
    , m_zone(zone)
    , m_sink(sink)
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
    Result<std::unique_ptr<WriteConnection>> connection = m_database.openWriter();
    if (!connection) {
        qCCritical(lcStore).noquote() << connection.error().message;
        refuseEverything(connection.error());
        return;
    }
    GroupWriter groups(std::move(*connection), m_head, m_zone, m_retention);
    milliseconds wait = betweenSteps;
    while (!m_queue.isDrained()) {
        std::vector<WriteJob> jobs = m_queue.take(largestGroup, wait);
        if (!jobs.empty()) {
            tell(groups.write(std::move(jobs)));
            wait = std::min(wait, afterWrites);
        } else {
            wait = groups.tidyUp() ? betweenSteps : betweenLooks;
            if (std::optional<WrittenGroup> certain = groups.takeCertain())
                tell(std::move(*certain));
        }
        tellTheEnd(groups);
    }
}

void Writer::refuseEverything(const Error& error)
{
    while (!m_queue.isDrained()) {
        std::vector<WriteJob> jobs = m_queue.take(largestGroup, betweenLooks);
        if (!jobs.empty())
            settle(std::move(jobs), &error);
    }
}

void Writer::tell(WrittenGroup group)
{
    if (!group.jobs.empty())
        m_sink.committed(group.commit);
    for (const std::function<void()>& call : group.calls)
        call();
    if (!group.events.empty())
        m_sink.publish(group.events);
    settle(std::move(group.jobs), group.failure ? &*group.failure : nullptr);
}

void Writer::tellTheEnd(const GroupWriter& groups)
{
    if (m_hasEnded)
        return;
    if (const std::optional<Error> why = groups.end()) {
        m_hasEnded = true;
        m_sink.ended(*why);
    }
}

void Writer::settle(std::vector<WriteJob> jobs, const Error* failure)
{
    for (WriteJob& job : jobs) {
        if (job.isSlice && !failure) {
            m_queue.putBack(std::move(job));
            continue;
        }
        if (job.isSlice)
            m_queue.giveUp(job);
        job.done(failure);
    }
    m_sink.settled();
}

} // namespace prism::store
