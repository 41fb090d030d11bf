#include "tests/bench/window_bench.h"

#include "client/ui/dashboard/stat_card.h"
#include "tests/bench/check_writer.h"
#include "tests/bench/process_usage.h"

#include <QEventLoop>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <thread>
#include <unistd.h>

namespace prism::bench {

using namespace std::chrono_literals;

namespace {

constexpr double megabyte = 1024 * 1024;

/// What this program alone used, without its writer.
double cpuSeconds(const CheckWriter& writer)
{
    return ProcessUsage::of(getpid()).value_or(ProcessUsage{}).cpuSeconds - writer.cpuSeconds();
}

double residentMegabytes()
{
    return ProcessUsage::of(getpid()).value_or(ProcessUsage{}).residentBytes / megabyte;
}

/// Knocks at the GUI thread as input does, and notes how long it takes to open.
class Knocker
{
public:
    explicit Knocker(QObject& door)
        : m_thread([this, &door] {
            while (!m_ends) {
                const Clock::time_point knocked = Clock::now();
                QMetaObject::invokeMethod(
                    &door, [this, knocked] { m_times.add(Clock::now() - knocked); }, Qt::QueuedConnection);
                std::this_thread::sleep_for(20ms);
            }
        })
    {
    }
    ~Knocker()
    {
        m_ends = true;
        m_thread.join();
        QCoreApplication::sendPostedEvents(); // the last knocks
    }
    Q_DISABLE_COPY_MOVE(Knocker)

    const Latencies& times() const { return m_times; }

private:
    Latencies m_times;
    std::atomic<bool> m_ends{false};
    std::thread m_thread;
};

} // namespace

WindowBench::WindowBench(ui::WatchedApplication& application, const QUrl& server)
    : m_application(application)
    , m_workspace(server, protocol::Period::Week)
    , m_window(m_workspace, m_preferences, m_language)
    , m_rows(std::make_unique<PaintWatch>(
          *m_window.findChild<QTableView*>(QStringLiteral("activity"))->viewport(),
          [this] { onRowsPainted(); }))
    , m_cards(
          std::make_unique<PaintWatch>(*m_window.findChild<ui::StatCard*>(), [this] { onCardsPainted(); }))
{
    QObject::connect(&m_workspace.activity(), &QAbstractItemModel::rowsInserted, m_rows.get(),
                     [this](const QModelIndex&, int first, int last) { onRows(last - first + 1); });
    QObject::connect(&m_workspace.dashboard(), &model::DashboardModel::changed, m_cards.get(),
                     [this] { m_cards->arm(); });
}

WindowBench::~WindowBench() = default;

bool WindowBench::open()
{
    m_window.show();
    m_workspace.start();
    return waitFor(
        [this] {
            return m_workspace.dashboard().dashboard() && m_workspace.feed().state() == net::FeedState::Live;
        },
        10s);
}

/// Sleeps in between: QCoreApplication::processEvents() with a time limit does not, and its turning round and
/// round would count as the window's processor time.
bool WindowBench::waitFor(const std::function<bool()>& condition, std::chrono::seconds atMost) const
{
    const Clock::time_point deadline = Clock::now() + atMost;
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition() || Clock::now() > deadline)
            loop.quit();
    });
    look.start(10ms);
    loop.exec();
    return condition();
}

protocol::Seq WindowBench::newest()
{
    const model::ActivityModel& activity = m_workspace.activity();
    return activity.rowCount() > 0 ? activity.entry(0).seq : 0;
}

void WindowBench::onRows(int count)
{
    if (!m_isTiming)
        return;
    const model::ActivityModel& activity = m_workspace.activity();
    for (int row = std::min(count, activity.rowCount()) - 1; row >= 0; --row) {
        const model::ActivityEntry& entry = activity.entry(row);
        m_unpaintedRows.emplace_back(entry.seq, entry.time);
        if (entry.seq > m_paintedSeq)
            m_unpaintedCards.emplace_back(entry.seq, entry.time);
        else
            m_cardTimes.add(m_cardsPaintedAt - entry.time);
    }
    m_rows->arm();
}

void WindowBench::onRowsPainted()
{
    const protocol::Timestamp now = protocol::now();
    for (const auto& [seq, time] : m_unpaintedRows)
        m_rowTimes.add(now - time);
    m_unpaintedRows.clear();
}

void WindowBench::onCardsPainted()
{
    m_paintedSeq = m_workspace.dashboard().dashboard()->position.seq;
    m_cardsPaintedAt = protocol::now();
    while (!m_unpaintedCards.empty() && m_unpaintedCards.front().first <= m_paintedSeq) {
        m_cardTimes.add(m_cardsPaintedAt - m_unpaintedCards.front().second);
        m_unpaintedCards.pop_front();
    }
}

