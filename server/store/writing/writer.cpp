#include "server/store/writing/writer.h"

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

} // namespace

Writer::Writer(WriteQueue& queue, QString file, protocol::Seq head, const QTimeZone& zone, CommitSink& sink,
               const Retention& retention)
    : m_queue(queue)
    , m_file(std::move(file))
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
    Result<std::unique_ptr<Database>> database = Database::open(m_file, Database::Mode::ReadWrite);
    if (!database) {
        qCCritical(lcStore).noquote() << database.error().message;
        refuseEverything(database.error());
        return;
    }
    GroupWriter groups(std::move(*database), m_head, m_zone, m_retention);
    milliseconds wait = betweenSteps;
    while (!m_queue.isDrained()) {
        std::vector<WriteJob> jobs = m_queue.take(largestGroup, wait);
        if (!jobs.empty()) {
            tell(groups.write(std::move(jobs)));
            wait = std::min(wait, afterWrites);
        } else {
            wait = groups.tidyUp() ? betweenSteps : betweenLooks;
        }
    }
}

void Writer::refuseEverything(const Error& error)
{
    while (!m_queue.isDrained()) {
        const std::vector<WriteJob> jobs = m_queue.take(largestGroup, betweenLooks);
        if (!jobs.empty())
            settle(jobs, &error);
    }
}

void Writer::tell(WrittenGroup group)
{
    m_sink.committed(group.commit);
    for (const std::function<void()>& call : group.calls)
        call();
    if (!group.events.empty())
        m_sink.publish(group.events);
    settle(group.jobs, group.failure ? &*group.failure : nullptr);
}

void Writer::settle(const std::vector<WriteJob>& jobs, const Error* failure)
{
    for (const WriteJob& job : jobs)
        job.done(failure);
    m_sink.settled();
}

} // namespace prism::store
