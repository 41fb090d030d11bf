#pragma once

#include <QtGlobal>

namespace prism::api {

/// How much of checks there may be at once.
struct CheckLimits
{
    qint64 falsePositives = 100'000; ///< findings that are remembered as such, of all projects
    qint64 searchedRows = 50'000;    ///< checks and violations that one page of a list looks at, about
};

} // namespace prism::api
