#include "server/app/option.h"

#include "server/app/config.h"

namespace prism::app {

using protocol::Name;

namespace {

using Level = Name<log::Level>;
constexpr std::array logLevels{Level{log::Level::Debug, "debug"}, Level{log::Level::Info, "info"},
                               Level{log::Level::Warning, "warning"}, Level{log::Level::Error, "error"}};
using Format = Name<log::Format>;
constexpr std::array logFormats{Format{log::Format::Text, "text"}, Format{log::Format::Json, "json"}};
using AuthName = Name<Auth>;
constexpr std::array authNames{AuthName{Auth::On, "on"}, AuthName{Auth::Off, "off"}};
constexpr qint64 gibibyte = 1024LL * 1024 * 1024;

std::optional<qint64> readers(const QString& text)
{
    const std::optional<qint64> number = wholeNumber(text, 0, 256);
    return number == 1 ? std::nullopt : number;
}

} // namespace

Option::Option(const char* optionName, const char* optionValue, const char* optionFallback, PutText putText,
               const char* optionHelp)
    : name(QString::fromLatin1(optionName))
    , value(QString::fromLatin1(optionValue))
    , fallback(QString::fromLatin1(optionFallback))
    , put(std::move(putText))
    , help(QString::fromLatin1(optionHelp))
{
}

QString Option::environmentName() const
{
    return QStringLiteral("PRISM_") + QString(name).replace(QLatin1Char('-'), QLatin1Char('_')).toUpper();
}

std::vector<Option> optionsOf(Config& config)
{
    http::Limits& limits = config.limits;
    realtime::Settings& realtime = config.realtime;
    store::Retention& retention = config.retention;
    // An option is one line, however long.
    // clang-format off
    return {
        {"listen", "HOST:PORT|unix:PATH", "127.0.0.1:3000", endpointOrSocket(config.listen), "Where HTTP and WebSocket (/ws) are served; port 0 picks a free one. unix:PATH is a socket for a proxy of this machine, whose user needs the group of the file; without --ws-listen there is no other port then."},
        {"ws-listen", "HOST:PORT|off", "127.0.0.1:3001", endpointOrOff(config.wsListen), "Where WebSocket alone is served."},
        {"metrics-listen", "HOST:PORT|off", "off", endpointOrOff(config.metricsListen), "Where /metrics alone is served, to whoever asks, without a token and without TLS; 16 connections at most. It stays at /metrics of the others as well."},
        {"tls-cert", "FILE", "", text(config.tlsCertificates), "Serve TLS alone, on both ports: the certificate in PEM, behind it those that lead to a known one; with --tls-key. SIGHUP has both read again."},
        {"tls-key", "FILE", "", text(config.tlsKey), "The key of that certificate in PEM, without a passphrase."},
        {"tls-handshake-timeout", "SECONDS", "10", seconds(config.tlsHandshakeTimeout), "From a connection to its agreement on TLS; longer closes."},
        {"max-tls-handshakes", "N", "256", whole(config.mostTlsHandshakes, 1, 100'000), "Handshakes of TLS that are answered at once; more wait for their turn."},
        {"data-dir", "DIR", "", text(config.dataFolder), "Where the database lies (default: prism-gateway in the XDG data folder)."},
        {"database", "URL", "", sqliteFile(config.databaseFile), "sqlite:FILE (default: prism.db in the data folder)."},
        {"timezone", "ZONE", "", timeZone(config.timezone), "IANA name of the zone whose days are counted (default: the one stored in the database, at its first start the system's)."},
        {"auth", "on|off", "off", oneOf(config.auth, authNames), "Whether everybody needs a token (see token create), but for /health, /ready and the hooks."},
        {"insecure-no-auth", "", "false", trueOrFalse(config.insecureNoAuth), "Listen beyond this machine although nobody is asked for a password."},
        {"allow-origin", "ORIGIN[,ORIGIN]", "", origins(config.allowedOrigins), "Web origins that may read and write, e.g. https://board.example; null for pages from files."},
        {"allow-host", "HOST[,HOST]", "", hosts(config.allowedHosts), "Names and addresses that requests may ask for beside this machine's own, e.g. prism.example; others get 403."},
        {"public-url", "URL", "", publicUrl(config.publicUrl), "What the world calls this server where a proxy is in front of it, e.g. https://prism.example: that host may be asked for, its pages are the server's own, and what is printed names it."},
        {"trusted-proxy", "CIDR[,CIDR]", "", proxies(config.proxies), "Proxies that are believed about who asks, by Forwarded or X-Forwarded-For, -Proto and -Host, e.g. 10.0.0.0/8 or 127.0.0.1; unix for who connects by the socket of --listen unix:PATH. May be given several times."},
        {"workers", "N", "0", whole(config.workers, 0, 256), "Threads for HTTP, and as many for WebSocket sessions; 0 for one per core."},
        {"readers", "N", "0", parsed(config.reading.readers, readers, QStringLiteral("must be 0 or a whole number from 2 to 256")), "Threads for what takes longer to read, such as reports; the first of them takes none that grow with history. 0 for one and one per two cores."},
        {"read-queue-limit", "N", "256", whole(config.reading.queue.places, 2, 1'000'000), "Reads that may wait for a reader, of short and of long ones each; more get 503."},
        {"read-queue-limit-per-address", "N", "0", whole(config.reading.queue.placesOfAddress, 0, 1'000'000), "Of them, those of one address (of IPv6, of one /64); more get 503. 0 for half."},
        {"read-queue-limit-per-token", "N", "0", whole(config.reading.queue.placesOfToken, 0, 1'000'000), "The same of one token; more get 429. 0 for half."},
        {"max-report-rows", "N", "10000", whole(config.reading.report.rows, 1, 1'000'000), "Rows of one report over what happened; more gets 400."},
        {"max-report-bytes", "BYTES", "268435456", whole(config.reading.report.bytes, 1024, 64 * gibibyte), "Memory that one report over what happened may take up while it is made; more gets 400."},
        {"read-queue-bytes", "BYTES", "67108864", whole(config.reading.queue.bytes, 65'536, 64 * gibibyte), "Of the bodies that wait with them, half of it of one address; more get 503."},
        {"read-timeout", "SECONDS", "30", seconds(config.reading.patience), "How long a read may wait for a reader, and then take; longer gets 503."},
        {"max-connections", "N", "10000", whole(config.maxConnections, 1, 1'000'000), "Open connections, HTTP and WebSocket together; more get 503."},
        {"max-connections-per-address", "N", "0", whole(config.maxConnectionsOfAddress, 0, 1'000'000), "Of them, those of one address (of IPv6, of one /64); more get 503. 0 for half."},
        {"probe-connections", "N", "64", whole(config.probeConnections, 0, 10'000), "Connections beside them for who asks for /health or /ready when the others are taken."},
        {"max-connections-per-token", "N", "0", whole(config.allowance.connectionsOfToken, 0, 1'000'000), "WebSockets, streams and waits for events of one token; more get 429. 0 for half of all connections."},
        {"requests-per-token", "N", "2000", whole(config.allowance.ofToken.requests, 0, 10'000'000), "Requests a second of one token, saved up for ten seconds; more get 429, /health and /ready apart. 0 for no limit, here and in the five that follow; while nobody has to sign in none of them is held against this machine."},
        {"requests-per-address", "N", "5000", whole(config.allowance.ofAddress.requests, 0, 10'000'000), "The same of one address (of IPv6, of one /64)."},
        {"body-bytes-per-token", "BYTES", "33554432", whole(config.allowance.ofToken.bytes, 0, 64 * gibibyte), "Bytes of bodies a second of one token, saved up for ten seconds; who has sent more gets 429 until that is made up for."},
        {"body-bytes-per-address", "BYTES", "67108864", whole(config.allowance.ofAddress.bytes, 0, 64 * gibibyte), "The same of one address."},
        {"frames-per-token", "N", "5000", whole(config.allowance.ofToken.frames, 0, 10'000'000), "WebSocket frames a second from all clients of one token, saved up for ten seconds; more closes with 4029."},
        {"frames-per-address", "N", "10000", whole(config.allowance.ofAddress.frames, 0, 10'000'000), "The same of one address."},
        {"ready-timeout", "SECONDS", "5", seconds(config.readyTimeout), "How long the disk may take to answer what /ready asks of it; longer gets 503."},
        {"max-header-bytes", "BYTES", "16384", whole(limits.headerBytes, 256, gibibyte), "Size of a request's head; more gets 431."},
        {"max-body-bytes", "BYTES", "1048576", whole(limits.bodyBytes, 1, gibibyte), "Size of a request's body; more gets 413."},
        {"max-bulk-bytes", "BYTES", "10485760", whole(limits.bulkBodyBytes, 1, gibibyte), "Size of a body of NDJSON or of a batch; more gets 413."},
        {"max-file-bytes", "BYTES", "20971520", whole(limits.fileBytes, 1, gibibyte), "Size of a tool's result file; more gets 413."},
        {"max-config-bytes", "BYTES", "16384", whole(config.records.configBytes, 2, gibibyte), "Size of a record's config; more gets 400."},
        {"max-message-bytes", "BYTES", "65536", whole(realtime.messageBytes, 16, gibibyte), "Size of a WebSocket message from a client; more closes with 1009."},
        {"client-frames", "N", "500", whole(realtime.clientRate.pieces, 1, 1'000'000), "WebSocket frames a second from one client, saved up for ten seconds; more closes with 4029."},
        {"client-bytes", "BYTES", "262144", whole(realtime.clientRate.bytes, 1, gibibyte), "The same in bytes; never less than two messages together."},
        {"max-json-depth", "N", "32", whole(config.maxJsonDepth, 1, 500), "How deep a body may be nested; more gets 400."},
        {"max-query-names", "N", "100", whole(config.mostQueryNames, 1, 10'000), "Names in one list of a query, such as metrics, and values in one filter of a report; more gets 400."},
        {"max-projects", "N", "20", whole(realtime.mostProjects, 1, 1'000), "Projects of which one request, or one view of a session, asks for the numbers; more gets 400."},
        {"max-false-positives", "N", "100000", whole(config.checks.falsePositives, 1, 10'000'000), "Findings that are remembered as false positives, of all projects; more get 429."},
        {"max-search-rows", "N", "50000", whole(config.checks.searchedRows, 1, 100'000'000), "Checks and violations that one page of a list of checks looks at, about; behind them its nextCursor goes on."},
        {"max-check-age", "DAYS", "400", whole<std::chrono::days>(config.entryTimes.oldestCheck, 1, 36'500), "How long ago a check may have been that is not imported; more gets 400."},
        {"max-bulk-days", "N", "400", whole(config.entryTimes.daysARequest, 1, 10'000), "Different days on which the checks or retrospectives of one request may lie; more get 400."},
        {"request-timeout", "SECONDS", "10", seconds(limits.requestTimeout), "From a request's first byte to its last; longer gets 408."},
        {"idle-timeout", "SECONDS", "60", seconds(limits.idleTimeout), "Between requests; longer closes the connection."},
        {"handshake-timeout", "SECONDS", "10", seconds(realtime.handshakeTimeout), "From an upgrade request to its WebSocket; longer closes."},
        {"heartbeat-interval", "SECONDS", "30", seconds(realtime.pingInterval), "Between pings; a client silent for two of them is closed."},
        {"slow-timeout", "SECONDS", "10", seconds(realtime.slowest.window), "Who is behind and takes less than --min-read-rate for so long is closed, a session with 4008."},
        {"min-read-rate", "BYTES", "1024", whole(realtime.slowest.bytesPerSecond, 1, gibibyte), "Bytes a second that a client takes of what waits for it, over --slow-timeout."},
        {"max-unsent-bytes", "BYTES", "67108864", whole(config.unsentBytes, 65'536, 64 * gibibyte), "Answers and events that clients have not taken, of all together; past it the slowest reader is closed."},
        {"max-unfinished-bytes", "BYTES", "67108864", whole(config.unfinishedBytes, 65'536, 64 * gibibyte), "Bodies that have not arrived whole, of all together; past it the slowest gets 408. Up to 64 KiB of a body are always taken."},
        {"write-queue-limit", "N", "10000", whole(config.writeQueue.jobs, 1, 10'000'000), "Writes that may wait for the disk; more get 503."},
        {"write-queue-rows", "N", "1000000", whole(config.writeQueue.rows, 1, 100'000'000), "The same, counted in rows."},
        {"write-queue-bytes", "BYTES", "268435456", whole(config.writeQueue.bytes, 1024, 64 * gibibyte), "The same, counted in bytes: of bodies, or of what is kept of them where that is more."},
        {"idempotency-hours", "HOURS", "24", whole<std::chrono::hours>(retention.answers, 1, 8'760), "How long the answer to a write with an Idempotency-Key is remembered."},
        {"event-retention-count", "N", "1000000", whole(retention.events.count, 1, 1'000'000'000'000), "Events kept in the database."},
        {"event-retention-days", "DAYS", "30", whole<std::chrono::days>(retention.events.age, 1, 36'500), "Days an event is kept in the database."},
        {"audit-days", "DAYS", "365", whole<std::chrono::days>(retention.audit, 1, 36'500), "Days it is kept who did what."},
        {"backlog-events", "N", "65536", whole(config.backlogEvents, 1, 10'000'000), "Events kept in memory for sessions; older ones are read from the database."},
        {"backlog-bytes", "BYTES", "67108864", whole(config.backlogBytes, 1024, 64 * gibibyte), "The same, in bytes."},
        {"max-intent-length", "N", "65536", whole(config.intentLength, 1, 100'000'000), "Characters of a text to be judged; more get 400."},
        {"max-principles", "N", "2000", whole(config.rules.principles, 1, 100'000), "Principles of a set of rules, which may have twice as many patterns together; more get 400."},
        {"max-regex-length", "N", "1000", whole(config.rules.regexLength, 1, 100'000), "Characters of a rule's regular expression; more get 400."},
        {"max-regex-steps", "N", "2000", whole(config.rules.regexSteps, 10, 10'000), "Steps of one such expression once it is compiled, which bounds the time it takes on a text; more get 400."},
        {"max-rule-steps", "N", "1000000", whole(config.rules.steps, 100, 1'000'000'000), "Steps of all expressions of a set together, which bounds the time until it is ready; more get 400."},
        {"rule-versions", "N", "20", whole(config.ruleVersions, 1, 10'000), "Versions of the rules kept to go back to."},
        {"max-hooks", "N", "1000", whole(config.mostHooks, 1, 100'000), "Hooks of other systems (see hook create); more are refused."},
        {"hook-tolerance", "SECONDS", "300", whole<std::chrono::seconds>(config.hookTolerance, 1, 86'400), "How old a hook's signature may be that says when it was made, or how far ahead; others get 401."},
        {"max-tokens", "N", "1000", whole(config.mostTokens, 1, 100'000), "Tokens (see token create), those too that have expired; more are refused."},
        {"log-level", "LEVEL", "info", oneOf(config.log.level, logLevels), "debug, info, warning or error."},
        {"log-format", "FORMAT", "text", oneOf(config.log.format, logFormats), "text or json, one entry a line on standard error."},
        {"log-queue-bytes", "BYTES", "1048576", whole(config.log.queueBytes, 4096, gibibyte), "Of log that may wait for a slow reader; more is left out and counted."},
    };
    // clang-format on
}

} // namespace prism::app
