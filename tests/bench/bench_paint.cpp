/// How the window keeps up: how late it paints, how long input waits, what it costs and how much memory it
/// takes, with a real server process behind a real window. Prints a table.
///     bench_paint [--only steady|flood|fill|start] [--seconds N] [--events N] [--json FILE] [--smoke]
/// Run it under a display with a window manager (or Xvfb with openbox); QT_QPA_PLATFORM=offscreen leaves the
/// display's share out.
#include "tests/bench/window_bench.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"

#include <QCommandLineParser>
#include <QJsonObject>
#include <QProcess>
#include <QStyleFactory>
#include <QTemporaryDir>

#include <cstdio>

using namespace prism;
using namespace std::chrono_literals;

namespace {

std::chrono::milliseconds sinceBoot()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

/// In a process of its own: ends with the first numbers painted, and says when that was.
int paintOnce(ui::WatchedApplication& app, const QUrl& server)
{
    ui::Language language;
    model::Workspace workspace(server, protocol::Period::Week);
    const QTemporaryDir folder;
    model::Preferences preferences(folder.filePath(QStringLiteral("preferences.ini")));
    ui::MainWindow window(workspace, preferences, language);
    bench::PaintWatch painted(window, [] {
        std::printf("%lld\n", static_cast<long long>(sinceBoot().count()));
        QCoreApplication::quit();
    });
    QObject::connect(&workspace.dashboard(), &model::DashboardModel::changed, &painted, [&] {
        painted.arm();
        window.update();
    });
    window.show();
    workspace.start();
    return app.exec();
}

bool measureStart(const QUrl& server, int rounds, bench::Report& report)
{
    bench::Latencies times;
    for (int i = 0; i < rounds; ++i) {
        const auto begun = sinceBoot();
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--paint-once"), server.toString()});
        if (!process.waitForFinished(20'000) || process.exitCode() != 0)
            return false;
        times.add(std::chrono::milliseconds(process.readAllStandardOutput().trimmed().toLongLong()) - begun);
    }
    report.add({.id = "P10",
                .work = "program started to first numbers painted, median",
                .unit = "ms",
                .ours = times.at(0.5),
                .bar = {bench::Bar::Kind::AtMost, 500}});
    report.add({.id = "P10",
                .work = "program started to first numbers painted, slowest",
                .unit = "ms",
                .ours = times.at(1)});
    return true;
}

int measure(ui::WatchedApplication& app, const QCommandLineParser& parser)
{
    const bool smoke = parser.isSet(QStringLiteral("smoke"));
    const std::chrono::seconds duration(smoke ? 1 : parser.value(QStringLiteral("seconds")).toInt());
    const qint64 events = smoke ? 2'000 : parser.value(QStringLiteral("events")).toLongLong();
    const QString only = parser.value(QStringLiteral("only"));
    const auto wanted = [&](QLatin1String part) { return only.isEmpty() || only == part; };

    test::ServerProcess server;
    if (!server.start())
        return 1;
    test::RestClient client(server.httpUrl());
    client.post("/api/v1/gateway/checks", QJsonObject{{QStringLiteral("status"), QStringLiteral("PASS")},
                                                      {QStringLiteral("duration"), 8}});
    bench::Report report;
    bool worked = true;
    {
        bench::WindowBench window(app, server.httpUrl());
        worked = window.open();
        if (worked && wanted(QLatin1String("steady")))
            worked = window.steady(50, duration, report);
        if (worked && wanted(QLatin1String("flood")))
            worked = window.flood(5'000, duration, report);
        if (worked && wanted(QLatin1String("fill")))
            worked = window.fill(events, report);
    }
    if (worked && wanted(QLatin1String("start")))
        worked = measureStart(server.httpUrl(), smoke ? 1 : 5, report);
    report.printTable();
    if (!worked)
        std::fputs("bench_paint: the window did not follow, or the server took no more\n", stderr);
    if (parser.isSet(QStringLiteral("json")) &&
        !report.writeJson(parser.value(QStringLiteral("json")).toStdString()))
        return 1;
    return worked ? 0 : 1;
}

} // namespace

int main(int argc, char* argv[])
{
    ui::WatchedApplication app(argc, argv, ui::WatchedApplication::frame);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QCommandLineParser parser;
    parser.addHelpOption();
    const auto option = [&](const char* name, const char* help, const char* value, const char* fallback) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value),
                          QString::fromLatin1(fallback)});
    };
    option("only", "steady, flood, fill or start.", "PART", "");
    option("seconds", "How long each load lasts.", "N", "10");
    option("events", "How many the memory is measured after.", "N", "1000000");
    option("json", "Writes the table there too.", "FILE", "");
    option("smoke", "Everything very briefly.", "", "");
    option("paint-once", "Paint the numbers of this server and end.", "URL", "");
    parser.process(app);
    if (parser.isSet(QStringLiteral("paint-once")))
        return paintOnce(app, QUrl(parser.value(QStringLiteral("paint-once"))));
    return measure(app, parser);
}
