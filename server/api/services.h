#pragma once

#include "server/api/access_rules.h"
#include "server/api/allowance.h"
#include "server/api/check_limits.h"
#include "server/api/dashboard_cache.h"
#include "server/api/entry_times.h"
#include "server/api/read_pool.h"
#include "server/api/ready_probe.h"
#include "server/api/rule_keeping.h"
#include "server/api/sign_in.h"
#include "server/http/connection_quota.h"
#include "server/http/request.h"
#include "server/http/trusted_proxies.h"
#include "server/realtime/publisher.h"
#include "server/realtime/sessions.h"
#include "server/service/pairings.h"
#include "server/service/tickets.h"
#include "server/store/tables/hook_book.h"
#include "server/store/tables/settings_book.h"
#include "server/store/writing/write_queue.h"
#include "server/telemetry/telemetry.h"
#include "shared/protocol/record.h"

#include <QTimeZone>

namespace prism::api {

/// What the workers share, for Api to hand out to its endpoints. Everything borrowed outlives them and may be
/// used from any thread.
struct Services
{
    store::WriteQueue& writes;
    ReadyProbe& readyProbe;
    ReadPool& readers;
    const realtime::Publisher& publisher;
    realtime::Sessions& sessions;
    DashboardCache& dashboards;
    NoiseBook& noise;
    store::SettingsBook& settings;
    const store::HookBook& hooks;
    telemetry::Telemetry& telemetry;
    const http::TrustedProxies& proxies;
    http::ConnectionQuota& quota;
    Allowance& allowance;
    const AccessRules& access;
    SignIn& signIn;
    store::TokenBook& tokens;
    service::Pairings& pairings;
    service::Tickets& tickets;
    Judging judging;
    RuleKeeping rules;
    QString epoch;
    QTimeZone zone;
    http::Limits limits = {};
    protocol::RecordLimits records = {};
    int maxJsonDepth = 32;
    qsizetype mostQueryNames = 100; ///< in one list
    qsizetype mostProjects = 20;    ///< of which one request asks for the numbers
    CheckLimits checks = {};
    int mostTokens = 1'000;
    EntryTimes entryTimes = {};
    std::chrono::seconds hookTolerance{300}; ///< how old a signature may be that has a time
    std::chrono::milliseconds answersRemembered = std::chrono::hours(24); ///< under an Idempotency-Key
};

} // namespace prism::api
