#pragma once

#include <cstddef>

namespace prism::api {

/// How large one report over what happened may become. A value.
struct ReportLimits
{
    std::size_t rows = 10'000;
    std::size_t bytes = 256UL * 1024 * 1024; ///< that it takes up while it is made
};

} // namespace prism::api
