/// How long it takes from a request being sent to the window having painted what it changed: a real server
/// process, a real window, one check at a time. Prints the distribution in milliseconds for the activity row
/// and for the cards.
///     bench_paint [--rounds N] [--pause MS]
/// Run it under a display (or Xvfb) for a real window; QT_QPA_PLATFORM=offscreen leaves the display's share
/// out.
#include "client/model/preferences.h"
#include "client/model/workspace.h"
#include "client/ui/language.h"
#include "client/ui/main_window.h"
#include "client/ui/stat_card.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QEventLoop>
#include <QJsonObject>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>
#include <vector>

using namespace prism;

namespace {

using Clock = std::chrono::steady_clock;

/// Tells the first moment at which a widget has painted after it was armed.
class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget* widget, QObject* parent)
        : QObject(parent)
    {
        widget->installEventFilter(this);
    }

    void arm() { m_armed = true; }
    void reset() { m_painted.reset(); }
    std::optional<Clock::time_point> painted() const { return m_painted; }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (m_armed && event->type() == QEvent::Paint) {
            m_armed = false;
            QMetaObject::invokeMethod(
                this, [this] { m_painted = Clock::now(); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    bool m_armed = false;
    std::optional<Clock::time_point> m_painted;
};

void report(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double fraction) {
        return times[std::size_t(std::ceil(fraction * double(times.size()))) - 1];
    };
    std::printf("%-28s n=%zu  p50 %.1f ms  p95 %.1f ms  p99 %.1f ms  max %.1f ms\n", what, times.size(),
                at(0.5), at(0.95), at(0.99), times.back());
}

bool waitFor(const std::function<bool()>& condition)
{
    const Clock::time_point deadline = Clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (Clock::now() > deadline)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    }
    return true;
}

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("rounds"), QStringLiteral("How many requests."), QStringLiteral("N"),
                      QStringLiteral("200")});
    parser.addOption({QStringLiteral("pause"), QStringLiteral("Between two requests, in ms."),
                      QStringLiteral("MS"), QStringLiteral("100")});
    parser.process(app);
    const int rounds = std::max(1, parser.value(QStringLiteral("rounds")).toInt());

    const std::chrono::milliseconds pause(parser.value(QStringLiteral("pause")).toInt());

    test::ServerProcess server;
    if (!server.start())
        return 1;
    ui::Language language;
    model::Workspace workspace(server.httpUrl(), protocol::Period::Week);
    const QTemporaryDir settings;
    model::Preferences preferences(settings.filePath(QStringLiteral("preferences.ini")));
    ui::MainWindow window(workspace, preferences, language);
    auto* table = window.findChild<QTableView*>(QStringLiteral("activity"));
    auto* card = window.findChild<ui::StatCard*>();
    PaintWatch row(table->viewport(), &app);
    PaintWatch cards(card, &app);
    qint64 expected = -1;
    QObject::connect(&workspace.activity(), &QAbstractItemModel::rowsInserted, &row, [&] { row.arm(); });
    QObject::connect(&workspace.dashboard(), &model::DashboardModel::changed, &cards, [&] {
        if (workspace.dashboard().dashboard()->summary.totalChecks == expected)
            cards.arm();
    });
    window.show();
    workspace.start();
    if (!waitFor([&] {
            return workspace.dashboard().dashboard() && workspace.feed().state() == net::FeedState::Live;
        }))
        return 1;

    std::vector<double> rowTimes;
    std::vector<double> cardTimes;
    test::RestClient client(server.httpUrl());
    for (int i = 0; i < rounds; ++i) {
        const Clock::time_point rested = Clock::now() + pause;
        (void)waitFor([&] { return Clock::now() >= rested; });
        row.reset();
        cards.reset();
        expected = i + 1;
        const Clock::time_point sent = Clock::now();
        std::thread writer([&client, i] {
            client.post("/api/v1/gateway/checks",
                        QJsonObject{{QStringLiteral("status"), QStringLiteral("PASS")},
                                    {QStringLiteral("duration"), i}});
        });
        const bool shown = waitFor([&] { return row.painted() && cards.painted(); });
        writer.join();
        if (!shown) {
            std::fputs("bench_paint: the window did not show the check within 10 s\n", stderr);
            return 1;
        }
        rowTimes.push_back(milliseconds(*row.painted() - sent));
        cardTimes.push_back(milliseconds(*cards.painted() - sent));
    }
    report("request to activity row", rowTimes);
    report("request to cards", cardTimes);
    return 0;
}
