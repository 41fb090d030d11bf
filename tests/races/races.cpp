#include "server/api/dashboard_cache.h"
#include "server/http/connection_quota.h"
#include "server/realtime/backlog.h"
#include "server/store/tables/settings_book.h"
#include "server/store/writing/write_queue.h"

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <thread>

/// What the threads of the server share, under all of them at once, for ThreadSanitizer to watch. It has no
/// event loop and no test framework: Debian's Qt is not instrumented, and only what is can be judged.

using namespace prism;

namespace {

constexpr int threadsOfAKind = 4;
constexpr int rounds = 5'000;

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

class Threads
{
public:
    Threads() = default;
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    ~Threads()
    {
        for (std::thread& thread : m_threads)
            thread.join();
    }

    template <typename F>
    void start(int count, const F& run)
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back(run);
    }

private:
    std::vector<std::thread> m_threads;
};

/// Many submit, one takes, and the queue is full and closed on the way: every write is answered once.
void tryWriteQueue()
{
    constexpr store::Weight limit{100, 1'000, 10'000};
    constexpr store::Weight group{64, 500, 10'000};
    store::WriteQueue queue(limit);
    const protocol::Error unavailable{protocol::ErrorCode::Unavailable, QStringLiteral("no disk")};
    std::atomic<int> answers{0};
    std::atomic<int> done{0};
    {
        Threads consumer;
        consumer.start(1, [&] {
            while (!queue.isDrained()) {
                const auto jobs = queue.take(group, std::chrono::milliseconds(1));
                for (const store::WriteJob& job : jobs)
                    job.done(&unavailable);
                done += int(jobs.size());
                if (done > rounds)
                    queue.close();
            }
        });
        Threads others;
        others.start(1, [&] {
            while (!queue.isDrained())
                require(!queue.level().waiting.exceeds(limit), "no more waits than may");
        });
        Threads producers;
        producers.start(threadsOfAKind, [&] {
            for (int i = 0; i < rounds; ++i)
                queue.submit<int>([](store::Transaction&) -> protocol::Result<int> { return 0; },
                                  [&](const protocol::Result<int>&) { ++answers; }, {1, 20, 30});
            queue.close();
        });
    }
    require(answers == threadsOfAKind * rounds, "every write is answered once");
    require(done > 0, "some writes are taken");
}

void readOn(const realtime::Backlog& backlog, protocol::Seq last)
{
    constexpr qint64 stretch = 200;
    protocol::Seq cursor = 0;
    while (cursor < last) {
        const protocol::Seq head = backlog.head();
        require(head >= cursor, "the head does not go back");
        const auto slice = backlog.read(cursor + 1, std::numeric_limits<protocol::Seq>::max(), stretch);
        if (slice.fallenBehind)
            cursor = head;
        for (const realtime::FramePtr& frame : slice.frames) {
            require(frame->seq == cursor + 1 && frame->bytes.size() == 10, "events follow on each other");
            cursor = frame->seq;
        }
    }
}

/// One appends, many read on from where each is, and fall behind.
void tryBacklog()
{
    realtime::Backlog backlog(0, 50, 400);
    Threads threads;
    threads.start(threadsOfAKind, [&] { readOn(backlog, rounds); });
    threads.start(1, [&] {
        for (protocol::Seq seq = 1; seq <= rounds;) {
            std::vector<realtime::FramePtr> frames;
            for (const protocol::Seq end = std::min<protocol::Seq>(rounds, seq + seq % 7); seq <= end; ++seq)
                frames.push_back(std::make_shared<realtime::Frame>(
                    realtime::Frame{seq, QStringLiteral("type"), QString(), QByteArray(10, 'x')}));
            backlog.append(frames);
        }
    });
}

/// Many take and give back: no more are held than there are.
void tryConnectionQuota()
{
    constexpr int limit = 7;
    http::ConnectionQuota quota({limit, 5});
    std::atomic<int> held{0};
    {
        Threads threads;
        threads.start(threadsOfAKind, [&] {
            for (int i = 0; i < rounds; ++i) {
                std::vector<http::ConnectionQuota::Ticket> tickets;
                for (int wanted = 0; wanted < 3; ++wanted) {
                    const QHostAddress peer(quint32(i % 3));
                    if (auto ticket = quota.take(peer)) {
                        require(++held <= limit, "no more are held than there are");
                        tickets.push_back(std::move(ticket));
                    }
                }
                held -= int(tickets.size());
            }
        });
    }
    require(quota.taken() == 0, "all are given back");
}

/// Many store and find: what is found is whole, and what its tag says.
void tryDashboardCache()
{
    api::DashboardCache cache;
    Threads threads;
    threads.start(threadsOfAKind, [&] {
        for (int i = 0; i < rounds; ++i) {
            const auto period = protocol::allPeriods.at(std::size_t(i) % protocol::allPeriods.size());
            const QByteArray tag = QByteArray::number(i % 3);
            if (const auto found = cache.find({period}, tag))
                require(*found == "data of " + tag, "what is found is what was stored");
            cache.store({period}, tag, "data of " + tag);
        }
    });
}

protocol::Settings settingsOf(int round)
{
    protocol::Settings settings;
    settings.retentionDays = round;
    settings.mutes.resize(
        round % 4, {protocol::AlertKind::QualityDrop, protocol::Timestamp(std::chrono::milliseconds(round))});
    return settings;
}

/// One publishes, many read: what is read is whole, stays as it is, and does not go back.
void trySettingsBook()
{
    store::SettingsBook book(settingsOf(0));
    Threads threads;
    threads.start(threadsOfAKind, [&] {
        store::SettingsPtr last = book.current();
        while (last->retentionDays < rounds) {
            const store::SettingsPtr next = book.current();
            require(next->retentionDays >= last->retentionDays, "settings do not go back");
            require(*last == settingsOf(last->retentionDays), "settings are whole and stay as they are");
            last = next;
        }
    });
    threads.start(1, [&] {
        for (int round = 1; round <= rounds; ++round)
            book.publish(settingsOf(round));
    });
}

} // namespace

int main()
{
    tryWriteQueue();
    tryBacklog();
    tryConnectionQuota();
    tryDashboardCache();
    trySettingsBook();
    std::puts("no race found");
    return 0;
}
