#pragma once

#include "tests/report/report_tool.h"
#include "tests/support/server_test.h"

namespace prism::test {

/// A test of prism-report with a real server: both are there in each function, with nothing stored.
class ReportTest : public ServerTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

protected:
    /// What the server has, the newest first, as soon as it has so many; else what there is after some
    /// seconds.
    QJsonArray checks(qsizetype count);

    /// The same of one check alone.
    QJsonObject check();

    std::unique_ptr<ReportTool> m_tool;
};

} // namespace prism::test
