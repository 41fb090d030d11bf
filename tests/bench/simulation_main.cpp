/// prism-simulation: asks what the server says of years in which it is known what happened. See --help.
#include "tests/bench/simulation/alarms.h"
#include "tests/bench/simulation/directions.h"
#include "tests/bench/simulation/forecasts.h"
#include "tests/bench/simulation/steps.h"
#include "tests/bench/simulation/verdicts.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <memory>
#include <stdexcept>

using namespace prism::simulation;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array<TeamSize, Table::sizes> teams{{
    {"small", 20, 0.35, 8, 0.2},
    {"middle", 1'000, 0.2, 100, 2},
    {"large", 100'000, 0.1, 2'000, 40},
}};

std::vector<std::unique_ptr<Judge>> judges()
{
    std::vector<std::unique_ptr<Judge>> all;
    all.push_back(std::make_unique<Verdicts>());
    all.push_back(std::make_unique<Directions>());
    all.push_back(std::make_unique<Steps>());
    all.push_back(std::make_unique<Forecasts>());
    all.push_back(std::make_unique<Alarms>());
    return all;
}

struct Request
{
    std::size_t teams;
    int years;
    qulonglong seed;
    double correlation;
    Oddities oddities;
};

/// Throws what is wrong with them.
Request requestOf(const QCommandLineParser& options)
{
    Request request{teams.size(), 0, 0, 0, {}};
    bool isNumber = false;
    request.years = options.value(u"repetitions"_s).toInt(&isNumber);
    if (!isNumber || request.years < 1)
        throw std::runtime_error("--repetitions: must be a number from 1");
    request.seed = options.value(u"seed"_s).toULongLong(&isNumber);
    if (!isNumber)
        throw std::runtime_error("--seed: must be a number");
    request.correlation = options.value(u"correlation"_s).toDouble(&isNumber);
    if (!isNumber || request.correlation < 0 || request.correlation >= 1)
        throw std::runtime_error("--correlation: must be from 0 up to, but not, 1");
    for (const QString& oddity : options.value(u"without"_s).split(u',', Qt::SkipEmptyParts)) {
        if (oddity == u"bursts")
            request.oddities.bursts = false;
        else if (oddity == u"report")
            request.oddities.report = false;
        else if (oddity == u"spool")
            request.oddities.spool = false;
        else
            throw std::runtime_error("--without: must be of bursts, report and spool");
    }
    if (options.isSet(u"smoke"_s)) {
        request.teams = 1;
        request.years = 1;
    }
    return request;
}

Table simulate(const Request& request)
{
    Table table;
    for (std::size_t size = 0; size < request.teams; ++size) {
        const Team team(teams.at(size), request.correlation, request.oddities);
        const auto all = judges();
        for (int year = 0; year < request.years; ++year) {
            const std::uint64_t own = request.seed * 1'000'003 + std::uint64_t(year);
            const Year unchanged = team.year(own);
            for (const auto& judge : all)
                judge->see({team, own, unchanged});
        }
        for (const auto& judge : all)
            judge->report(table, size);
    }
    return table;
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(u"Makes years of checks of a small, a middle and a large team, asks of "
                                      u"them what the server says of numbers, "
                                      u"and prints how often it is wrong and how often it is right, beside "
                                      u"what is said of that. The same options "
                                      u"give the same table."_s);
    options.addHelpOption();
    options.addOptions({
        {u"smoke"_s, u"A second, to see that it works: one year of the small team."_s},
        {u"repetitions"_s, u"Years of each team."_s, u"N"_s, u"20"_s},
        {u"seed"_s, u"Other years for each."_s, u"N"_s, u"1"_s},
        {u"correlation"_s, u"What neighbouring days have in common, below 1."_s, u"SHARE"_s, u"0.3"_s},
        {u"without"_s, u"What is left out, of bursts, report and spool: e.g. bursts,spool."_s, u"ODDITIES"_s},
    });
    options.process(app);
    try {
        const Request request = requestOf(options);
        const Table table = simulate(request);
        std::printf("%d years of each team, seed %llu, correlation %g\n\n", request.years, request.seed,
                    request.correlation);
        table.print();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "prism-simulation: %s\n", error.what());
        return 1;
    }
}
