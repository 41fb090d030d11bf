#pragma once

#include <chrono>

namespace prism::api {

/// When what is sent may have happened.
struct EntryTimes
{
    std::chrono::days oldestCheck{400}; ///< older checks must say that they are imported
    int daysARequest = 400;             ///< on which its entries lie, at most
};

} // namespace prism::api
