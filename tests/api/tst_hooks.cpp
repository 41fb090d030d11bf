#include "tests/api/hook_sender.h"
#include "tests/api/scenario.h"
#include "tests/support/payload.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

namespace tst_hooks {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QString completed = u"gateway:check:completed"_s;
const QString updated = u"gateway:check:updated"_s;
const QString turned = u"gate:changed"_s;

QString outcomeOf(const HttpResponse& response)
{
    return response.data()["outcome"_L1].toString();
}

} // namespace

/// What other systems tell of runs by themselves, and who is believed.
class TestHooks : public ServerTest
{
    Q_OBJECT

    HookSender m_github;

    QJsonObject run() const { return ofYesterday(payload("github_workflow_run")); }

    /// The run's attempt of this number ended so.
    QJsonObject attempt(int number, const QString& conclusion, const QString& time = u"10:00:00Z"_s) const
    {
        const QString ended = run()[u"workflow_run"][u"updated_at"].toString().left(11) + time;
        return with(with(with(run(), u"workflow_run.run_attempt"_s, number), u"workflow_run.conclusion"_s,
                         conclusion),
                    u"workflow_run.updated_at"_s, ended);
    }

    HttpResponse tell(const QJsonObject& told) { return m_github.send(*m_client, told, "workflow_run"); }

    QJsonArray stored() { return m_client->get(checks).data().toArray(); }
    QJsonObject gate(qsizetype place = 0)
    {
        return m_client->get("/api/v1/gates").data().toArray()[place].toObject();
    }
    double violationRate()
    {
        return m_client->get("/api/v1/analytics/quality?period=week").data()["violationRate"_L1].toDouble(-1);
    }
    QJsonValue usage() { return m_client->get("/api/v1/analytics/usage?period=week").data(); }

private slots:
    void init()
    {
        startServer();
        m_github = HookSender::made("github", m_server->dataDir());
        QVERIFY(m_github.isMade());
    }

    void cleanup() { stopServer(); }

