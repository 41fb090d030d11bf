#pragma once

#include "shared/protocol/error.h"

#include <utility>

/// How an error is passed on to the caller: by these two, and by nothing else where nothing else is done.
/// They are statements of a function that returns a Result. Macros, since only a macro can return for its
/// caller.

/// Evaluates an expression that gives a Result; returns its error, or goes on without its value.
///
///     PRISM_TRY(table.add(record));
#define PRISM_TRY(...) PRISM_TRY_NAMED(PRISM_TRY_NAME(__COUNTER__), __VA_ARGS__)

/// Evaluates an expression that gives a Result; returns its error, or declares or assigns what its value
/// becomes. The Result lives on to the end of the block, so that a reference to a large value does as well.
///
///     PRISM_TRY_ASSIGN(const qint64 count, table.count());
///     PRISM_TRY_ASSIGN(const auto& page, table.list(wanted));
#define PRISM_TRY_ASSIGN(declaration, ...)                                                                   \
    PRISM_TRY_ASSIGN_NAMED(PRISM_TRY_NAME(__COUNTER__), declaration, __VA_ARGS__)

// Each has a name of its own for its Result: several stand in one block, and one in another's expression. A
// Result that is somebody else's variable is copied from, one that was made here moved from.
#define PRISM_TRY_NAME(number) PRISM_TRY_JOIN(prismTried, number)
#define PRISM_TRY_JOIN(left, right) left##right
#define PRISM_TRY_NAMED(tried, ...)                                                                          \
    do {                                                                                                     \
        if (auto&& tried = __VA_ARGS__; !tried)                                                              \
            return ::prism::protocol::Failure(std::forward<decltype(tried)>(tried).error());                 \
    } while (false)
#define PRISM_TRY_ASSIGN_NAMED(tried, declaration, ...)                                                      \
    auto&& tried = __VA_ARGS__;                                                                              \
    if (!tried)                                                                                              \
        return ::prism::protocol::Failure(std::forward<decltype(tried)>(tried).error());                     \
    declaration = *std::forward<decltype(tried)>(tried)
