#include "tests/api/hook_sender.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QTest>

namespace tst_audit {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray audit = "/api/v1/audit";
const QByteArray records = "/api/v1/analytics/records";
const QByteArray tokens = "/api/v1/auth/tokens";
const QByteArray checks = "/api/v1/gateway/checks";

QByteArray tomorrow()
{
    return QDateTime::currentDateTimeUtc().addDays(1).toString(Qt::ISODate).toLatin1();
}

QByteArray recordNamed(const QByteArray& name, const QByteArray& description = {})
{
    return toBytes(QJsonObject{
        {u"type"_s, u"custom"_s},
        {u"name"_s, QString::fromLatin1(name)},
        {u"description"_s, QString::fromLatin1(description)},
        {u"config"_s, QJsonObject{{u"metrics"_s, QJsonArray{u"usage"_s}}, {u"period"_s, u"week"_s}}}});
}

} // namespace

/// Who did what, and who was refused.
class TestAudit : public ServerTest
{
    Q_OBJECT

    QByteArray m_admin;

    static RestClient::Headers bearer(const QByteArray& token)
    {
        return {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
    }

    static QString idOf(const QByteArray& token) { return QString::fromLatin1(token.split('_').value(1)); }

    QByteArray made(const QString& role) const
    {
        const ProgramResult result =
            ServerProcess::run(withData(m_server->dataDir(), {u"token"_s, u"create"_s, u"--name"_s,
                                                              u"the "_s + role, u"--role"_s, role}));
        const qsizetype at = result.output.indexOf("prism_");
        return at < 0 ? QByteArray() : result.output.sliced(at).split('\n').first().trimmed();
    }

    HttpResponse ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {},
                     const QByteArray& token = {}) const
    {
        return m_client->send(method, path, bearer(token.isEmpty() ? m_admin : token), body);
    }

    QJsonArray entries(const QByteArray& query = {}) const
    {
        return ask("GET", audit + "?limit=100" + query).data().toArray();
    }

    QString made(const QByteArray& path, const QByteArray& body) const
    {
        return ask("POST", path, body).data()[u"id"_s].toString();
    }

    QByteArray aRecord(const QByteArray& name) const
    {
        return records + '/' + made(records, recordNamed(name)).toLatin1();
    }

private slots:
    void init()
    {
        startServer({u"--auth"_s, u"on"_s});
        m_admin = made(u"admin"_s);
        QVERIFY(!m_admin.isEmpty());
    }

    void cleanup() { stopServer(); }

