#include "tests/api/limited_token_test.h"

#include <QTest>

namespace prism::test {

QByteArray checkOf(const QByteArray& project, const QByteArray& status)
{
    return fill(R"({"status": "STATUS", "duration": 7, "project": "%1", "user": "%1-ana", "session": "%1-run",
                    "gate": "%1-lint", "branch": "main", "commit": "%1c0ffee", "origin": "ci",
                    "url": "PLACE%1",
                    "violations": [{"principleId": "%1-rule", "principleName": "%1 rule", "severity": "BLOCK",
                                    "message": "%1 is broken", "file": "%1.cpp", "line": 3,
                                    "fingerprint": "%1-print"}]})",
                project)
        .replace("STATUS", status)
        .replace("PLACE", "https://ci.example/");
}

QByteArray retroOf(const QByteArray& project)
{
    return fill(R"({"type": "quick", "project": "%1", "user": "%1-ana", "duration": 5,
                    "summary": "%1 went well", "lessons": ["%1"]})",
                project);
}

void LimitedTokenTest::begin()
{
    startSignedIn();
    m_editor = made(QStringLiteral("editor"), {QStringLiteral("open")});
    QVERIFY(!m_admin.isEmpty() && !m_editor.isEmpty());
    for (const char* project : {"open", "hidden"}) {
        QCOMPARE(report(m_admin, checkOf(project)).status, 201);
        QCOMPARE(m_client->post("/api/v1/retros", retroOf(project), bearer(m_admin)).status, 201);
    }
}

HttpResponse LimitedTokenTest::report(const QByteArray& token, const QByteArray& check) const
{
    return m_client->post(checksPath, check, bearer(token));
}

} // namespace prism::test
