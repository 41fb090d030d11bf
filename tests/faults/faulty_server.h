#pragma once

#include "tests/faults/fault_board.h"
#include "tests/support/server_process.h"

class QRandomGenerator;

namespace prism::test {

/// A server whose storage fails on command. Lives on the test's thread.
class FaultyServer
{
public:
    explicit FaultyServer(const QStringList& arguments = {});

    ServerProcess& server() { return m_server; }
    FaultBoard& board() { return *m_board; }

    /// Ends the server at once and leaves on disk what was synced. With `torn`, any part of what was written
    /// since then is there as well, as a disk may have it that takes its time and its own order.
    void cutPower(QRandomGenerator* torn = nullptr);

private:
    QTemporaryDir m_boardDir;
    std::unique_ptr<FaultBoard> m_board;
    ServerProcess m_server;
};

} // namespace prism::test
