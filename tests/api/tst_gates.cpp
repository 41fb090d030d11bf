#include "shared/protocol/timestamp.h"
#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QXmlStreamReader>

namespace tst_gates {

using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray gates = "/api/v1/gates";
const QByteArray cctray = "/cctray.xml";
const QByteArray settings = "/api/v1/settings";

QJsonObject checkOf(const QString& project, const QString& gate, const QString& status,
                    std::chrono::milliseconds ago = 1s)
{
    return {{u"project"_s, project},
            {u"gate"_s, gate},
            {u"status"_s, status},
            {u"branch"_s, u"main"_s},
            {u"timestamp"_s, prism::protocol::toIso(prism::protocol::now() - ago)}};
}

QStringList namesOf(const HttpResponse& page)
{
    QStringList names;
    const QJsonArray list = page.data().toArray();
    for (const auto& gate : list)
        names.append(gate["project"_L1].toString() + u'/' + gate["gate"_L1].toString());
    return names;
}

using Attributes = QMap<QString, QString>;

/// What each Project says; nothing where it is no XML.
QList<Attributes> projectsOf(const QByteArray& xml)
{
    QList<Attributes> projects;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement || reader.name() != "Project"_L1)
            continue;
        Attributes attributes;
        const QXmlStreamAttributes all = reader.attributes();
        for (const QXmlStreamAttribute& each : all)
            attributes.insert(each.name().toString(), each.value().toString());
        projects.append(attributes);
    }
    return reader.hasError() ? QList<Attributes>() : projects;
}

} // namespace

