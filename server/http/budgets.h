#pragma once

#include "server/io/byte_budget.h"

namespace prism::http {

/// What all connections together may make the server hold. Shared by all threads.
struct Budgets
{
    Budgets(qint64 unsentBytes, qint64 bodyBytes)
        : unsent(unsentBytes, freeUnsent)
        , bodies(bodyBytes, freeBody)
    {
    }

    static constexpr qint64 freeUnsent = 16LL * 1024;
    static constexpr qint64 freeBody = 64LL * 1024;

    io::ByteBudget unsent;               ///< answers and events that clients have not taken
    io::ByteBudget bodies;               ///< requests' bodies that have not arrived whole
    std::atomic<quint64> slowReaders{0}; ///< HTTP connections that were closed for it
};

} // namespace prism::http
