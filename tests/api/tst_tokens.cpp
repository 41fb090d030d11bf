#include "tests/api/signed_in_test.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_tokens {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

/// A server with --auth on: who is let through, and to what.
class TestTokens : public SignedInTest
{
    Q_OBJECT

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
        startSignedIn({u"--max-tokens"_s, u"8"_s});
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
        const HttpResponse answer =
            m_client->get(selfPath, field.isEmpty() ? RestClient::Headers()
                                                    : RestClient::Headers{{"Authorization", field}});
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.error(), code);
        QVERIFY(answer.header("www-authenticate").startsWith("Bearer"));
        QVERIFY(!answer.body.contains(secret));
    }

    void basic_isForReading()
    {
        const RestClient::Headers basic{{"Authorization", "Basic " + ("anybody:" + m_admin).toBase64()}};
        QCOMPARE(m_client->get("/cctray.xml", basic).status, 200);
        QCOMPARE(m_client->post(checksPath, parseJson(R"({"status": "PASS"})"), basic).status, 401);
    }

    void preflight_needsNoToken()
    {
        restart({u"--auth"_s, u"on"_s, u"--allow-origin"_s, u"https://board.example"_s});
        const RestClient::Headers origin{{"Origin", "https://board.example"},
                                         {"Access-Control-Request-Method", "GET"},
                                         {"Access-Control-Request-Headers", "authorization"}};
        const HttpResponse answer = m_client->send("OPTIONS", checksPath, origin);
        QCOMPARE(answer.status, 204);
        QVERIFY(answer.header("access-control-allow-headers").contains("Authorization"));
        QCOMPARE(m_client->send("OPTIONS", checksPath).status, 401);
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
        QCOMPARE(m_client->get(selfPath).status, 401); // who says nothing has not tried
    }

    void anothersKey_isNotOnesOwn()
    {
        const RestClient::Headers key{{"Idempotency-Key", "one"}};
        const QJsonValue check = parseJson(R"({"status": "PASS"})");
        const QString first =
            m_client->post(checksPath, check, bearer(m_admin) + key).data()[u"id"_s].toString();
        const QString again =
            m_client->post(checksPath, check, bearer(m_admin) + key).data()[u"id"_s].toString();
        const QString other =
            m_client->post(checksPath, check, bearer(made(u"reporter"_s)) + key).data()[u"id"_s].toString();
        QCOMPARE(again, first);
        QVERIFY(!other.isEmpty() && other != first);
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

    void options_thatContradict_areRefused()
    {
        const ProgramResult both = ServerProcess::run(
            withData(m_server->dataDir(), {u"--auth"_s, u"on"_s, u"--insecure-no-auth"_s}));
        QCOMPARE(both.exitCode, 2);
        QVERIFY2(both.errors.contains("--insecure-no-auth"), both.errors);
    }
};

PRISM_TEST(TestTokens)

} // namespace tst_tokens

#include "tst_tokens.moc"
