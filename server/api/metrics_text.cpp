#include "server/api/metrics_text.h"

#include "server/telemetry/text_encoder.h"
#include "shared/protocol/version.h"

namespace prism::api {

namespace {

using telemetry::Figures;
using telemetry::RequestFigures;
using telemetry::SessionKind;
using telemetry::TextEncoder;
using Type = TextEncoder::Type;

constexpr std::pair<SessionKind, const char*> sessionKinds[]{{SessionKind::WebSocket, "websocket"},
                                                             {SessionKind::Stream, "stream"}};

template <typename Value>
void single(TextEncoder& out, const char* name, Type type, const char* help, const Value& value)
{
    out.begin(name, type, help);
    out.sample(value);
}

void addRequests(TextEncoder& out, const RequestFigures& requests)
{
    out.begin("prism_http_requests_total", Type::Counter,
              "Answers to HTTP requests. What no route answered, refusals among it, is under the route "
              "\"unmatched\".");
    for (const auto& [key, answers] : requests.answers) {
        for (const auto& [status, count] : answers.byStatus)
            out.sample(count, {{"method", key.method},
                               {"route", key.route},
                               {"status", status == 0 ? QByteArray("other") : QByteArray::number(status)}});
    }
    out.begin("prism_http_request_duration_seconds", Type::Histogram,
              "Time from a request's whole head to its written answer.");
    for (const auto& [key, answers] : requests.answers)
        out.sample(answers.durations, {{"method", key.method}, {"route", key.route}});
}

void addSessions(TextEncoder& out, const Figures& figures)
{
    const telemetry::SessionFigures& sessions = figures.levels.sessions;
    single(out, "prism_connections_open", Type::Gauge, "Connections that are open, sessions among them.",
           figures.levels.connections);
    out.begin("prism_sessions_open", Type::Gauge, "Sessions that events are pushed to.");
    for (const auto& [kind, name] : sessionKinds)
        out.sample(sessions.open(kind), {{"kind", name}});
    out.begin("prism_sessions_opened_total", Type::Counter, "Sessions that were opened.");
    for (const auto& [kind, name] : sessionKinds)
        out.sample(sessions.opened[std::size_t(kind)], {{"kind", name}});
    single(out, "prism_deliveries_total", Type::Counter, "Events written to sessions, once for each session.",
           sessions.deliveries);
    single(out, "prism_delivered_bytes_total", Type::Counter, "Bytes of events written to sessions.",
           sessions.deliveredBytes);
    single(out, "prism_sessions_unsent_bytes", Type::Gauge,
           "Bytes that wait in front of the sessions' sockets, a quarter of a second ago at most.",
           sessions.unsentBytes);
    single(out, "prism_sessions_slow_closes_total", Type::Counter,
           "Sessions closed because they were too slow.", sessions.slowCloses);
    single(out, "prism_sessions_flood_closes_total", Type::Counter,
           "Sessions closed because they sent more than they may.", sessions.floodCloses);
    out.begin("prism_resumes_total", Type::Counter,
              "Sessions that named a position, and whether all they missed was there.");
    out.sample(sessions.completeResumes, {{"outcome", "complete"}});
    out.sample(sessions.incompleteResumes, {{"outcome", "incomplete"}});
}

void addPressure(TextEncoder& out, const telemetry::Pressure& pressure)
{
    single(out, "prism_unsent_bytes", Type::Gauge,
           "Bytes of answers and events that clients have not taken, where it is more than 16 KiB for one.",
           pressure.unsentBytes);
    single(out, "prism_unsent_closes_total", Type::Counter,
           "Connections closed because too much waited for all together, the slowest readers first.",
           pressure.unsentCloses);
    single(out, "prism_slow_readers_total", Type::Counter,
           "Connections closed because they took their answers too slowly, sessions not among them.",
           pressure.slowReaders);
    single(out, "prism_unfinished_body_bytes", Type::Gauge,
           "Bytes of bodies that have not arrived whole, where it is more than 64 KiB of one.",
           pressure.unfinishedBytes);
    single(out, "prism_unfinished_body_closes_total", Type::Counter,
           "Requests refused because too much of unfinished bodies was held, the slowest first.",
           pressure.unfinishedCloses);
    single(out, "prism_connections_refused_total", Type::Counter,
           "Connections beyond the limit or their address's share; they may ask for /health and /ready.",
           pressure.connectionsRefused);
    single(out, "prism_accept_failures_total", Type::Counter,
           "How often the system had no descriptor or memory for a new connection.", pressure.acceptFailures);
    single(out, "prism_forwarded_unbelieved_total", Type::Counter,
           "Requests of trusted proxies that did not say in a way to be believed whom they are from.",
           pressure.unbelieved);
}

void addRates(TextEncoder& out, const telemetry::RateRefusals& rates)
{
    out.begin(
        "prism_rate_refusals_total", Type::Counter,
        "How often a token or an address had done as much as it may: requests; bytes of bodies; frames of "
        "WebSockets; connections that last.");
    const auto add = [&out](const char* of, const telemetry::RateRefusals::Share& share) {
        out.sample(share.requests, {{"of", of}, {"what", "requests"}});
        out.sample(share.bytes, {{"of", of}, {"what", "bytes"}});
        out.sample(share.frames, {{"of", of}, {"what", "frames"}});
    };
    add("token", rates.ofTokens);
    out.sample(rates.ofTokens.connections, {{"of", "token"}, {"what", "connections"}});
    add("address", rates.ofAddresses);
}

void addTls(TextEncoder& out, const telemetry::TlsLevels& tls)
{
    single(out, "prism_tls_connections_open", Type::Gauge, "Connections that speak TLS.", tls.open);
    single(out, "prism_tls_handshakes_running", Type::Gauge,
           "Connections that have not agreed on TLS yet, those that have not said anything among them.",
           tls.running);
    out.begin(
        "prism_tls_handshakes_total", Type::Counter,
        "Handshakes of TLS, by what became of them: done; failed, when the two sides could not agree or "
        "the client left; late, when it took too long or its place was wanted; plain, when the client "
        "spoke without TLS.");
    out.sample(tls.done, {{"outcome", "done"}});
    out.sample(tls.failed, {{"outcome", "failed"}});
    out.sample(tls.late, {{"outcome", "late"}});
    out.sample(tls.plain, {{"outcome", "plain"}});
}

void addEvents(TextEncoder& out, const Figures& figures)
{
    single(out, "prism_events_published_total", Type::Counter, "Events published since the server started.",
           figures.published);
    single(out, "prism_event_position", Type::Gauge, "The number (seq) of the newest event.",
           quint64(figures.levels.seq));
}

void addWrites(TextEncoder& out, const Figures& figures)
{
    const telemetry::Levels& levels = figures.levels;
    single(out, "prism_write_queue_length", Type::Gauge, "Writes that wait for their commit.",
           levels.queue.writes);
    single(out, "prism_write_queue_rows", Type::Gauge, "Rows of the writes that wait.", levels.queue.rows);
    single(out, "prism_write_queue_bytes", Type::Gauge, "Bytes of the writes that wait.", levels.queue.bytes);
    single(out, "prism_write_queue_limit", Type::Gauge, "How many writes may wait.",
           levels.queueLimit.writes);
    single(out, "prism_write_queue_limit_rows", Type::Gauge, "How many rows may wait.",
           levels.queueLimit.rows);
    single(out, "prism_write_queue_limit_bytes", Type::Gauge, "How many bytes may wait.",
           levels.queueLimit.bytes);
    single(out, "prism_write_queue_refusals_total", Type::Counter,
           "Writes refused because the queue was full.", levels.queueRefusals);
    single(out, "prism_commit_duration_seconds", Type::Histogram,
           "Time from a transaction's beginning until it was on the disk.", figures.commits.durations);
    single(out, "prism_commit_jobs", Type::Histogram, "Writes in one commit.", figures.commits.jobs);
    single(out, "prism_commit_events", Type::Histogram, "Events in one commit.", figures.commits.events);
    single(out, "prism_commit_failures_total", Type::Counter, "Commits that failed as a whole.",
           figures.commits.failures);
    single(out, "prism_database_size_bytes", Type::Gauge, "Size of the database file.", levels.databaseBytes);
    single(out, "prism_database_log_size_bytes", Type::Gauge, "Size of the database's write-ahead log.",
           levels.logBytes);
}

void addReads(TextEncoder& out, const telemetry::ReadFigures& reads)
{
    single(out, "prism_reads_running", Type::Gauge, "Reads that a reader has in hand.", reads.running);
    single(out, "prism_reads_waiting", Type::Gauge, "Reads that wait for a reader.", reads.waiting);
    single(out, "prism_read_queue_limit", Type::Gauge, "How many reads may wait.", reads.limit);
    single(out, "prism_readers", Type::Gauge, "Threads that read.", reads.readers);
    out.begin(
        "prism_reads_total", Type::Counter,
        "Reads that the readers were given, by what became of them: done; late, when their time was over "
        "or the server stopped; abandoned, when their client had gone; refused, when as many waited as "
        "may.");
    out.sample(reads.done, {{"outcome", "done"}});
    out.sample(reads.late, {{"outcome", "late"}});
    out.sample(reads.abandoned, {{"outcome", "abandoned"}});
    out.sample(reads.refusals, {{"outcome", "refused"}});
}

/// The names are those that every Prometheus client library gives to them.
void addProcess(TextEncoder& out, const telemetry::ProcessFigures& process)
{
    single(out, "process_cpu_seconds_total", Type::Counter, "User and system CPU time spent, in seconds.",
           process.cpuSeconds);
    single(out, "process_resident_memory_bytes", Type::Gauge, "Resident memory size in bytes.",
           process.residentBytes);
    single(out, "process_virtual_memory_bytes", Type::Gauge, "Virtual memory size in bytes.",
           process.virtualBytes);
    single(out, "process_open_fds", Type::Gauge, "Open file descriptors.", process.openDescriptors);
    single(out, "process_max_fds", Type::Gauge, "Most file descriptors that may be open.",
           process.mostDescriptors);
    single(out, "process_start_time_seconds", Type::Gauge, "When the process started, in seconds since 1970.",
           process.startTimeSeconds);
}

} // namespace

QByteArray metricsText(const Figures& figures)
{
    TextEncoder out;
    out.begin("prism_build_info", Type::Gauge, "Always 1; the label tells the version.");
    out.sample(quint64(1), {{"version", prism::version}});
    addRequests(out, figures.requests);
    addSessions(out, figures);
    addPressure(out, figures.levels.pressure);
    addRates(out, figures.levels.rates);
    addTls(out, figures.levels.tls);
    addEvents(out, figures);
    addWrites(out, figures);
    addReads(out, figures.levels.reads);
    single(out, "prism_log_dropped_total", Type::Counter,
           "Log entries that were left out because nobody read the log in time.", figures.levels.logDropped);
    addProcess(out, figures.process);
    return out.text();
}

} // namespace prism::api
