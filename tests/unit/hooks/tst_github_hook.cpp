#include "server/hooks/github.h"
#include "tests/support/test_program.h"
#include "tests/unit/hooks/told_lines.h"

namespace tst_github_hook {

using namespace prism;
using namespace Qt::StringLiterals;
using hooks::Provider;

namespace {

const QByteArray checkRun = "check_run";
const QByteArray workflowRun = "workflow_run";
const QJsonValue gone(QJsonValue::Undefined);

} // namespace

/// What is made of GitHub's events.
class TestGithubHook : public QObject
{
    Q_OBJECT

private slots:
    void checkRun_isRead()
    {
        QCOMPARE(test::toldLines(Provider::Github, checkRun, test::payload("github_check_run")),
                 u"check_suite/22891234567/unit tests 23894712345\n"
                 "told 2026-11-20T09:17:32.000Z, ended 2026-11-20T09:17:32.000Z, 150000 ms\n"
                 "BLOCKED octo-org/checkout | unit tests | main | d6fde92 | ana\n"
                 "https://github.com/octo-org/checkout/actions/runs/8734512345/job/23894712345"_s);
    }

    void workflowRun_isRead()
    {
        QCOMPARE(test::toldLines(Provider::Github, workflowRun, test::payload("github_workflow_run")),
                 u"workflow_run/8734512345 1\n"
                 "told 2026-11-20T09:18:25.000Z, ended 2026-11-20T09:18:25.000Z, 210000 ms\n"
                 "PASS octo-org/checkout | CI | main | d6fde92 | ana\n"
                 "https://github.com/octo-org/checkout/actions/runs/8734512345"_s);
    }

    void conclusion_isTheStatus_data()
    {
        QTest::addColumn<QString>("conclusion");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* conclusion, const QString& expected) {
            QTest::newRow(conclusion) << QString::fromLatin1(conclusion) << expected;
        };
        row("success", u"PASS"_s);
        for (const char* bad : {"failure", "timed_out", "action_required", "startup_failure"})
            row(bad, u"BLOCKED"_s);
        for (const char* none : {"neutral", "cancelled", "skipped", "stale", "of a later year"})
            row(none, u"ignored: \"%1\" is no result"_s.arg(QLatin1String(none)));
    }

    void conclusion_isTheStatus()
    {
        QFETCH(const QString, conclusion);
        QFETCH(const QString, expected);
        for (const auto& [event, name] :
             {std::pair(checkRun, "github_check_run"), std::pair(workflowRun, "github_workflow_run")}) {
            const QString lines = test::toldLines(
                Provider::Github, event,
                test::with(test::payload(name), QString::fromLatin1(event) + u".conclusion"_s, conclusion));
            QCOMPARE(lines.startsWith(u"ignored"_s) ? lines : lines.section(u'\n', 2, 2).section(u' ', 0, 0),
                     expected);
        }
    }

