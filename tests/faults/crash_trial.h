#pragma once

#include "tests/faults/ledger.h"
#include "tests/support/server_process.h"
#include "tests/support/ws_client.h"

namespace prism::test {

/// What is left of what was written, and what clients heard. All is well when the last six are 0.
struct Findings
{
    qsizetype crashes = 0;
    qsizetype acknowledged = 0; ///< requests
    qsizetype heard = 0;        ///< events, over all clients
    qsizetype lost = 0;         ///< acknowledged requests of which something is missing
    qsizetype halfDone = 0;     ///< requests of which a part is there
    qsizetype unknown = 0;      ///< writes that nobody asked for
    qsizetype gaps = 0;         ///< places in the order where a number is missing or comes again
    qsizetype missed = 0;       ///< places where a client missed an event, or was told to reload
    qsizetype repeated = 0;     ///< events that a client got twice, or that are in the log twice

    bool areClean() const { return lost + halfDone + unknown + gaps + missed + repeated == 0; }
    QByteArray summary() const;
};

/// A server that dies under load again and again on the same data, with clients that resume each time.
/// Lives on the test's thread.
class CrashTrial
{
public:
    /// `server` has not been started.
    explicit CrashTrial(ServerProcess& server, int writers = 64, int listeners = 4);
    ~CrashTrial();

    /// Starts the server, loads it until `enough` writes are acknowledged, and has `crash` end it. False,
    /// with the reason printed, when it did not get there.
    bool round(int enough, const std::function<void()>& crash);

    /// Compares what the running server has with what was acknowledged and heard.
    Findings examine(ServerProcess& server);

private:
    struct Listener
    {
        std::unique_ptr<WsClient> client;
        protocol::Seq position = 0;
    };

    bool listen();
    void collectHeard();
    void examineLog(ServerProcess& server, Findings& findings);

    ServerProcess& m_server;
    const int m_writers;
    Ledger m_ledger;
    std::vector<Listener> m_listeners;
    QString m_epoch;
    Findings m_findings;
};

} // namespace prism::test
