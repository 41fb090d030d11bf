#include "tests/support/server_test.h"

#include <QTest>

namespace prism::test {

void ServerTest::startServer(const QStringList& options)
{
    m_server = std::make_unique<ServerProcess>(options);
    const bool started = m_server->start();
    m_client = std::make_unique<RestClient>(m_server->httpUrl());
    QVERIFY(started);
}

void ServerTest::stopServer()
{
    m_client.reset();
    m_server.reset();
}

} // namespace prism::test
