#include "tests/report/report_test.h"

#include <QDeadlineTimer>
#include <QTest>

namespace prism::test {

void ReportTest::init()
{
    startServer();
    m_tool = std::make_unique<ReportTool>();
    m_tool->setServer(m_server->httpUrl());
}

void ReportTest::cleanup()
{
    // Senders end before the folder goes that they look into.
    if (m_tool)
        (void)m_tool->run({QStringLiteral("flush")});
    m_tool.reset();
    stopServer();
}

QJsonArray ReportTest::checks(qsizetype count)
{
    QJsonArray found;
    for (const QDeadlineTimer until(15'000); found.size() < count && !until.hasExpired(); QTest::qWait(10))
        found = m_client->get("/api/v1/gateway/checks?limit=100").data().toArray();
    return found;
}

QJsonObject ReportTest::check()
{
    const QJsonArray found = checks(1);
    return found.size() == 1 ? found.first().toObject() : QJsonObject();
}

} // namespace prism::test
