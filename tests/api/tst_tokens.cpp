#include "tests/api/hook_sender.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QTest>

namespace tst_tokens {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray tokens = "/api/v1/auth/tokens";
const QByteArray self = "/api/v1/auth/self";
const QByteArray checks = "/api/v1/gateway/checks";

RestClient::Headers bearer(const QByteArray& token)
{
    return {{"Authorization", "Bearer " + token}};
}

/// Whether who is the one may do what asks for the other, as README's table has it.
bool mayDo(const QString& role, const QString& asked)
{
    const QStringList ofReporter{u"reporter"_s, u"editor"_s, u"admin"_s};
    const QStringList ofViewer{u"viewer"_s, u"editor"_s, u"admin"_s};
    const QHash<QString, QStringList> who{
        {u"somebody"_s, {u"reporter"_s, u"viewer"_s, u"editor"_s, u"admin"_s}},
        {u"reporter"_s, ofReporter},
        {u"viewer"_s, ofViewer},
        {u"editor"_s, {u"editor"_s, u"admin"_s}},
        {u"admin"_s, {u"admin"_s}}};
    return asked == u"anyone"_s || who.value(asked).contains(role);
}

QJsonArray numbered(int count)
{
    QJsonArray names;
    for (int i = 0; i < count; ++i)
        names.append(QString::number(i));
    return names;
}

} // namespace

/// A server with --auth on: who is let through, to what, and for how long.
class TestTokens : public ServerTest
{
    Q_OBJECT

    QByteArray m_admin;

    ProgramResult run(const QStringList& arguments) const
    {
        return ServerProcess::run(withData(m_server->dataDir(), QStringList{u"token"_s} + arguments));
    }

    /// Of the sub-command's answer.
    static QByteArray lineOf(const ProgramResult& result, const QByteArray& name)
    {
        const QList<QByteArray> lines = result.output.split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith(name + ' '))
                return line.sliced(name.size()).trimmed();
        }
        return {};
    }

    QByteArray made(const QString& role) const
    {
        return lineOf(run({u"create"_s, u"--name"_s, u"the "_s + role, u"--role"_s, role}), "token");
    }

    static QByteArray idOf(const QByteArray& token) { return token.split('_').value(1); }

    HttpResponse ask(const QByteArray& token, const QByteArray& path = self) const
    {
        return m_client->get(path, bearer(token));
    }

    /// With what stands for a parameter in its place, and a body where it takes one.
    HttpResponse askFor(const QByteArray& method, QByteArray path, const RestClient::Headers& more) const
    {
        while (path.contains('{'))
            path.replace(path.indexOf('{'), path.indexOf('}') - path.indexOf('{') + 1, "none");
        const bool hasBody = method == "POST" || method == "PUT" || method == "PATCH";
        RestClient::Headers headers = more;
        if (hasBody)
            headers.emplaceBack("Content-Type", "application/json");
        return m_client->send(method, path, headers, hasBody ? "[]" : QByteArray());
    }

    void restart(const QStringList& options)
    {
        m_server->setArguments(options);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
    }

