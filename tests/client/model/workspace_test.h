#pragma once

#include "client/net/options.h"

namespace prism::test {

/// As short as tests of a whole workspace can wait.
inline net::Options impatient()
{
    net::Options options;
    options.timing.firstRetry = std::chrono::milliseconds(30);
    options.timing.longestRetry = std::chrono::milliseconds(60);
    options.timing.pollInterval = std::chrono::milliseconds(40);
    options.timing.grace = std::chrono::milliseconds(150);
    return options;
}

} // namespace prism::test