    void run_becomesACheck()
    {
        const auto before = position(*m_client);
        const HttpResponse response = tell(run());
        QCOMPARE(response.status, 201);
        QCOMPARE(outcomeOf(response), u"created"_s);
        const QJsonObject check =
            m_client->get(checks + '/' + response.data()["checkId"_L1].toString().toLatin1())
                .data()
                .toObject();
        QCOMPARE(check["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(check["project"_L1].toString(), u"octo-org/checkout"_s);
        QCOMPARE(check["gate"_L1].toString(), u"CI"_s);
        QCOMPARE(check["branch"_L1].toString(), u"main"_s);
        QCOMPARE(check["commit"_L1].toString(), u"d6fde92930d4715a2b49857d24b940956b26d2d3"_s);
        QCOMPARE(check["url"_L1].toString(),
                 u"https://github.com/octo-org/checkout/actions/runs/8734512345"_s);
        QCOMPARE(check["user"_L1].toString(), u"ana"_s);
        QCOMPARE(check["origin"_L1].toString(), u"ci"_s);
        QCOMPARE(check["duration"_L1].toDouble(), 210'000.0);
        QCOMPARE(check["timestamp"_L1].toString().sliced(10), u"T09:18:25.000Z"_s);
        QCOMPARE(eventTypesSince(*m_client, before), QStringList{completed});
        QCOMPARE(gate()["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(stored().size(), 1);
    }

    void eachProvider_isBelieved_data()
    {
        QTest::addColumn<QByteArray>("provider");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("gate");
        QTest::addColumn<QString>("status");
        QTest::newRow("check run") << "github"_ba << u"github_check_run"_s << u"unit tests"_s << u"BLOCKED"_s;
        QTest::newRow("pipeline") << "gitlab"_ba << u"gitlab_pipeline"_s << u"pipeline"_s << u"PASS"_s;
        QTest::newRow("job") << "gitlab"_ba << u"gitlab_job"_s << u"unit tests"_s << u"BLOCKED"_s;
        QTest::newRow("quality gate") << "sonarqube"_ba << u"sonarqube"_s << u"Sonar way"_s << u"BLOCKED"_s;
    }

    void eachProvider_isBelieved()
    {
        QFETCH(const QByteArray, provider);
        QFETCH(const QString, name);
        QFETCH(const QString, gate);
        QFETCH(const QString, status);
        const QJsonObject told = ofYesterday(payload(name.toLatin1().constData()));
        const HookSender hook = HookSender::made(provider, m_server->dataDir(), {u"--project"_s, u"shop"_s});
        QVERIFY(hook.isMade());
        QCOMPARE(hook.send(*m_client, told).status, 201);
        QCOMPARE(outcomeOf(hook.send(*m_client, told)), u"unchanged"_s);
        QCOMPARE(stored().size(), 1);
        QCOMPARE(stored()[0]["gate"_L1].toString(), gate);
        QCOMPARE(stored()[0]["status"_L1].toString(), status);
        QCOMPARE(stored()[0]["project"_L1].toString(), u"shop"_s); // of the hook
    }

    void whoDoesNotKnowTheSecret_isRefused_data()
    {
        QTest::addColumn<QByteArray>("provider");
        QTest::newRow("github") << "github"_ba;
        QTest::newRow("gitlab") << "gitlab"_ba;
        QTest::newRow("sonarqube") << "sonarqube"_ba;
    }

    void whoDoesNotKnowTheSecret_isRefused()
    {
        QFETCH(const QByteArray, provider);
        const HookSender hook = HookSender::made(provider, m_server->dataDir());
        QVERIFY(hook.isMade());
        const QByteArray body = "{}";
        const RestClient::Headers common{{"Content-Type", "application/json"},
                                         {"X-GitHub-Event", "check_run"}};
        HookSender stranger = hook;
        stranger.secret = "guessed";
        HookSender nowhere = hook;
        nowhere.address.replace(hook.address.lastIndexOf('/') + 1, 8, "ffffffff");
        HookSender elsewhere = hook; // the hook of another provider
        elsewhere.address.replace(provider, provider == "github" ? "sonarqube" : "github");

        const auto before = position(*m_client);
        QByteArrayList answers;
        const QList<std::pair<HookSender, RestClient::Headers>> tries{
            {hook, {}},
            {hook, stranger.proofOf(body)},
            {hook, provider == "gitlab" ? RestClient::Headers() : hook.proofOf(body + ' ')},
            {nowhere, hook.proofOf(body)},
            {elsewhere, hook.proofOf(body)}};
        for (const auto& [sender, proof] : tries) {
            const HttpResponse response = sender.sendBody(*m_client, body, common + proof);
            QCOMPARE(response.status, 401);
            QCOMPARE(response.error(), u"ERR_2003"_s);
            QJsonObject said = response.json();
            said.remove("meta"_L1);
            answers.append(toBytes(said));
        }
        QCOMPARE(QSet<QByteArray>(answers.begin(), answers.end()).size(), 1); // nothing tells which it was
        QCOMPARE(position(*m_client), before);
        QVERIFY(hook.sendBody(*m_client, body, common + hook.proofOf(body)).status == 400);
    }

    void sameRunAgain_changesNothing()
    {
        QCOMPARE(tell(run()).status, 201);
        const auto before = position(*m_client);
        const HttpResponse again = tell(run());
        QCOMPARE(again.status, 200);
        QCOMPARE(outcomeOf(again), u"unchanged"_s);
        QCOMPARE(position(*m_client), before);
        QCOMPARE(stored().size(), 1);
    }

    /// Everything that is counted follows, both ways.
    void runToldAnew_updatesItsCheck()
    {
        QCOMPARE(tell(attempt(1, u"success"_s)).status, 201);
        const QString id = stored()[0]["id"_L1].toString();
        auto before = position(*m_client);
        const HttpResponse failed = tell(attempt(2, u"failure"_s));
        QCOMPARE(failed.status, 200);
        QCOMPARE(outcomeOf(failed), u"updated"_s);
        QCOMPARE(eventTypesSince(*m_client, before), (QStringList{updated, turned}));
        const QJsonArray told = eventsSince(*m_client, before);
        QCOMPARE(told[0]["data"_L1]["id"_L1].toString(), id);
        QCOMPARE(told[0]["data"_L1]["check"_L1]["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(told[1]["data"_L1]["from"_L1].toString(), u"PASS"_s);
        QCOMPARE(told[1]["data"_L1]["to"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(stored().size(), 1);
        QCOMPARE(stored()[0]["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(gate()["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(usage()["successRate"_L1].toDouble(-1), 0.0);

        before = position(*m_client);
        QCOMPARE(outcomeOf(tell(attempt(3, u"success"_s))), u"updated"_s);
        QCOMPARE(eventTypesSince(*m_client, before), (QStringList{updated, turned}));
        QCOMPARE(gate()["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(usage()["successRate"_L1].toDouble(-1), 1.0);
        QCOMPARE(stored().size(), 1);
        QCOMPARE(m_server->terminate(), 0);
        const ProgramResult checked = ServerProcess::run(withData(m_server->dataDir(), {u"check"_s}));
        QVERIFY2(checked.exitCode == 0, checked.output); // everything is counted as it is stored
    }

    void violations_followWhenTheGateIsJudgedAnew()
    {
        const HookSender hook = HookSender::made("sonarqube", m_server->dataDir());
        const QJsonObject analysis = ofYesterday(payload("sonarqube"));
        QCOMPARE(hook.send(*m_client, analysis).status, 201);
        QCOMPARE(violationRate(), 1.0);
        const QJsonObject well =
            with(with(with(with(analysis, u"taskId"_s, QJsonValue(QJsonValue::Undefined)), u"changedAt"_s,
                           QDateTime::currentDateTimeUtc().toString(Qt::ISODate)),
                      u"qualityGate.status"_s, u"OK"_s),
                 u"qualityGate.conditions"_s, QJsonArray());
        QCOMPARE(outcomeOf(hook.send(*m_client, well)), u"updated"_s);
        QCOMPARE(stored().size(), 1);
        QCOMPARE(stored()[0]["counts"_L1]["block"_L1].toInt(), 0);
        QCOMPARE(stored()[0]["violations"_L1].toArray().size(), 0);
        QCOMPARE(violationRate(), 0.0);
        // What was said first arrives again, late.
        QCOMPARE(outcomeOf(hook.send(*m_client, analysis)), u"outdated"_s);
        QCOMPARE(stored()[0]["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(violationRate(), 0.0);
    }

    void mark_staysWhenTheSameIsToldAgain()
    {
        const HookSender hook = HookSender::made("sonarqube", m_server->dataDir());
        const QJsonObject analysis = ofYesterday(payload("sonarqube"));
        QCOMPARE(hook.send(*m_client, analysis).status, 201);
        const QByteArray id = stored()[0]["id"_L1].toString().toLatin1();
        QCOMPARE(m_client
                     ->send("PATCH", checks + '/' + id + "/violations/0",
                            {{"Content-Type", "application/json"}}, R"({"falsePositive":true})")
                     .status,
                 200);
        QCOMPARE(outcomeOf(hook.send(*m_client, analysis)), u"unchanged"_s);
        QCOMPARE(stored()[0]["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(stored()[0]["counts"_L1]["falsePositive"_L1].toInt(), 1);
        // Another value of the same condition is the same finding.
        const QJsonObject condition{{"metric"_L1, u"new_coverage"_s},
                                    {"operator"_L1, u"LESS_THAN"_s},
                                    {"value"_L1, u"71.2"_s},
                                    {"status"_L1, u"ERROR"_s},
                                    {"errorThreshold"_L1, u"80"_s}};
        const QJsonObject later =
            with(with(analysis, u"changedAt"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)),
                 u"qualityGate.conditions"_s, QJsonArray{condition});
        QCOMPARE(outcomeOf(hook.send(*m_client, later)), u"updated"_s);
        QCOMPARE(stored()[0]["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(stored()[0]["violations"_L1][0]["message"_L1].toString(), u"71.2 is less than 80"_s);
        QVERIFY(stored()[0]["violations"_L1][0]["falsePositive"_L1].toBool());
        QCOMPARE(violationRate(), 0.0);
    }

    void whatArrivesLate_overwritesNothing()
    {
        QCOMPARE(tell(attempt(2, u"success"_s, u"11:00:00Z"_s)).status, 201);
        const auto before = position(*m_client);
        const HttpResponse late = tell(attempt(1, u"failure"_s, u"12:00:00Z"_s)); // an earlier attempt
        QCOMPARE(late.status, 200);
        QCOMPARE(outcomeOf(late), u"outdated"_s);
        QVERIFY(!late.data()["reason"_L1].toString().isEmpty());
        QCOMPARE(outcomeOf(tell(attempt(2, u"failure"_s, u"10:59:59Z"_s))), u"outdated"_s); // an earlier end
        QCOMPARE(position(*m_client), before);
        QCOMPARE(stored()[0]["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(outcomeOf(tell(attempt(2, u"failure"_s, u"11:00:01Z"_s))), u"updated"_s);
    }

    /// A rerun of an old run says nothing of how the gate stands by a newer one.
    void olderRunToldAnew_leavesTheGateAlone()
    {
        QCOMPARE(tell(attempt(1, u"failure"_s, u"10:00:00Z"_s)).status, 201);
        QCOMPARE(
            tell(with(attempt(1, u"success"_s, u"11:00:00Z"_s), u"workflow_run.id"_s, qint64(8'734'512'346)))
                .status,
            201);
        QCOMPARE(gate()["status"_L1].toString(), u"PASS"_s);
        const auto before = position(*m_client);
        QCOMPARE(outcomeOf(tell(attempt(2, u"timed_out"_s, u"12:00:00Z"_s))), u"unchanged"_s);
        QCOMPARE(outcomeOf(tell(attempt(3, u"success"_s, u"13:00:00Z"_s))), u"updated"_s);
        QCOMPARE(eventTypesSince(*m_client, before), QStringList{updated});
        QCOMPARE(outcomeOf(tell(attempt(4, u"failure"_s, u"14:00:00Z"_s))), u"updated"_s);
        QCOMPARE(eventTypesSince(*m_client, before), (QStringList{updated, updated}));
        QCOMPARE(gate()["status"_L1].toString(), u"PASS"_s);
    }

    void noResult_isAnsweredAndIgnored()
    {
        const auto before = position(*m_client);
        for (const char* state : {"cancelled", "skipped", "neutral", "stale"}) {
            const HttpResponse response = tell(attempt(1, QLatin1String(state)));
            QCOMPARE(response.status, 200);
            QCOMPARE(outcomeOf(response), u"ignored"_s);
            QCOMPARE(response.data()["reason"_L1].toString(),
                     u"\"%1\" is no result"_s.arg(QLatin1String(state)));
        }
        QCOMPARE(outcomeOf(tell(with(run(), u"workflow_run.status"_s, u"in_progress"_s))), u"ignored"_s);
        QCOMPARE(outcomeOf(m_github.send(*m_client, payload("github_ping"), "ping")), u"ignored"_s);
        QCOMPARE(outcomeOf(m_github.send(*m_client, run(), "push")), u"ignored"_s);
        const QJsonObject old = with(run(), u"workflow_run.updated_at"_s, u"2020-01-01T00:00:00Z"_s);
        QCOMPARE(outcomeOf(tell(old)), u"ignored"_s);
        QCOMPARE(position(*m_client), before);
        QCOMPARE(stored().size(), 0);
    }

    void form_isReadAndIsWhatIsSigned()
    {
        const QByteArray body = "payload=" + toBytes(run()).toPercentEncoding();
        const RestClient::Headers headers{{"Content-Type", "application/x-www-form-urlencoded"},
                                          {"X-GitHub-Event", "workflow_run"}};
        QCOMPARE(m_github.sendBody(*m_client, body, headers + m_github.proofOf(toBytes(run()))).status, 401);
        QCOMPARE(m_github.sendBody(*m_client, body, headers + m_github.proofOf(body)).status, 201);
        QCOMPARE(m_github.sendBody(*m_client, "x=1", headers + m_github.proofOf("x=1")).status, 400);
    }

    void unreadableBody_isRefusedByName()
    {
        const RestClient::Headers headers{{"Content-Type", "application/json"},
                                          {"X-GitHub-Event", "check_run"}};
        const auto refusal = [&](const QByteArray& body, const RestClient::Headers& more) {
            const HttpResponse response = m_github.sendBody(*m_client, body, more + m_github.proofOf(body));
            return u"%1 %2 "_s.arg(response.status).arg(response.error()) +
                   response.json()["details"_L1][0].toString().section(u':', 0, 0);
        };
        QCOMPARE(refusal("{", headers).left(12), u"400 ERR_1002"_s);
        QCOMPARE(refusal("{}", headers), u"400 ERR_1003 repository"_s);
        QCOMPARE(refusal("{}", headers.mid(0, 1)), u"400 ERR_1003 X-GitHub-Event"_s);
        QCOMPARE(refusal("{}", {{"Content-Type", "text/plain"}}), u"415 ERR_1004 Content-Type"_s);
        QCOMPARE(refusal(QByteArray(1'100'000, ' '), headers).left(12), u"413 ERR_1005"_s);
    }

    /// GitLab's signature bears a time, by which what somebody recorded is known as old.
    void recordedSignature_isRefusedLater()
    {
        const HookSender hook = HookSender::made("gitlab", m_server->dataDir());
        const QByteArray body = toBytes(ofYesterday(payload("gitlab_pipeline")));
        const auto send = [&](qint64 age) {
            const QByteArray time = QByteArray::number(QDateTime::currentSecsSinceEpoch() - age);
            const QByteArray key = QByteArray::fromBase64(hook.secret.sliced(6));
            const QByteArray signature =
                QMessageAuthenticationCode::hash("id." + time + '.' + body, key, QCryptographicHash::Sha256);
            return hook.sendBody(*m_client, body,
                                 {{"Content-Type", "application/json"},
                                  {"webhook-id", "id"},
                                  {"webhook-timestamp", time},
                                  {"webhook-signature", "v1," + signature.toBase64()}});
        };
        QCOMPARE(send(400).status, 401);
        QCOMPARE(send(-400).status, 401);
        QCOMPARE(send(10).status, 201);
        QCOMPARE(send(20).status, 200);
    }

    void hooks_outliveAKill()
    {
        QCOMPARE(tell(attempt(1, u"success"_s)).status, 201);
        m_server->kill9();
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(outcomeOf(tell(attempt(1, u"success"_s))), u"unchanged"_s);
        QCOMPARE(outcomeOf(tell(attempt(2, u"failure"_s))), u"updated"_s);
        QCOMPARE(stored().size(), 1);
    }

    void secret_isInNoLogAndNoList()
    {
        stopServer();
        startServer({u"--log-level"_s, u"debug"_s});
        m_github = HookSender::made("github", m_server->dataDir());
        QCOMPARE(tell(run()).status, 201);
        HookSender stranger = m_github;
        stranger.secret = "guessed";
        QCOMPARE(stranger.send(*m_client, run()).status, 401);
        QTRY_VERIFY(m_server->log().contains(QString::fromLatin1(m_github.address)));
        QVERIFY(!m_server->log().contains(QString::fromLatin1(m_github.secret)));
        const ProgramResult list = ServerProcess::run(withData(m_server->dataDir(), {u"hook"_s, u"list"_s}));
        QVERIFY(list.output.contains(m_github.address.sliced(m_github.address.lastIndexOf('/') + 1)));
        QVERIFY(!list.output.contains(m_github.secret));
    }
};

PRISM_TEST(TestHooks)

} // namespace tst_hooks

#include "tst_hooks.moc"
