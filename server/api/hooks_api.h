#pragma once

#include "server/api/entry_times.h"
#include "server/api/routes.h"
#include "server/api/writes.h"
#include "server/hooks/provider.h"
#include "server/store/tables/hook_book.h"

namespace prism::api {

/// /api/v1/hooks/PROVIDER/ID: what other systems tell of the runs of gates by themselves. Who does not prove
/// to know the secret of the hook is told that alone, whether or not there is such a hook. Lives on its
/// worker's thread; the book outlives it.
class HooksApi
{
public:
    HooksApi(const Writes& writes, const store::HookBook& hooks, std::chrono::seconds tolerance,
             const EntryTimes& times, int maxJsonDepth, Routes& routes);

private:
    protocol::Result<void> github(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> gitlab(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> sonarqube(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> take(hooks::Provider provider, const http::Request& request,
                                const http::Reply& reply) const;
    protocol::Result<store::Hook> proven(hooks::Provider provider, const http::Request& request) const;

    const Writes& m_writes;
    const store::HookBook& m_hooks;
    const std::chrono::seconds m_tolerance;
    const EntryTimes m_times;
    const int m_maxJsonDepth;
};

} // namespace prism::api