/// How the gates are told, and deleted.
class TestGatesApi : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void gate_isToldAsItsChecksSay()
    {
        QVERIFY(post(
            {checkOf(u"shop"_s, u"unit"_s, u"PASS"_s, 4h), checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s, 3h)}));
        QJsonObject newest = checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s, 2h);
        newest.insert(u"id"_s, u"n"_s);
        newest.insert(u"commit"_s, u"c0ffee"_s);
        newest.insert(u"url"_s, u"https://ci.example/7"_s);
        newest.insert(u"user"_s, u"ana"_s);
        QVERIFY(post({newest, checkOf(u"shop"_s, u""_s, u"PASS"_s)}));
        const HttpResponse page = m_client->get(gates);
        QCOMPARE(page.data().toArray().size(), 1);
        const QJsonValue gate = page.data()[0];
        QCOMPARE(gate["project"_L1].toString(), u"shop"_s);
        QCOMPARE(gate["gate"_L1].toString(), u"unit"_s);
        QCOMPARE(gate["branch"_L1].toString(), u"main"_s);
        QCOMPARE(gate["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(gate["streak"_L1].toInt(), 2);
        QCOMPARE(gate["checkId"_L1].toString(), u"n"_s);
        QCOMPARE(gate["commit"_L1].toString(), u"c0ffee"_s);
        QCOMPARE(gate["url"_L1].toString(), u"https://ci.example/7"_s);
        QCOMPARE(gate["user"_L1].toString(), u"ana"_s);
        QCOMPARE(gate["timestamp"_L1], newest["timestamp"_L1]);
        QVERIFY(gate["since"_L1].toString() < gate["timestamp"_L1].toString());
        QVERIFY(gate["lastPass"_L1].toString() < gate["since"_L1].toString());
        QCOMPARE(gate["stale"_L1].toBool(), false);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(gates).data()[0], gate);
    }

    void list_isNarrowedAndGoesOnByCursor()
    {
        QJsonArray all;
        for (const auto* project : {"b", "a", ""}) {
            for (const auto* gate : {"\u4e16", "x", "\U0001F600"})
                all.append(checkOf(QString::fromUtf8(project), QString::fromUtf8(gate),
                                   *gate == 'x' ? u"BLOCKED"_s : u"PASS"_s));
        }
        QCOMPARE(m_client->post(checks, all).status, 201);
        const QStringList whole = namesOf(m_client->get(gates));
        QCOMPARE(whole.size(), 9);
        QStringList read;
        QByteArray cursor;
        do {
            const HttpResponse page =
                m_client->get(gates + "?limit=2" + (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            read += namesOf(page);
            cursor = nextCursor(page);
        } while (!cursor.isEmpty() && read.size() < 20);
        QCOMPARE(read, whole);
        QCOMPARE(namesOf(m_client->get(gates + "?status=BLOCKED")),
                 QStringList({u"/x"_s, u"a/x"_s, u"b/x"_s}));
        QCOMPARE(namesOf(m_client->get(gates + "?project=a&status=BLOCKED")), QStringList(u"a/x"_s));
        QCOMPARE(namesOf(m_client->get(gates + "?project=")).size(), 3);
    }

    void request_isRefusedByName_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, const Scenario& scenario) { QTest::newRow(name) << scenario; };
        row("status",
            {.path = gates + "?status=red", .status = 400, .error = u"ERR_1001"_s, .contains = {"status: "}});
        row("cursor",
            {.path = gates + "?cursor=x", .status = 400, .error = u"ERR_1004"_s, .contains = {"cursor: "}});
        row("limit",
            {.path = gates + "?limit=0", .status = 400, .error = u"ERR_1001"_s, .contains = {"limit: "}});
        row("no gate", {.method = "DELETE",
                        .path = gates,
                        .status = 400,
                        .error = u"ERR_1003"_s,
                        .contains = {"gate: "}});
        row("unknown gate",
            {.method = "DELETE", .path = gates + "?gate=x", .status = 404, .error = u"ERR_3001"_s});
    }

    void request_isRefusedByName()
    {
        QFETCH(const Scenario, scenario);
        const QString wrong = play(*m_client, scenario);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void unchangedList_isNotSentAgain()
    {
        QVERIFY(post({checkOf(u"shop"_s, u"unit"_s, u"PASS"_s)}));
        for (const QByteArray& path : {gates, cctray}) {
            const QByteArray tag = m_client->get(path).header("ETag");
            QVERIFY(!tag.isEmpty());
            QCOMPARE(m_client->get(path, {{"If-None-Match", tag}}).status, 304);
            QVERIFY(post({checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s, 0s)}));
            QCOMPARE(m_client->get(path, {{"If-None-Match", tag}}).status, 200);
        }
    }

    void markOfTheOnlyBlockingViolation_turnsTheGateUntilItIsTakenBack()
    {
        QJsonObject check = checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s);
        check.insert(u"id"_s, u"c"_s);
        check.insert(u"violations"_s,
                     QJsonArray{QJsonObject{{u"principleId"_s, u"p"_s}, {u"severity"_s, u"BLOCK"_s}}});
        QVERIFY(post({check}));
        const auto statusAfter = [this](const char* mark) {
            const auto before = position(*m_client);
            const HttpResponse answer = m_client->send("PATCH", checks + "/c/violations/0",
                                                       {{"Content-Type", "application/json"}}, mark);
            const QStringList events = eventTypesSince(*m_client, before);
            return answer.data()["status"_L1].toString() + u' ' +
                   m_client->get(gates).data()[0]["status"_L1].toString() + u' ' + events.join(u' ');
        };
        QCOMPARE(statusAfter(R"({"falsePositive":true})"), u"PASS PASS gateway:check:updated gate:changed"_s);
        const auto successRate = [this] {
            return m_client->get("/api/v1/analytics/usage?period=all").data()["successRate"_L1];
        };
        QCOMPARE(successRate(), QJsonValue(1));
        QCOMPARE(statusAfter(R"({"falsePositive":true})"), u"PASS PASS "_s);
        QCOMPARE(statusAfter(R"({"falsePositive":false})"),
                 u"BLOCKED BLOCKED gateway:check:updated gate:changed"_s);
        QCOMPARE(successRate(), QJsonValue(0));
    }

    /// What a gate says by itself, beside its violations, is not for a mark to change.
    void statusThatIsNotOfTheViolations_stays()
    {
        QJsonObject check = checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s);
        check.insert(u"id"_s, u"c"_s);
        check.insert(u"violations"_s,
                     QJsonArray{QJsonObject{{u"principleId"_s, u"p"_s}, {u"severity"_s, u"INFO"_s}}});
        QVERIFY(post({check}));
        QCOMPARE(m_client
                     ->send("PATCH", checks + "/c/violations/0", {{"Content-Type", "application/json"}},
                            R"({"falsePositive":true})")
                     .data()["status"_L1]
                     .toString(),
                 u"BLOCKED"_s);
    }

    void staleGate_isDeletedAndComesBack()
    {
        QVERIFY(post(
            {checkOf(u"shop"_s, u"old"_s, u"BLOCKED"_s, 24h * 31), checkOf(u"shop"_s, u"new"_s, u"PASS"_s)}));
        QCOMPARE(m_client->get(gates).data()[1]["stale"_L1].toBool(), true);
        const HttpResponse kept = m_client->remove(gates + "?project=shop&gate=new");
        QCOMPARE(kept.status, 400);
        QVERIFY(kept.body.contains("gate: was heard of at "));
        const HttpResponse gone = m_client->remove(gates + "?project=shop&gate=old");
        QCOMPARE(gone.status, 200);
        QCOMPARE(gone.data()["gate"_L1].toString(), u"old"_s);
        QCOMPARE(m_client->remove(gates + "?project=shop&gate=old").status, 404);
        QCOMPARE(namesOf(m_client->get(gates)), QStringList(u"shop/new"_s));
        QVERIFY(post({checkOf(u"shop"_s, u"old"_s, u"PASS"_s)}));
        QCOMPARE(namesOf(m_client->get(gates)).size(), 2);
    }

    void otherMainBranches_areCountedAnew()
    {
        QJsonObject check = checkOf(u"shop"_s, u"unit"_s, u"BLOCKED"_s);
        check.insert(u"branch"_s, u"develop"_s);
        QVERIFY(post({check}));
        QCOMPARE(m_client->get(gates).data().toArray().size(), 0);
        const auto before = position(*m_client);
        QCOMPARE(m_client->put(settings, QJsonObject{{u"mainBranches"_s, QJsonArray{u"develop"_s}}}).status,
                 200);
        QTRY_COMPARE(namesOf(m_client->get(gates + "?status=BLOCKED")), QStringList(u"shop/unit"_s));
        QCOMPARE(eventTypesSince(*m_client, before), QStringList({u"settings:updated"_s, u"gate:changed"_s}));
        QCOMPARE(m_client->put(settings, QJsonObject{{u"mainBranches"_s, QJsonArray()}}).status, 200);
        QTRY_COMPARE(m_client->get(gates).data().toArray().size(), 0);
    }

    void mainBranches_areChecked_data()
    {
        QTest::addColumn<QByteArray>("branches");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("no list") << QByteArray("\"main\"") << QByteArray("must be a list of texts");
        QTest::newRow("empty") << QByteArray("[\" \"]") << QByteArray("must not have an empty name");
        QTest::newRow("too many") << '[' + QByteArray("\"b\",").repeated(20) + "\"c\"]"
                                  << QByteArray("at most 20");
        QTest::newRow("too long") << "[\"" + QByteArray(301, 'b') + "\"]" << QByteArray("mainBranches");
    }

    void mainBranches_areChecked()
    {
        QFETCH(const QByteArray, branches);
        QFETCH(const QByteArray, why);
        const HttpResponse refused = m_client->put(
            settings, parseJson(QByteArray("{\"mainBranches\":" + branches + "}").constData()).toObject());
        QCOMPARE(refused.status, 400);
        QVERIFY2(refused.body.contains("mainBranches") && refused.body.contains(why),
                 refused.body.constData());
    }

    void cctray_isXmlWhateverNamesHold()
    {
        const QString name = u"a<b>&\"'\t\u0001\U0001F600]]>--"_s;
        QJsonObject odd = checkOf(name, name, u"BLOCKED"_s);
        odd.insert(u"url"_s, u"https://ci.example/?a=1&b=2"_s);
        odd.insert(u"commit"_s, u"c0ffee"_s);
        QVERIFY(post({odd, checkOf(QString(), u"plain"_s, u"WARNING"_s)}));
        const HttpResponse answer = m_client->get(cctray);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.header("Content-Type").startsWith("application/xml"));
        const QList<Attributes> projects = projectsOf(answer.body);
        QCOMPARE(projects.size(), 2);
        const QString told = u"a<b>&\"'\t\ufffd\U0001F600]]>--"_s;
        QCOMPARE(projects[0][u"name"_s], told + u'/' + told);
        QCOMPARE(projects[0][u"activity"_s], u"Sleeping"_s);
        QCOMPARE(projects[0][u"lastBuildStatus"_s], u"Failure"_s);
        QCOMPARE(projects[0][u"lastBuildLabel"_s], u"c0ffee"_s);
        QCOMPARE(projects[0][u"webUrl"_s], u"https://ci.example/?a=1&b=2"_s);
        QVERIFY(prism::protocol::fromIso(projects[0][u"lastBuildTime"_s]));
        QCOMPARE(projects[1][u"name"_s], u"plain"_s);
        QCOMPARE(projects[1][u"lastBuildStatus"_s], u"Success"_s);
        QCOMPARE(projectsOf(m_client->get(cctray + "?project=nobody").body).size(), 0);
    }

    void cctrayOfTooManyGates_hasThoseThatFailAndSaysSo()
    {
        QJsonArray many;
        for (int i = 0; i < 900; ++i) {
            QJsonObject check = checkOf(u"p"_s, u"g%1"_s.arg(i), i % 300 == 299 ? u"BLOCKED"_s : u"PASS"_s);
            check.insert(u"url"_s, u"https://ci.example/"_s + QString(1'900, u'x'));
            many.append(check);
        }
        QCOMPARE(m_client->post(checks, many).status, 201);
        const HttpResponse answer = m_client->get(cctray);
        QVERIFY(answer.body.size() < 1'100'000);
        QVERIFY(answer.body.contains("There are more gates"));
        const QList<Attributes> projects = projectsOf(answer.body);
        QVERIFY(projects.size() > 400 && projects.size() < 900);
        QCOMPARE(std::ranges::count(projects, u"Failure"_s,
                                    [](const Attributes& each) { return each[u"lastBuildStatus"_s]; }),
                 3);
    }

private:
    bool post(const QList<QJsonObject>& list)
    {
        QJsonArray body;
        for (const QJsonObject& each : list)
            body.append(each);
        return m_client->post(checks, body).status == 201;
    }
};

PRISM_TEST(TestGatesApi)

} // namespace tst_gates

#include "tst_gates.moc"
