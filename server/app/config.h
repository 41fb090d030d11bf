#pragma once

#include "server/api/allowance.h"
#include "server/api/check_limits.h"
#include "server/api/entry_times.h"
#include "server/api/read_pool.h"
#include "server/app/option_field.h"
#include "server/http/request.h"
#include "server/log/log.h"
#include "server/realtime/settings.h"
#include "server/rules/rule_set.h"
#include "server/store/writing/upkeep.h"
#include "server/store/writing/write_queue.h"
#include "shared/protocol/error.h"
#include "shared/protocol/record.h"

#include <QHash>

namespace prism::app {

/// Whether who asks has to say who they are.
enum class Auth { Off, On };

/// What the server was told, checked. Immutable once made. What each field may be, and what it is where
/// nothing was told, stands with its option.
struct Config
{
    Endpoint listen;
    std::optional<Endpoint> wsListen;
    std::optional<Endpoint> metricsListen;
    QString tlsCertificates; ///< a file; empty without TLS, as is the other
    QString tlsKey;
    std::chrono::milliseconds tlsHandshakeTimeout{};
    std::size_t mostTlsHandshakes = 0; ///< answered at once
    QString dataFolder;
    QString databaseFile; ///< with its whole path
    QString timezone;     ///< empty when none was named
    Auth auth = Auth::Off;
    bool insecureNoAuth = false;
    QStringList allowedOrigins;
    QStringList allowedHosts;
    QString publicUrl; ///< without a path; empty when none was named
    http::TrustedProxies::Settings proxies;
    int workers = 0;
    int maxConnections = 0;
    int maxConnectionsOfAddress = 0; ///< 0 for half of all
    int probeConnections = 0;
    api::AllowanceLimits allowance;
    std::chrono::milliseconds readyTimeout{};
    qint64 unsentBytes = 0;     ///< of all connections
    qint64 unfinishedBytes = 0; ///< of bodies, of all connections
    int maxJsonDepth = 0;
    qsizetype mostQueryNames = 0; ///< in one list of a query
    api::CheckLimits checks;
    api::EntryTimes entryTimes;
    store::Weight writeQueue;
    store::Retention retention;
    protocol::RecordLimits records;
    std::size_t backlogEvents = 0;
    qint64 backlogBytes = 0;
    http::Limits limits;
    api::ReadLimits reading;
    realtime::Settings realtime;
    rules::RuleLimits rules;
    qsizetype intentLength = 0; ///< characters
    int ruleVersions = 0;       ///< kept
    int mostHooks = 0;
    int mostTokens = 0;
    std::chrono::seconds hookTolerance{};
    log::Log::Settings log;

    /// Whether every address where it listens for more than /metrics is a loopback one.
    bool isLoopbackOnly() const;

    bool hasProxies() const { return proxies.socketPeers || !proxies.networks.empty(); }

    bool hasTls() const { return !tlsCertificates.isEmpty(); }

    /// With what follows from other options.
    api::AllowanceLimits allowanceLimits() const;

    /// What the server answers as beside localhost: the hosts that are allowed, and where it listens.
    QStringList hosts() const;

    /// Reads what was given by option name. Options that are missing have their fallback; all problems are
    /// listed.
    static protocol::Result<Config> make(const QHash<QString, QString>& given);
};

} // namespace prism::app
