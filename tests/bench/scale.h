#pragma once

#include <cstddef>

namespace prism::bench {

/// How much work each scenario does. Seconds are per server and round.
struct Scale
{
    int rounds = 3;
    double pushSeconds = 8;
    std::size_t pushClients = 1000;
    double fanOutSeconds = 8;
    std::size_t idleClients = 10000;
    double idleSeconds = 20;
    double probeSeconds = 4;
    std::size_t storedRecords = 100000;
    double postSeconds = 8;
    double getSeconds = 6;
    std::size_t listSmall = 1000;
    std::size_t listLarge = 1000000;
    double listSeconds = 3;
    std::size_t cursorPages = 5000; ///< of 100 records
    double checkSeconds = 8;
    std::size_t storedChecksSmall = 10000;
    std::size_t storedChecksLarge = 10000000;
    int dashboards = 300; ///< of each period

    /// All of it in less than a minute; the numbers are rougher, and the list is shorter.
    static Scale quick();

    /// A few seconds that only show that everything works.
    static Scale smoke();
};

} // namespace prism::bench
