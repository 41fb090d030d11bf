#pragma once

#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"

namespace prism::test {

/// A test of one server and one client of it, both there between startServer() and stopServer(). Lives on the
/// main thread.
class ServerTest : public QObject
{
    Q_OBJECT

protected:
    void startServer(const QStringList& options = {});
    void stopServer();

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RestClient> m_client;
};

} // namespace prism::test
