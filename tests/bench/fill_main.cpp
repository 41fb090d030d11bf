/// prism-fill: stores made-up checks at a running prism-server, the same ones each time. See --help.
#include "tests/bench/check_fill.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>

#include <cstdio>

using namespace prism::bench;
using namespace Qt::StringLiterals;

namespace {

void fill(const QCommandLineParser& options)
{
    const std::optional<Endpoint> server = Endpoint::fromUrl(options.value(u"server"_s).toStdString());
    if (!server)
        throw BenchError("--server: must be a URL with an IPv4 address and a port");
    bool isNumber = false;
    const qulonglong count = options.value(u"checks"_s).toULongLong(&isNumber);
    if (!isNumber || count == 0)
        throw BenchError("--checks: must be a number from 1");
    const QDateTime until = options.isSet(u"until"_s)
                                ? QDateTime::fromString(options.value(u"until"_s), Qt::ISODateWithMs)
                                : QDateTime::currentDateTimeUtc();
    if (!until.isValid())
        throw BenchError("--until: must be an ISO 8601 time, e.g. 2026-02-07T22:30:00Z");
    EventLoop loop;
    std::uint64_t told = 0;
    const auto duration = fillChecks(
        loop, *server, MadeChecks(count, until.toMSecsSinceEpoch()), [&told, count](std::uint64_t stored) {
            constexpr std::uint64_t step = 100'000;
            if (stored / step == told / step)
                return;
            told = stored;
            std::fprintf(stderr, "%llu of %llu checks stored\n", static_cast<unsigned long long>(stored),
                         static_cast<unsigned long long>(count));
        });
    std::printf("%llu checks in %.1f s: %.0f/s\n", static_cast<unsigned long long>(count),
                secondsOf(duration), double(count) / secondsOf(duration));
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(
        u"Stores made-up checks at a prism-server, spread over the year that ends now or at --until. The "
        u"same "
        u"number and end give the same checks, and those that are there already are not stored again."_s);
    options.addHelpOption();
    options.addOptions({
        {u"server"_s, u"Where to store them."_s, u"URL"_s, u"http://127.0.0.1:3000"_s},
        {u"checks"_s, u"How many."_s, u"N"_s, u"100000"_s},
        {u"until"_s, u"When the year ends."_s, u"TIME"_s},
    });
    options.process(app);
    try {
        fill(options);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "prism-fill: %s\n", error.what());
        return 1;
    }
}