    void everyChange_isThereWithWhoAndWhat_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* action, const char* method, const QByteArray& path, const char* body,
                            const char* before, const char* after) {
            QTest::newRow(action) << QByteArray(method) << path << QByteArray(body)
                                  << QString::fromLatin1(action) << QByteArray(before) << QByteArray(after);
        };
        row("record.create", "POST", records,
            R"({"type":"custom","name":"mine","config":{"metrics":["usage"],"period":"week"}})", "",
            R"("name":"mine")");
        row("record.update", "PUT", "RECORD", R"({"name":"new"})", R"("name":"old")", R"("name":"new")");
        row("record.delete", "DELETE", "RECORD", "", R"("name":"old")", "");
        row("violation.mark", "PATCH", checks + "/c/violations/0",
            R"({"falsePositive":true,"by":"ana","reason":"r"})", "", R"("reason":"r")");
        row("false_positive.forget", "DELETE", "MARK", "", R"("principleId":"p")", "");
        row("settings.update", "PUT", "/api/v1/settings", R"({"checkLevel":"strict"})",
            R"("checkLevel":"standard")", R"("checkLevel":"strict")");
        row("alert.mute", "PUT", "/api/v1/alerts/mutes/usage_drop", R"({"until":"UNTIL"})", R"("mutes":[])",
            "usage_drop");
        row("alert.unmute", "DELETE", "/api/v1/alerts/mutes/slow_checks", "", "slow_checks", R"("mutes":[])");
        row("rules.update", "PUT", "/api/v1/gateway/principles",
            R"({"principles":[{"id":"a","name":"n","level":"ADVISORY","check_phases":["PLAN"],"keywords":["w"],"violation_message":{"en":"m"}}]})",
            R"("version":0)", R"("version":1)");
        row("token.create", "POST", tokens, R"({"name":"pipe","role":"reporter"})", "", R"("name":"pipe")");
        row("token.rotate", "POST", "TOKEN/rotate", "{}", R"("name":"the viewer")", R"("previousUntil")");
        row("token.revoke", "DELETE", "TOKEN", "", R"("name":"the viewer")", "");
    }

    void everyChange_isThereWithWhoAndWhat()
    {
        QFETCH(const QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, action);
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        const auto prepare = [&](const QByteArray& what, const std::function<QByteArray()>& place) {
            if (path.contains(what))
                path.replace(what, place());
        };
        const char* const check =
            R"({"id":"c","status":"WARNING","violations":[{"principleId":"p","severity":"WARNING"}]})";
        QCOMPARE(ask("POST", checks, check).status, 201);
        prepare("RECORD", [&] { return aRecord("old"); });
        prepare("TOKEN", [&] { return tokens + '/' + idOf(made(u"viewer"_s)).toLatin1(); });
        prepare("MARK", [&] {
            (void)ask("PATCH", checks + "/c/violations/0", R"({"falsePositive":true})");
            return "/api/v1/gateway/false-positives/" +
                   ask("GET", "/api/v1/gateway/false-positives").data()[0][u"id"_s].toString().toLatin1();
        });
        if (action == u"alert.unmute"_s)
            QCOMPARE(ask("PUT", path, "{\"until\":\"" + tomorrow() + "\"}").status, 200);
        const qsizetype known = entries().size();

        const HttpResponse done = ask(method, path, QByteArray(body).replace("UNTIL", tomorrow()));
        QVERIFY2(done.status == 200 || done.status == 201, done.body.constData());
        const QJsonArray all = entries();
        QCOMPARE(all.size(), known + 1);
        const QJsonValue entry = all.first();
        QCOMPARE(entry[u"action"_s].toString(), action);
        QCOMPARE(entry[u"tokenId"_s].toString(), idOf(m_admin));
        QCOMPARE(entry[u"tokenName"_s].toString(), u"the admin"_s);
        QCOMPARE(entry[u"address"_s].toString(), u"127.0.0.1"_s);
        QCOMPARE(entry[u"requestId"_s].toString().toLatin1(), done.header("x-request-id"));
        QVERIFY(!entry[u"subject"_s].toString().isEmpty());
        for (const auto& [name, content] : {std::pair(u"before"_s, before), std::pair(u"after"_s, after)}) {
            const QByteArray state = entry[name].isObject() ? toBytes(entry[name]) : QByteArray();
            QVERIFY2(content.isEmpty() ? state.isEmpty() : state.contains(content), state.constData());
        }
    }

    void whatIsNotDone_isNotThere()
    {
        const QByteArray record = aRecord("old");
        const qsizetype known = entries().size();
        QCOMPARE(ask("PUT", record, R"({"name":"new","version":9})").status, 409);
        QCOMPARE(ask("POST", records, "{}").status, 400);
        QCOMPARE(ask("DELETE", records + "/none").status, 404);
        QCOMPARE(ask("POST", checks, R"({"status":"PASS"})").status, 201); // what a gate reports is no change
        QCOMPARE(entries().size(), known);
    }

    void sameRequestAgain_isThereOnce()
    {
        RestClient::Headers headers = bearer(m_admin);
        headers.emplaceBack("Idempotency-Key", "one");
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_client->send("POST", records, headers, recordNamed("mine")).status, 201);
        QCOMPARE(entries("&action=record").size(), 1);
    }

    void operator_isThereWithoutAnAddress()
    {
        const QJsonArray all = entries("&action=token.create");
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.first()[u"subject"_s].toString(), idOf(m_admin));
        for (const auto& name : {u"tokenId"_s, u"tokenName"_s, u"address"_s})
            QVERIFY(all.first()[name].isUndefined());
    }

    void refusals_areFolded()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QByteArray wrong = m_admin;
        wrong.back() = wrong.back() == '0' ? '1' : '0';
        for (int i = 0; i < 25; ++i)
            QVERIFY(ask("GET", "/api/v1/settings", {}, wrong).status >= 400);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(ask("PUT", "/api/v1/settings", "{}", viewer).status, 403);
        QCOMPARE(m_server->terminate(), 0); // does not keep them for the rest of the minute
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        const QJsonArray all = entries("&action=refused");
        QCOMPARE(all.size(), 2);
        QHash<QString, QJsonValue> byCode;
        for (const auto& each : all)
            byCode.insert(each[u"after"_s][u"code"_s].toString(), each);
        const QJsonValue unknown = byCode.value(u"ERR_2003"_s);
        QCOMPARE(unknown[u"count"_s].toInt(), 25);
        QCOMPARE(unknown[u"address"_s].toString(), u"127.0.0.1"_s);
        QVERIFY(unknown[u"tokenId"_s].isUndefined());
        const QJsonValue forbidden = byCode.value(u"ERR_2002"_s);
        QCOMPARE(forbidden[u"count"_s].toInt(), 3);
        QCOMPARE(forbidden[u"tokenName"_s].toString(), u"the viewer"_s);
        QCOMPARE(forbidden[u"subject"_s].toString(), u"PUT /api/v1/settings"_s);
    }

    void strangers_areFoldedToo_data()
    {
        QTest::addColumn<RestClient::Headers>("headers");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char* name, const RestClient::Headers& headers, const QString& subject) {
            QTest::newRow(name) << headers << subject;
        };
        row("host", {{"Host", "evil.example:80"}}, u"GET host evil.example:80"_s);
        row("origin", {{"Origin", "https://evil.example"}}, u"GET origin https://evil.example"_s);
        row("no origin", {{"Sec-Fetch-Site", "cross-site"}}, u"GET site cross-site"_s);
        row("endless", {{"Origin", "https://" + QByteArray(9'000, 'x')}},
            (u"GET origin https://"_s + QString(9'000, u'x')).left(200));
        row("not ASCII", {{"Origin", "\xff\"\\"}}, u"GET origin \u00ff\"\\"_s);
    }

    void strangers_areFoldedToo()
    {
        QFETCH(const RestClient::Headers, headers);
        QFETCH(const QString, subject);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_client->get("/api/v1/settings", headers).status, 403);
        QCOMPARE(m_server->terminate(), 0);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        const QJsonArray all = entries("&action=refused");
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.first()[u"count"_s].toInt(), 3);
        QCOMPARE(all.first()[u"subject"_s].toString(), subject);
        QCOMPARE(all.first()[u"address"_s].toString(), u"127.0.0.1"_s);
        QCOMPARE(all.first()[u"after"_s][u"code"_s].toString(), u"ERR_2002"_s);
        QVERIFY(all.first()[u"tokenId"_s].isUndefined());
    }

    void secrets_areNotThere()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const QByteArray place = tokens + '/' + idOf(viewer).toLatin1() + "/rotate";
        const QByteArray next = ask("POST", place, "{}").data()[u"token"_s].toString().toLatin1();
        const HookSender hook = HookSender::made("github", m_server->dataDir());
        QVERIFY(hook.isMade());
        const QByteArray all = ask("GET", audit + "/export").body;
        QVERIFY(all.contains("hook.create") && all.contains("token.rotate"));
        for (const QByteArray& secret :
             {m_admin.split('_').value(2), viewer.split('_').value(2), next.split('_').value(2), hook.secret})
            QVERIFY(!secret.isEmpty() && !all.contains(secret));
    }

    void list_isNarrowedAndGoesOn()
    {
        const QByteArray editor = made(u"editor"_s);
        const QByteArray record = aRecord("one");
        QCOMPARE(ask("PUT", record, R"({"name":"two"})", editor).status, 200);
        QCOMPARE(ask("PUT", record, R"({"name":"three"})", editor).status, 200);
        QCOMPARE(entries("&token=" + idOf(editor).toLatin1()).size(), 2);
        QCOMPARE(entries("&action=record").size(), 3);
        QCOMPARE(entries("&action=record.update").size(), 2);
        QCOMPARE(entries("&action=rec").size(), 0);
        QCOMPARE(entries("&subject=" + record.split('/').last()).size(), 3);
        QCOMPARE(entries("&to=2020-01-01T00:00:00Z").size(), 0);
        QStringList actions;
        QByteArray cursor;
        do {
            const HttpResponse page = ask("GET", audit + "?limit=1" + cursor);
            actions += page.data()[0][u"action"_s].toString();
            const QString next = page.meta()[u"pagination"_s][u"nextCursor"_s].toString();
            cursor = next.isEmpty() ? QByteArray() : "&cursor=" + QUrl::toPercentEncoding(next);
        } while (!cursor.isEmpty() && actions.size() < 20);
        QCOMPARE(actions, QStringList({u"record.update"_s, u"record.update"_s, u"record.create"_s,
                                       u"token.create"_s, u"token.create"_s}));
    }

    void export_isAnEntryALine()
    {
        for (int i = 0; i < 3; ++i)
            (void)aRecord(QByteArray::number(i));
        const HttpResponse lines = ask("GET", audit + "/export?action=record");
        QCOMPARE(lines.header("content-type"), "application/x-ndjson");
        QVERIFY(!lines.hasHeader("link"));
        QCOMPARE(lines.body.count('\n'), 3);
        const QList<QByteArray> each = lines.body.trimmed().split('\n');
        for (const QByteArray& line : each)
            QCOMPARE(parseJson(line.constData())[u"action"_s].toString(), u"record.create"_s);
    }

    void export_ofMuch_saysWhereItGoesOn()
    {
        const QByteArray text(490, 'd');
        for (int i = 0; i < 2'500; ++i)
            QCOMPARE(ask("POST", records, recordNamed(QByteArray::number(i), text)).status, 201);
        QSet<QString> ids;
        QByteArray query = "?action=record";
        int pages = 0;
        for (; pages < 20 && !query.isEmpty(); ++pages) {
            const HttpResponse lines = ask("GET", audit + "/export" + query);
            QVERIFY(lines.body.size() <= 1'100'000);
            const QList<QByteArray> each = lines.body.trimmed().split('\n');
            for (const QByteArray& line : each)
                ids.insert(parseJson(line.constData())[u"subject"_s].toString());
            const QByteArray link = lines.header("link");
            query = link.isEmpty() ? QByteArray() : link.sliced(1, link.indexOf('>') - 1);
        }
        QVERIFY(pages > 1);
        QCOMPARE(ids.size(), 2'500);
    }

    void othersThanAdmins_areRefused()
    {
        for (const auto& role : {u"reporter"_s, u"viewer"_s, u"editor"_s}) {
            const QByteArray token = made(role);
            QCOMPARE(ask("GET", audit, {}, token).status, 403);
            QCOMPARE(ask("GET", audit + "/export", {}, token).status, 403);
        }
    }

    void withoutSigningIn_nothingIsKept()
    {
        m_server->setArguments({u"--auth"_s, u"off"_s});
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QVERIFY(!aRecord("mine").isEmpty());
        QCOMPARE(entries("&action=record").size(), 0);
    }
};

PRISM_TEST(TestAudit)

} // namespace tst_audit

#include "tst_audit.moc"
