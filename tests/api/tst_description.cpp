#include "tests/api/hook_sender.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_description {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// What the server says of itself at /api/v1/openapi.json, against what a real one answers. The asking and
/// the comparing are done by other people's libraries, in openapi/check.py.
class TestDescription : public QObject
{
    Q_OBJECT

    /// Of each provider, its address and its secret.
    static QStringList madeHooks(const ServerProcess& server)
    {
        QStringList made;
        for (const char* provider : {"github", "gitlab", "sonarqube"}) {
            const HookSender hook = HookSender::made(provider, server.dataDir());
            made.append(QString::fromLatin1(hook.address));
            made.append(QString::fromLatin1(hook.secret));
        }
        return made;
    }

private slots:
    void everyAnswer_isAsDescribed()
    {
        ServerProcess server({u"--max-bulk-bytes"_s, u"2000000"_s, u"--max-file-bytes"_s, u"2000000"_s});
        QVERIFY(server.start());
        const QStringList hooks = madeHooks(server);
        ServerProcess full;
        full.expectWarning(u".*"_s);
        QVERIFY(full.start());
        const QStringList fullHooks = madeHooks(full);

        QProcess python;
        python.start(u"/usr/bin/python3"_s,
                     {u"-B"_s, qEnvironmentVariable("PRISM_OPENAPI_CHECK"), server.httpUrl().toString(),
                      full.httpUrl().toString(), QString::number(full.processId()), hooks.join(u','),
                      fullHooks.join(u',')});
        constexpr int longestMs = 300'000;
        QVERIFY(python.waitForFinished(longestMs));
        const QByteArray problems = python.readAllStandardOutput();
        const QByteArray said = python.readAllStandardError();
        QVERIFY2(problems.isEmpty() && python.exitCode() == 0, (problems + said).constData());
        QVERIFY2(said.contains("answers"), said.constData());
    }
};

PRISM_TEST(TestDescription)

} // namespace tst_description

#include "tst_description.moc"