/// Lets it settle, then measures.
bool WindowBench::run(CheckWriter& writer, std::chrono::seconds duration, const std::function<void()>& start)
{
    writer.setBound(std::numeric_limits<qint64>::max());
    const auto pass = [&](std::chrono::milliseconds time) {
        const Clock::time_point end = Clock::now() + time;
        (void)waitFor([&] { return Clock::now() >= end || writer.failed(); }, 3600s);
    };
    pass(std::min<std::chrono::milliseconds>(duration / 4, 2s));
    m_rowTimes = {};
    m_cardTimes = {};
    m_application.forgetStalls();
    start();
    m_isTiming = true;
    pass(duration);
    m_isTiming = false;
    return !writer.failed();
}

bool WindowBench::steady(int perSecond, std::chrono::seconds duration, Report& report)
{
    CheckWriter writer(m_workspace.server(), perSecond, 1);
    double before = 0;
    if (!run(writer, duration, [&] { before = cpuSeconds(writer); }))
        return false;
    const double share = 100 * (cpuSeconds(writer) - before) / double(duration.count());
    const std::string load = format("%d events/s: ", perSecond);
    const auto add = [&](const std::string& what, double ours, double bar) {
        report.add({.id = "P9",
                    .work = load + what,
                    .unit = "ms",
                    .ours = ours,
                    .bar = bar > 0 ? Bar{Bar::Kind::AtMost, bar} : Bar{}});
    };
    add("commit to row painted, p50", m_rowTimes.at(0.5), 0);
    add("commit to row painted, p95", m_rowTimes.at(0.95), 0);
    add("commit to row painted, p99", m_rowTimes.at(0.99), 20);
    add("commit to cards painted, p50", m_cardTimes.at(0.5), 0);
    add("commit to cards painted, p95", m_cardTimes.at(0.95), 0);
    add("commit to cards painted, p99", m_cardTimes.at(0.99), 70);
    report.add({.id = "P9",
                .work = load + "dashboard's processor time",
                .unit = "% of a core",
                .ours = share,
                .bar = {Bar::Kind::AtMost, 10}});
    return true;
}

bool WindowBench::flood(int perSecond, std::chrono::seconds duration, Report& report)
{
    CheckWriter writer(m_workspace.server(), perSecond, std::max(1, perSecond / 100));
    double before = 0;
    qint64 eventsBefore = 0;
    std::optional<Knocker> knocker;
    const bool worked = run(writer, duration, [&] {
        before = cpuSeconds(writer);
        eventsBefore = newest();
        knocker.emplace(m_window);
    });
    const double share = 100 * (cpuSeconds(writer) - before) / double(duration.count());
    const double rate = double(newest() - eventsBefore) / double(duration.count());
    const std::string load = format("%d events/s: ", perSecond);
    report.add({.id = "P9", .work = load + "shown", .unit = "events/s", .ours = rate});
    report.add(
        {.id = "P9", .work = load + "input waits, p50", .unit = "ms", .ours = knocker->times().at(0.5)});
    report.add({.id = "P9",
                .work = load + "input waits, p99",
                .unit = "ms",
                .ours = knocker->times().at(0.99),
                .bar = {Bar::Kind::AtMost, 33}});
    report.add(
        {.id = "P9", .work = load + "input waits, longest", .unit = "ms", .ours = knocker->times().at(1)});
    report.add({.id = "P9",
                .work = load + "dashboard's processor time",
                .unit = "% of a core",
                .ours = share,
                .bar = {Bar::Kind::AtMost, 40}});
    report.add({.id = "P9",
                .work = load + "most processor time in one event on the GUI thread",
                .unit = "ms",
                .ours = double(m_application.mostWork().count()) / 1'000,
                .bar = {Bar::Kind::AtMost, 16}});
    report.add({.id = "P9",
                .work = load + "longest event, with what others ran meanwhile",
                .unit = "ms",
                .ours = double(m_application.longest().count()) / 1'000});
    return worked && rate > 0;
}

bool WindowBench::fill(qint64 events, Report& report)
{
    constexpr qint64 ahead = 20'000; // not so far that the server drops the window as too slow
    CheckWriter writer(m_workspace.server(), 0, int(std::min<qint64>(events, 500)));
    const protocol::Seq first = newest();
    const double start = residentMegabytes();
    double tenth = 0;
    const auto shown = [&] { return newest() - first; };
    const bool worked = waitFor(
        [&] {
            writer.setBound(std::min(events, shown() + ahead));
            if (tenth == 0 && shown() >= events / 10)
                tenth = residentMegabytes();
            return shown() >= events || writer.failed();
        },
        3600s);
    const double end = residentMegabytes();
    report.add({.id = "P10", .work = "memory before", .unit = "MB", .ours = start});
    report.add({.id = "P10",
                .work = format("memory after %lld events", qlonglong(events / 10)),
                .unit = "MB",
                .ours = tenth});
    report.add({.id = "P10",
                .work = format("memory after %lld events", qlonglong(events)),
                .unit = "MB",
                .ours = end,
                .bar = {Bar::Kind::AtMost, 120}});
    report.add({.id = "P10",
                .work = "grown between these two",
                .unit = "MB",
                .ours = end - tenth,
                .bar = {Bar::Kind::AtMost, 5}});
    return worked && !writer.failed();
}

} // namespace prism::bench
