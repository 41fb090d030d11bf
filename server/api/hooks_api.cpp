#include "server/api/hooks_api.h"

#include "server/api/json_body.h"
#include "server/hooks/delivery_reader.h"
#include "server/hooks/github.h"
#include "server/hooks/proof.h"
#include "server/service/runs.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

namespace prism::api {

using hooks::Ignored;
using hooks::Provider;
using hooks::Run;
using http::Reply;
using http::Request;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using protocol::Role;
using service::RunOutcome;
using service::Runs;
using store::Hook;

namespace {

Success told(const RunOutcome& outcome)
{
    constexpr int created = 201;
    constexpr int done = 200;
    return {outcome.json, outcome.isNew ? created : done};
}

http::Response ignored(const Request& request, const QString& reason)
{
    return success(request,
                   protocol::writtenJson(QJsonObject{{QLatin1String("outcome"), QLatin1String("ignored")},
                                                     {QLatin1String("reason"), reason}}));
}

} // namespace

HooksApi::HooksApi(const Writes& writes, const store::HookBook& hooks, std::chrono::seconds tolerance,
                   const EntryTimes& times, int maxJsonDepth, Routes& routes)
    : m_writes(writes)
    , m_hooks(hooks)
    , m_tolerance(tolerance)
    , m_times(times)
    , m_maxJsonDepth(maxJsonDepth)
{
    routes.add("POST", "/api/v1/hooks/github/{id}", Role::Anyone, *this, &HooksApi::github, {},
               http::Route::Body::Form);
    routes.add("POST", "/api/v1/hooks/gitlab/{id}", Role::Anyone, *this, &HooksApi::gitlab);
    routes.add("POST", "/api/v1/hooks/sonarqube/{id}", Role::Anyone, *this, &HooksApi::sonarqube);
}

Result<void> HooksApi::github(const Request& request, const Reply& reply) const
{
    return take(Provider::Github, request, reply);
}

Result<void> HooksApi::gitlab(const Request& request, const Reply& reply) const
{
    return take(Provider::Gitlab, request, reply);
}

Result<void> HooksApi::sonarqube(const Request& request, const Reply& reply) const
{
    return take(Provider::Sonarqube, request, reply);
}

/// As much is done where there is no such hook as where there is.
Result<Hook> HooksApi::proven(Provider provider, const Request& request) const
{
    const std::optional<Hook> known = m_hooks.find(request.captures.value(0));
    const Hook hook = known.value_or(Hook{});
    const bool isProven = hooks::isProven(
        provider, hook.secret, request.body, [&request](QByteArrayView name) { return request.header(name); },
        protocol::now(), m_tolerance);
    if (isProven && known && hook.provider == protocol::nameOf(hooks::providerNames, provider))
        return hook;
    return Failure(
        Error{ErrorCode::TokenInvalid, QStringLiteral("The delivery does not prove to be of this hook.")});
}

Result<void> HooksApi::take(Provider provider, const Request& request, const Reply& reply) const
{
    PRISM_TRY_ASSIGN(const Hook hook, proven(provider, request));
    hooks::Delivery delivery{request.header("x-github-event"), request.body};
    if (isForm(request)) {
        PRISM_TRY_ASSIGN(delivery.body, hooks::withoutForm(request.body));
    }
    PRISM_TRY_ASSIGN(hooks::Told what, hooks::readDelivery(provider, delivery, m_maxJsonDepth));
    if (const Ignored* reason = std::get_if<Ignored>(&what)) {
        reply(ignored(request, reason->reason));
        return {};
    }
    Run& run = std::get<Run>(what);
    const protocol::Timestamp now = protocol::now();
    const store::Edition edition{run.attempt, run.told};
    if (!hook.project.isEmpty())
        run.check.project = hook.project;
    if (!run.hasTime || run.check.timestamp > now)
        run.check.timestamp = now;
    if (run.check.timestamp < now - m_times.oldestCheck) {
        reply(ignored(request, QStringLiteral("it ended too long ago (--max-check-age)")));
        return {};
    }
    service::ToldRun toTell = Runs::identify(hook.provider, run.key, edition, std::move(run.check));
    const store::Weight weight = weightOf(request, service::weightOf(toTell.check.entry));
    return m_writes.submit(request, reply, weight, &Runs::tell, std::move(toTell), told);
}

} // namespace prism::api