    void awkwardCheckRun_isReadAsFarAsItGoes()
    {
        test::compareAwkward(
            Provider::Github, checkRun, test::payload("github_check_run"),
            {
                {u"check_run.status"_s, u"in_progress"_s, 0, u"ignored: \"in_progress\" is no result"_s},
                {u"check_run.status"_s, u"queued"_s, 0, u"ignored: \"queued\" is no result"_s},
                // of a fork, of which GitHub names no branch: no branch would be the main one
                {u"check_run.check_suite.head_branch"_s, QJsonValue::Null, 2,
                 u"BLOCKED octo-org/checkout | unit tests | d6fde92930d4715a2b49857d24b940956b26d2d3 | d6fde92 | ana"_s},
                {u"check_run.check_suite"_s, gone, 0, u"check_run/23894712345 23894712345"_s},
                {u"check_run.started_at"_s, QJsonValue::Null, 1,
                 u"told 2026-11-20T09:17:32.000Z, ended 2026-11-20T09:17:32.000Z, ? ms"_s},
                {u"check_run.started_at"_s, u"2026-11-20T09:18:00Z"_s, 1, // after its end
                 u"told 2026-11-20T09:17:32.000Z, ended 2026-11-20T09:17:32.000Z, ? ms"_s},
                {u"check_run.started_at"_s, u"1970-01-01T00:00:00Z"_s, 1, // longer than anything takes
                 u"told 2026-11-20T09:17:32.000Z, ended 2026-11-20T09:17:32.000Z, ? ms"_s},
                {u"check_run.completed_at"_s, QJsonValue::Null, 1,
                 u"told 1970-01-01T00:00:00.000Z, ended ?, ? ms"_s},
                {u"sender"_s, gone, 2, u"BLOCKED octo-org/checkout | unit tests | main | d6fde92 | "_s},
                {u"check_run.name"_s, QString(300, u'n'), 2,
                 u"BLOCKED octo-org/checkout | %1 | main | d6fde92 | ana"_s.arg(QString(200, u'n'))},
                {u"repository.full_name"_s, QString(300, u'r'), 2,
                 u"BLOCKED %1 | unit tests | main | d6fde92 | ana"_s.arg(QString(100, u'r'))},
                {u"check_run"_s, gone, 0, u"refused: check_run: is required"_s},
                {u"check_run.name"_s, u" "_s, 0, u"refused: check_run.name: must not be empty"_s},
                {u"check_run.id"_s, u"1"_s, 0,
                 u"refused: check_run.id: must be a whole number from 0 to 9007199254740992"_s},
                {u"check_run.conclusion"_s, QJsonValue::Null, 0,
                 u"refused: check_run.conclusion: is required"_s},
                {u"repository"_s, 7, 0, u"refused: repository: must be an object"_s},
            });
    }

    void awkwardWorkflowRun_isReadAsFarAsItGoes()
    {
        test::compareAwkward(
            Provider::Github, workflowRun, test::payload("github_workflow_run"),
            {
                {u"workflow_run.run_attempt"_s, 3, 0, u"workflow_run/8734512345 3"_s},
                {u"workflow_run.head_repository.full_name"_s, u"mallory/checkout"_s, 2,
                 u"PASS octo-org/checkout | CI | mallory:main | d6fde92 | ana"_s},
                {u"workflow_run.head_branch"_s, QJsonValue::Null, 2,
                 u"PASS octo-org/checkout | CI | d6fde92930d4715a2b49857d24b940956b26d2d3 | d6fde92 | ana"_s},
                {u"workflow_run.actor"_s, gone, 2, u"PASS octo-org/checkout | CI | main | d6fde92 | ben"_s},
                {u"workflow_run.status"_s, u"requested"_s, 0, u"ignored: \"requested\" is no result"_s},
                {u"workflow_run.updated_at"_s, u"soon"_s, 0,
                 u"refused: workflow_run.updated_at: "_s +
                     protocol::noTime(protocol::readIso(u"soon").error())},
            });
    }

    void otherEvents_areIgnored()
    {
        const auto lines = [](const QByteArray& event, const char* name) {
            return test::toldLines(Provider::Github, event, test::payload(name));
        };
        QCOMPARE(lines("ping", "github_ping"), u"ignored: a ping is answered, and is no result"_s);
        QCOMPARE(lines("push", "github_check_run"),
                 u"ignored: of GitHub's events check_run and workflow_run are read"_s);
        QCOMPARE(lines("", "github_check_run"), u"refused: X-GitHub-Event: is required"_s);
        QCOMPARE(lines(workflowRun, "github_check_run"), u"refused: workflow_run: is required"_s);
        QVERIFY(test::toldLines(Provider::Github, checkRun, "{").startsWith(u"refused: "_s));
        QVERIFY(test::toldLines(Provider::Github, checkRun, "[]").startsWith(u"refused: "_s));
    }

    void form_isUnpacked()
    {
        QCOMPARE(hooks::withoutForm("payload=%7B%22a%22%3A%22b+c%2B%22%7D").value(),
                 QByteArray(R"({"a":"b c+"})"));
        QCOMPARE(hooks::withoutForm("x=1&payload=%7B%7D&y=2").value(), QByteArray("{}"));
        QVERIFY(!hooks::withoutForm("{}").has_value());
        QVERIFY(!hooks::withoutForm("").has_value());
    }
};

PRISM_TEST(TestGithubHook)

} // namespace tst_github_hook

#include "tst_github_hook.moc"
