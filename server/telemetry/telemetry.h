#pragma once

#include "server/telemetry/commit_stats.h"
#include "server/telemetry/descriptor_count.h"
#include "server/telemetry/process_figures.h"
#include "server/telemetry/rate.h"
#include "server/telemetry/request_stats.h"
#include "server/telemetry/session_stats.h"
#include "shared/protocol/timestamp.h"

#include <functional>
#include <mutex>

namespace prism::telemetry {

/// What waits for its commit, or may.
struct Queued
{
    quint64 writes = 0;
    quint64 rows = 0;
    quint64 bytes = 0;
};

/// What the readers have to do, and did so far.
struct ReadFigures
{
    quint64 waiting = 0;
    quint64 running = 0;
    quint64 readers = 0;
    quint64 limit = 0; ///< how many may wait
    quint64 done = 0;
    quint64 late = 0;      ///< ended, or never begun, because their time was over or the server stopped
    quint64 abandoned = 0; ///< the same because their client had gone
    quint64 refusals = 0;  ///< because as many waited as may
};

/// What clients make the server hold and wait for, and whom it let go for it.
struct Pressure
{
    quint64 unsentBytes = 0;
    quint64 unsentCloses = 0;
    quint64 unfinishedBytes = 0;
    quint64 unfinishedCloses = 0;
    quint64 slowReaders = 0;
    quint64 connectionsRefused = 0;
    quint64 acceptFailures = 0;
    quint64 unbelieved = 0; ///< requests of trusted proxies
};

/// How often somebody had done as much as they may.
struct RateRefusals
{
    struct Share
    {
        quint64 requests = 0;
        quint64 bytes = 0;
        quint64 frames = 0;
        quint64 connections = 0;
    };

    Share ofTokens;
    Share ofAddresses; ///< whose connections are counted elsewhere
};

/// What became of handshakes of TLS, and what is under way.
struct TlsLevels
{
    quint64 done = 0;
    quint64 failed = 0; ///< the two sides could not agree, or the peer left
    quint64 late = 0;   ///< it took too long, or its place was wanted
    quint64 plain = 0;  ///< the peer spoke without TLS
    quint64 running = 0;
    quint64 open = 0; ///< connections
};

/// What stands still and is measured where it is, not counted here.
struct Levels
{
    qint64 seq = 0;
    quint64 connections = 0;
    Pressure pressure;
    RateRefusals rates;
    TlsLevels tls; ///< all 0 without TLS
    Queued queue;
    Queued queueLimit;
    quint64 queueRefusals = 0;
    ReadFigures reads;
    quint64 databaseBytes = 0;
    quint64 logBytes = 0;   ///< of the database's write-ahead log
    quint64 logDropped = 0; ///< entries of the program's log that nobody read in time
    SessionFigures sessions;
};

/// Everything there is to tell at one moment.
struct Figures
{
    protocol::Timestamp started;
    std::chrono::milliseconds uptime{};
    Levels levels;
    RequestFigures requests;
    CommitFigures commits;
    quint64 published = 0;
    double publishedPerSecond = 0; ///< over the last minute
    double deliveredPerSecond = 0;
    ProcessFigures process;
};

/// Brings together what the threads count, each for itself. Owns the counters; used from any thread.
class Telemetry
{
public:
    /// `levels` is called from any thread, for as long as somebody asks for figures.
    explicit Telemetry(std::function<Levels()> levels);

    /// The counters of one more HTTP worker, which the worker's thread alone adds to. They live as long as
    /// this object.
    RequestStats& addRequests(const std::vector<RequestStats::Route>& routes);

    /// The writer's counters, for its thread alone.
    CommitStats& commits() { return m_commits; }

    /// Events went out to the sessions; on the writer's thread alone.
    void countPublished(quint64 events) { m_published.add(events); }

    /// Notes where the counters stand, for the rates. To be called about once a second.
    void sampleRates();

    Figures figures() const;

private:
    const std::function<Levels()> m_levels;
    const protocol::Timestamp m_started;
    const Rate::Clock::time_point m_begin;
    CommitStats m_commits;
    Counter m_published;
    mutable DescriptorCount m_descriptors;
    mutable std::mutex m_mutex; ///< guards what follows
    std::vector<std::unique_ptr<RequestStats>> m_requests;
    Rate m_publishedRate;
    Rate m_deliveredRate;
};

} // namespace prism::telemetry
