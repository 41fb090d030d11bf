/// prism-bench: puts load on a prism-server, and on another server that speaks the same protocol when one is
/// named, and prints how they do. See --help.
#include "tests/bench/scenarios.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/vfs.h>

using namespace prism::bench;
using namespace Qt::StringLiterals;

namespace {

struct Scenario
{
    const char* ids; ///< of the rows it adds, with blanks between
    void (*measure)(Bench&);
    bool isLong = false;

    bool isAmong(const QStringList& wanted) const
    {
        const QStringList own = QString::fromLatin1(ids).split(u' ');
        return std::any_of(own.begin(), own.end(), [&](const QString& id) { return wanted.contains(id); });
    }
};

constexpr std::array scenarios{
    Scenario{"P1", measurePush},
    Scenario{"P2", measureFanOut},
    Scenario{"P3", measureIdle},
    Scenario{"P4", measurePost},
    Scenario{"P5", measureGet},
    Scenario{"P6", measureChecks},
    Scenario{"P7 P8", measureStored, true},
};

/// For 10,000 connections, here and in the servers that are started.
void raiseDescriptorLimit()
{
    constexpr rlim_t wanted = 40000;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted)
        return;
    const rlimit more{wanted, std::max(wanted, limit.rlim_max)};
    if (setrlimit(RLIMIT_NOFILE, &more) == 0)
        return;
    limit.rlim_cur = limit.rlim_max; // only root goes beyond
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// Signals arrive through the event loop instead, which then puts away what was started.
void blockSignals()
{
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
}

/// A temporary folder on a disk: a sync in memory would cost nothing.
QString folderOnDisk()
{
    constexpr decltype(statfs::f_type) inMemory = 0x01021994;
    struct statfs system
    {
    };
    const QString usual = QDir::tempPath();
    const bool isInMemory = statfs(qPrintable(usual), &system) == 0 && system.f_type == inMemory;
    return isInMemory ? u"/var/tmp"_s : usual;
}

Endpoint endpointOf(const QString& url)
{
    const std::optional<Endpoint> endpoint = Endpoint::fromUrl(url.toStdString());
    if (!endpoint)
        throw BenchError('\'' + url.toStdString() + "' is not a URL with an IPv4 address and a port");
    return *endpoint;
}

int run(const QCommandLineParser& options)
{
    EventLoop loop;
    Report report;
    const std::string programs = QCoreApplication::applicationDirPath().toStdString();
    Bench bench{loop,
                report,
                options.isSet(u"smoke"_s)   ? Scale::smoke()
                : options.isSet(u"quick"_s) ? Scale::quick()
                                            : Scale(),
                {},
                options.value(u"server"_s).toStdString(),
                {},
                programs + "/bare_broadcast",
                options.value(u"folder"_s).toStdString()};
    for (const QString& argument : options.positionalArguments())
        bench.serverArguments.push_back(argument.toStdString());
    if (options.isSet(u"peer-http"_s) != options.isSet(u"peer-ws"_s))
        throw BenchError("--peer-http and --peer-ws belong together");
    if (options.isSet(u"peer-http"_s))
        bench.peer = Target{"peer", endpointOf(options.value(u"peer-http"_s)),
                            endpointOf(options.value(u"peer-ws"_s)), options.value(u"peer-pid"_s).toInt()};

    const QStringList only = options.value(u"only"_s).toUpper().split(u',', Qt::SkipEmptyParts);
    int failed = 0;
    int measured = 0;
    for (const Scenario& scenario : scenarios) {
        const bool skipped =
            only.isEmpty() ? scenario.isLong && !options.isSet(u"all"_s) : !scenario.isAmong(only);
        if (skipped)
            continue;
        ++measured;
        try {
            scenario.measure(bench);
        } catch (const BenchError& error) {
            report.note(scenario.ids, std::string("could not be measured: ") + error.what());
            ++failed;
        }
    }
    if (measured == 0)
        throw BenchError("there is no scenario " + options.value(u"only"_s).toStdString());
    report.printTable();
    if (options.isSet(u"json"_s) && !report.writeJson(options.value(u"json"_s).toStdString()))
        throw BenchError("cannot write " + options.value(u"json"_s).toStdString());
    return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(
        u"Puts load on a prism-server of its own, with an empty database on disk, and prints what it "
        u"measured.\n"
        "Exit code: 0 when all was measured, met or missed; 1 when something could not be."_s);
    options.addHelpOption();
    options.addOptions({
        {u"quick"_s, u"Less than a minute; rougher, with fewer stored records and idle clients."_s},
        {u"all"_s, u"The long ones too: P7 and P8 store 10,000,000 checks first."_s},
        {u"smoke"_s, u"A few seconds, to see that it works; the numbers mean nothing."_s},
        {u"only"_s, u"Only these, e.g. P1,P4."_s, u"IDS"_s},
        {u"json"_s, u"Write what was measured to a file as well."_s, u"FILE"_s},
        {u"peer-http"_s, u"Another server with the same records API, to compare with."_s, u"URL"_s},
        {u"peer-ws"_s, u"Where that one serves WebSocket."_s, u"URL"_s},
        {u"peer-pid"_s, u"Its process: P1 to P3 give each server a core of its own."_s, u"PID"_s, u"0"_s},
        {u"server"_s, u"The prism-server to measure."_s, u"FILE"_s,
         QCoreApplication::applicationDirPath() + u"/prism-server"_s},
        {u"folder"_s, u"Where the databases lie meanwhile."_s, u"DIR"_s, folderOnDisk()},
    });
    options.addPositionalArgument(u"server-options"_s, u"After --: passed on to prism-server."_s,
                                  u"[-- OPTIONS]"_s);
    options.process(app);
    raiseDescriptorLimit();
    blockSignals();
    try {
        return run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "prism-bench: %s\n", error.what());
        return 1;
    }
}