private slots:
    void init()
    {
        startServer({u"--auth"_s, u"on"_s, u"--max-tokens"_s, u"8"_s});
        m_admin = made(u"admin"_s);
        QVERIFY(!m_admin.isEmpty());
    }

    void cleanup() { stopServer(); }

    void everyRoute_asksForItsRole()
    {
        QHash<QString, QByteArray> tokenOf{{u"admin"_s, m_admin}};
        for (const auto& role : {u"reporter"_s, u"viewer"_s, u"editor"_s})
            tokenOf.insert(role, made(role));
        const QJsonObject paths = ask(m_admin, "/api/v1/openapi.json").json()[u"paths"_s].toObject();
        QVERIFY(paths.size() > 40);
        int asked = 0;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path->toObject();
            for (auto each = methods.begin(); each != methods.end(); ++each) {
                const QByteArray method = each.key().toUpper().toLatin1();
                const QByteArray place = path.key().toLatin1();
                const QString role = each.value()[u"x-role"_s].toString();
                if (place == "/ws" || place.startsWith("/api/v1/hooks/"))
                    continue;
                const int nobody = askFor(method, place, {}).status;
                QVERIFY2((nobody == 401) == (role != u"anyone"_s), place.constData());
                for (auto token = tokenOf.cbegin(); token != tokenOf.cend(); ++token) {
                    const int status = askFor(method, place, bearer(*token)).status;
                    const QByteArray what = method + ' ' + place + " as " + token.key().toUtf8() + ": " +
                                            QByteArray::number(status);
                    QVERIFY2(status != 401, what.constData());
                    QVERIFY2((status == 403) == !mayDo(token.key(), role), what.constData());
                    ++asked;
                }
            }
        }
        QVERIFY(asked > 200);
    }

    void whatIsNoGoodToken_isRefused_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const QByteArray& field) {
            QTest::newRow(name) << field << u"ERR_2003"_s;
        };
        QTest::newRow("none") << QByteArray() << u"ERR_2001"_s;
        row("empty", "Bearer ");
        row("no scheme", "TOKEN");
        row("another scheme", "Token TOKEN");
        row("another secret", "Bearer TOKENa");
        row("cut off", "Bearer CUT");
        row("without a secret", "Bearer prism_ID_");
        row("without an id", "Bearer prism__SECRET");
        row("of nobody", "Bearer prism_0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60_SECRET");
        row("in capitals", "Bearer UPPER");
        row("two", "Bearer TOKEN, Bearer TOKEN");
        row("Latin-1", "Bearer TOKEN\xe4");
        row("far too long", "Bearer TOKEN" + QByteArray(8'000, 'a'));
        row("broken Base64", "Basic ===");
        row("no password", "Basic " + QByteArray("ana").toBase64());
    }

    void whatIsNoGoodToken_isRefused()
    {
        QFETCH(QByteArray, field);
        QFETCH(const QString, code);
        const QByteArray secret = m_admin.split('_').value(2);
        field.replace("TOKEN", m_admin);
        field.replace("SECRET", secret);
        field.replace("ID", idOf(m_admin));
        field.replace("CUT", m_admin.chopped(1));
        field.replace("UPPER", m_admin.toUpper());
        const HttpResponse answer = m_client->get(
            self, field.isEmpty() ? RestClient::Headers() : RestClient::Headers{{"Authorization", field}});
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.error(), code);
        QVERIFY(answer.header("www-authenticate").startsWith("Bearer"));
        QVERIFY(!answer.body.contains(secret));
    }

    void basic_isForReading()
    {
        const RestClient::Headers basic{{"Authorization", "Basic " + ("anybody:" + m_admin).toBase64()}};
        QCOMPARE(m_client->get("/cctray.xml", basic).status, 200);
        QCOMPARE(m_client->post(checks, parseJson(R"({"status": "PASS"})"), basic).status, 401);
    }

    void preflight_needsNoToken()
    {
        restart({u"--auth"_s, u"on"_s, u"--allow-origin"_s, u"https://board.example"_s});
        const RestClient::Headers origin{{"Origin", "https://board.example"},
                                         {"Access-Control-Request-Method", "GET"},
                                         {"Access-Control-Request-Headers", "authorization"}};
        const HttpResponse answer = m_client->send("OPTIONS", checks, origin);
        QCOMPARE(answer.status, 204);
        QVERIFY(answer.header("access-control-allow-headers").contains("Authorization"));
        QCOMPARE(m_client->send("OPTIONS", checks).status, 401);
    }

    void restAndSubCommand_doTheSame()
    {
        const HttpResponse made = m_client->post(
            tokens, parseJson(R"({"name": "pipeline", "role": "reporter", "expiresInDays": 2})"),
            bearer(m_admin));
        QCOMPARE(made.status, 201);
        QCOMPARE(made.header("cache-control"), "no-store");
        const QByteArray token = made.data()[u"token"_s].toString().toLatin1();
        QCOMPARE(made.data()[u"createdBy"_s].toString(), u"the admin"_s);
        QCOMPARE(m_client->post(checks, parseJson(R"({"status": "PASS"})"), bearer(token)).status, 201);
        QCOMPARE(ask(token).data()[u"name"_s].toString(), u"pipeline"_s);

        const ProgramResult list = run({u"list"_s});
        QVERIFY2(list.output.contains(idOf(token) + "  reporter"), list.output);
        const QByteArray rotated = lineOf(run({u"rotate"_s, QString::fromLatin1(idOf(token))}), "token");
        QVERIFY(rotated != token && idOf(rotated) == idOf(token));
        QCOMPARE(ask(token).status, 200); // for a day
        QCOMPARE(ask(rotated).status, 200);
        QVERIFY(!ask(rotated).data()[u"previousUntil"_s].toString().isEmpty());
        QCOMPARE(m_client
                     ->post(tokens + '/' + idOf(token) + "/rotate", parseJson(R"({"overlapHours": 0})"),
                            bearer(m_admin))
                     .status,
                 200);
        QCOMPARE(ask(token).status, 401);
        QCOMPARE(ask(rotated).status, 401);

        QCOMPARE(m_client->remove(tokens + '/' + idOf(token), bearer(m_admin)).status, 200);
        QCOMPARE(m_client->remove(tokens + '/' + idOf(token), bearer(m_admin)).status, 404);
        QVERIFY(!run({u"list"_s}).output.contains("pipeline"));
    }

    void subCommand_saysForHowLong()
    {
        const ProgramResult made =
            run({u"create"_s, u"--name"_s, u"x"_s, u"--role"_s, u"viewer"_s, u"--expires-days"_s, u"7"_s});
        const QDateTime expires =
            QDateTime::fromString(QString::fromLatin1(lineOf(made, "expires")), Qt::ISODateWithMs);
        QCOMPARE(QDateTime::currentDateTimeUtc().daysTo(expires), 7);
    }

    void import_bringsItsToken()
    {
        QFile file(m_server->dataDir() + u"/checks.ndjson"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"status\":\"PASS\",\"duration\":1,\"timestamp\":\"2026-01-01T00:00:00Z\"}\n");
        file.close();
        const QStringList arguments{u"import"_s, u"--server"_s, m_server->httpUrl().toString(),
                                    file.fileName()};
        const ProgramResult refused = ServerProcess::run(arguments);
        QCOMPARE(refused.exitCode, 1);
        const QByteArray reporter = made(u"reporter"_s);
        const ProgramResult done =
            ServerProcess::run(arguments, {u"PRISM_TOKEN="_s + QString::fromLatin1(reporter)});
        QVERIFY2(done.exitCode == 0, done.errors);
        QVERIFY(!done.output.contains(reporter) && !done.errors.contains(reporter));
    }

    void tokens_outliveTheServer()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QCOMPARE(ask(viewer).data()[u"role"_s].toString(), u"viewer"_s);
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(run({u"revoke"_s, QString::fromLatin1(idOf(viewer))}).exitCode, 0);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QCOMPARE(ask(viewer).status, 401);
    }

    void use_isWrittenDown()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const auto used = [&] {
            const QJsonArray all = ask(m_admin, tokens).data()[u"tokens"_s].toArray();
            for (const auto& token : all) {
                if (token[u"name"_s].toString() == u"the viewer"_s)
                    return token[u"usedAt"_s].toString();
            }
            return u"no such token"_s;
        };
        QCOMPARE(used(), QString());
        QCOMPARE(ask(viewer).status, 200);
        QTRY_VERIFY(used().endsWith(u":00.000Z"_s));
    }

    void secrets_areNowhere()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QCOMPARE(ask(viewer).status, 200);
        const HttpResponse keyed =
            m_client->post(tokens, parseJson(R"({"name": "x", "role": "viewer"})"),
                           bearer(m_admin) + RestClient::Headers{{"Idempotency-Key", "again"}});
        QCOMPARE(keyed.status, 400);
        QVERIFY(!run({u"list"_s}).output.contains(viewer.split('_').value(2)));
        QCOMPARE(m_server->terminate(), 0);
        QByteArray everything = m_server->log().toUtf8();
        const QDir folder(m_server->dataDir());
        const QFileInfoList files = folder.entryInfoList(QDir::Files);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo& file : files) {
            QFile content(file.filePath());
            QVERIFY(content.open(QIODevice::ReadOnly));
            everything += content.readAll();
        }
        QVERIFY(everything.contains(idOf(viewer)));
        for (const QByteArray& token : {viewer, m_admin}) {
            const QByteArray secret = token.split('_').value(2);
            QVERIFY(!everything.contains(secret));
            QVERIFY(!everything.contains(QByteArray::fromHex(secret)));
        }
    }

    void sessions_endWithTheirToken()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QNetworkRequest request(m_server->wsUrl());
        request.setRawHeader("Authorization", "Bearer " + viewer);
        WsClient client;
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        RawSocket stream(m_server->httpPort());
        stream.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                     "Authorization: Bearer " +
                     viewer + "\r\n\r\n");
        QVERIFY(stream.readAtLeast(1).startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(m_client->remove(tokens + '/' + idOf(viewer), bearer(m_admin)).status, 200);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
        QVERIFY(stream.waitForClosed());
    }

    void sessionOfARotatedSecret_endsWithIt()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QNetworkRequest request(m_server->wsUrl());
        request.setRawHeader("Authorization", "Bearer " + viewer);
        WsClient client;
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        const QByteArray rotate = tokens + '/' + idOf(viewer) + "/rotate";
        QCOMPARE(m_client->post(rotate, parseJson("{}"), bearer(m_admin)).status, 200);
        QVERIFY2(!client.waitForClosed(1'500), "the secret is good for a day more");
        QCOMPARE(m_client->post(rotate, parseJson(R"({"overlapHours": 0})"), bearer(m_admin)).status, 200);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
    }

    void longPoll_endsWithItsToken()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const qint64 head = m_client->get("/api/v1/events", bearer(viewer)).data()[u"head"_s].toInteger();
        RawSocket socket(m_server->httpPort());
        socket.write("GET /api/v1/events?wait=60&since=" + QByteArray::number(head) +
                     " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + viewer + "\r\n\r\n");
        QTest::qWait(300); // so that it waits
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_client->remove(tokens + '/' + idOf(viewer), bearer(m_admin)).status, 200);
        QVERIFY(socket.readAtLeast(1).startsWith("HTTP/1.1 401"));
        QVERIFY2(timer.elapsed() < 20'000, "long before its time was over");
    }

    void secondRotation_isRefusedWhileTheFirstHolds()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const QByteArray path = tokens + '/' + idOf(viewer) + "/rotate";
        const auto rotate = [&](const char* body) {
            return m_client->post(path, parseJson(body), bearer(m_admin));
        };
        const QByteArray second = rotate("{}").data()[u"token"_s].toString().toLatin1();
        const HttpResponse refused = rotate("{}");
        QCOMPARE(refused.status, 409);
        QVERIFY(refused.body.contains("overlap of 0 hours"));
        QCOMPARE(ask(viewer).status, 200);
        QCOMPARE(ask(second).status, 200);
        QCOMPARE(rotate(R"({"overlapHours": 0})").status, 200);
        QCOMPARE(ask(second).status, 401);
        QCOMPARE(rotate("{}").status, 200);
    }

    void whatIsBeyondItsLimits_isRefused_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const QJsonObject& more, const QString& field) {
            QTest::newRow(name) << more << field;
        };
        row("all is well", {}, {});
        row("longest name", {{u"name"_s, QString(100, u'n')}}, {});
        row("name too long", {{u"name"_s, QString(101, u'n')}}, u"name"_s);
        row("blank name", {{u"name"_s, u" "_s}}, u"name"_s);
        row("no day", {{u"expiresInDays"_s, 0}}, u"expiresInDays"_s);
        row("one day", {{u"expiresInDays"_s, 1}}, {});
        row("ten years", {{u"expiresInDays"_s, 3'650}}, {});
        row("longer", {{u"expiresInDays"_s, 3'651}}, u"expiresInDays"_s);
        row("half a day", {{u"expiresInDays"_s, 0.5}}, u"expiresInDays"_s);
        row("anyone", {{u"role"_s, u"anyone"_s}}, u"role"_s);
        row("somebody", {{u"role"_s, u"somebody"_s}}, u"role"_s);
        row("no such field", {{u"colour"_s, 1}}, u"colour"_s);
        row("a project", {{u"projects"_s, QJsonArray{u"web"_s}}}, {});
        row("projects that are no list", {{u"projects"_s, u"web"_s}}, u"projects"_s);
        row("project without a name", {{u"projects"_s, QJsonArray{u"web"_s, u" "_s}}}, u"projects"_s);
        row("name of a project too long", {{u"projects"_s, QJsonArray{QString(101, u'p')}}}, u"projects"_s);
        row("most projects", {{u"projects"_s, numbered(20)}}, {});
        row("more", {{u"projects"_s, numbered(21)}}, u"projects"_s);
        row("an admin of a project", {{u"role"_s, u"admin"_s}, {u"projects"_s, QJsonArray{u"web"_s}}},
            u"projects"_s);
    }

    void whatIsBeyondItsLimits_isRefused()
    {
        QFETCH(const QJsonObject, more);
        QFETCH(const QString, field);
        QJsonObject body{{u"name"_s, u"x"_s}, {u"role"_s, u"viewer"_s}};
        for (auto each = more.begin(); each != more.end(); ++each)
            body.insert(each.key(), each.value());
        const HttpResponse answer = m_client->post(tokens, body, bearer(m_admin));
        QCOMPARE(answer.status, field.isEmpty() ? 201 : 400);
        QVERIFY2(answer.details().startsWith(field), qPrintable(answer.details()));
    }

    void upgrade_needsAViewer_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("nobody") << QString() << "401"_ba;
        QTest::newRow("reporter") << u"reporter"_s << "403"_ba;
        QTest::newRow("viewer") << u"viewer"_s << "101"_ba;
    }

    void upgrade_needsAViewer()
    {
        QFETCH(const QString, role);
        QFETCH(const QByteArray, status);
        RawSocket socket(m_server->wsPort());
        QByteArray request = RawWebSocket::upgradeRequest(m_server->wsPort());
        if (!role.isEmpty())
            request.replace("\r\n\r\n", "\r\nAuthorization: Bearer " + made(role) + "\r\n\r\n");
        socket.write(request);
        QVERIFY(socket.readAtLeast(20).startsWith("HTTP/1.1 " + status));
    }

    void whoTriesTooOften_waits_andNobodyElse()
    {
        QByteArray wrong = m_admin;
        wrong.back() = wrong.back() == '0' ? '1' : '0';
        for (int i = 0; i < 10; ++i)
            QCOMPARE(ask(wrong).status, 401);
        const HttpResponse refused = ask(wrong);
        QCOMPARE(refused.status, 429);
        const int wait = refused.header("retry-after").toInt();
        QVERIFY(wait > 0 && wait <= 60);
        QCOMPARE(ask(m_admin).status, 200);
        QCOMPARE(m_client->get(self).status, 401); // who says nothing has not tried
    }

    void tokens_areSoMany()
    {
        int status = 201;
        int count = 1;
        for (; count < 20 && status == 201; ++count)
            status = m_client->post(tokens, parseJson(R"({"name": "x", "role": "viewer"})"), bearer(m_admin))
                         .status;
        QCOMPARE(status, 429);
        QCOMPARE(count - 1, 8);
    }

    void anothersKey_isNotOnesOwn()
    {
        const RestClient::Headers key{{"Idempotency-Key", "one"}};
        const QJsonValue check = parseJson(R"({"status": "PASS"})");
        const QString first = m_client->post(checks, check, bearer(m_admin) + key).data()[u"id"_s].toString();
        const QString again = m_client->post(checks, check, bearer(m_admin) + key).data()[u"id"_s].toString();
        const QString other =
            m_client->post(checks, check, bearer(made(u"reporter"_s)) + key).data()[u"id"_s].toString();
        QCOMPARE(again, first);
        QVERIFY(!other.isEmpty() && other != first);
    }

    void options_thatContradict_areRefused()
    {
        const ProgramResult both = ServerProcess::run(
            withData(m_server->dataDir(), {u"--auth"_s, u"on"_s, u"--insecure-no-auth"_s}));
        QCOMPARE(both.exitCode, 2);
        QVERIFY2(both.errors.contains("--insecure-no-auth"), both.errors);
    }

    void nonsense_isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing") << QStringList() << 2;
        QTest::newRow("unknown") << QStringList{u"borrow"_s} << 2;
        QTest::newRow("more") << QStringList{u"list"_s, u"all"_s} << 2;
        QTest::newRow("revoke what") << QStringList{u"revoke"_s} << 2;
        QTest::newRow("no role") << QStringList{u"create"_s, u"--name"_s, u"x"_s} << 1;
        QTest::newRow("no name") << QStringList{u"create"_s, u"--role"_s, u"viewer"_s} << 1;
        QTest::newRow("no such role")
            << QStringList{u"create"_s, u"--name"_s, u"x"_s, u"--role"_s, u"anyone"_s} << 1;
        QTest::newRow("no day") << QStringList{u"create"_s, u"--name"_s,         u"x"_s, u"--role"_s,
                                               u"viewer"_s, u"--expires-days"_s, u"0"_s}
                                << 1;
        QTest::newRow("no number of days")
            << QStringList{u"create"_s, u"--name"_s,         u"x"_s,  u"--role"_s,
                           u"viewer"_s, u"--expires-days"_s, u"ten"_s}
            << 1;
        QTest::newRow("no such token") << QStringList{u"revoke"_s, u"x"_s} << 1;
        QTest::newRow("nothing to rotate") << QStringList{u"rotate"_s, u"x"_s} << 1;
    }

    void nonsense_isRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        const ProgramResult result = run(arguments);
        QCOMPARE(result.exitCode, code);
        QVERIFY(!result.errors.isEmpty());
    }
};

PRISM_TEST(TestTokens)

} // namespace tst_tokens

#include "tst_tokens.moc"
