#include "server/app/option.h"

namespace prism::app {

QString Option::environmentName() const
{
    return QStringLiteral("PRISM_") + QString(name).replace(QLatin1Char('-'), QLatin1Char('_')).toUpper();
}

std::vector<Option> allOptions()
{
    const auto option = [](const char* name, const char* value, const char* fallback, const char* help) {
        return Option{QString::fromLatin1(name), QString::fromLatin1(value), QString::fromLatin1(fallback),
                      QString::fromLatin1(help)};
    };
    return {
        option("listen", "HOST:PORT", "127.0.0.1:3000",
               "Where HTTP and WebSocket (/ws) are served; port 0 picks a free one."),
        option("ws-listen", "HOST:PORT|off", "127.0.0.1:3001", "Where WebSocket alone is served."),
        option("data-dir", "DIR", "",
               "Where the database lies (default: prism-gateway in the XDG data folder)."),
        option("database", "URL", "", "sqlite:FILE (default: prism.db in the data folder)."),
        option("timezone", "ZONE", "",
               "IANA name of the zone whose days are counted (default: the one stored in the "
               "database, at its first start the system's)."),
        option("auth", "off", "off", "Authentication; this version knows no other value."),
        option("insecure-no-auth", "", "false",
               "Listen beyond this machine although nobody is asked for a password."),
        option("allow-origin", "ORIGIN[,ORIGIN]", "",
               "Web origins that may read and write, e.g. https://board.example."),
        option("workers", "N", "0",
               "Threads for HTTP, and as many for WebSocket sessions; 0 for one per core."),
        option("max-connections", "N", "10000",
               "Open connections, HTTP and WebSocket together; more get 503."),
        option("max-header-bytes", "BYTES", "16384", "Size of a request's head; more gets 431."),
        option("max-body-bytes", "BYTES", "1048576", "Size of a request's body; more gets 413."),
        option("max-bulk-bytes", "BYTES", "10485760",
               "Size of a body of NDJSON or of a batch; more gets 413."),
        option("max-config-bytes", "BYTES", "16384", "Size of a record's config; more gets 400."),
        option("max-message-bytes", "BYTES", "65536",
               "Size of a WebSocket message from a client; more closes with 1009."),
        option("max-json-depth", "N", "32", "How deep a body may be nested; more gets 400."),
        option("request-timeout", "SECONDS", "10",
               "From a request's first byte to its last; longer gets 408."),
        option("idle-timeout", "SECONDS", "60", "Between requests; longer closes the connection."),
        option("handshake-timeout", "SECONDS", "10",
               "From an upgrade request to its WebSocket; longer closes."),
        option("heartbeat-interval", "SECONDS", "30",
               "Between pings; a client silent for two of them is closed."),
        option("resume-grace", "SECONDS", "0.5",
               "How long a new session waits for its first message, which may be resume, before it is live."),
        option("slow-timeout", "SECONDS", "10",
               "How long a session may be behind without progress; longer closes with 4008."),
        option("write-queue-limit", "N", "10000", "Writes that may wait for the disk; more get 503."),
        option("write-queue-rows", "N", "200000", "The same, counted in rows."),
        option("write-queue-bytes", "BYTES", "268435456", "The same, counted in bytes of bodies."),
        option("idempotency-hours", "HOURS", "24",
               "How long the answer to a write with an Idempotency-Key is remembered."),
        option("event-retention-count", "N", "1000000", "Events kept in the database."),
        option("event-retention-days", "DAYS", "30", "Days an event is kept in the database."),
        option("backlog-events", "N", "65536",
               "Events kept in memory for sessions; older ones are read from the database."),
        option("backlog-bytes", "BYTES", "67108864", "The same, in bytes."),
        option("max-intent-length", "N", "65536", "Characters of a text to be judged; more get 400."),
        option("max-principles", "N", "2000",
               "Principles of a set of rules, which may have twice as many patterns together; more get 400."),
        option("max-regex-length", "N", "1000", "Characters of a rule's regular expression; more get 400."),
        option("rule-versions", "N", "20", "Versions of the rules kept to go back to."),
        option("log-level", "LEVEL", "info", "debug, info, warning or error."),
        option("log-format", "FORMAT", "text", "text or json, one entry a line on standard error."),
    };
}

} // namespace prism::app
