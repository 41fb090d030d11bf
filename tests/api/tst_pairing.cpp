#include "tests/api/signed_in_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_pairing {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray pairings = "/api/v1/auth/pairings";

} // namespace

/// A dashboard without a token asks to be let in, and an admin types its code.
class TestPairing : public SignedInTest
{
    Q_OBJECT

    QJsonValue begun() const
    {
        return m_client->post(pairings, QJsonObject{{u"name"_s, u"kitchen"_s}}).data();
    }

    HttpResponse collect(const QJsonValue& pairing) const
    {
        return m_client->post(pairings + '/' + pairing[u"id"_s].toString().toLatin1() + "/collect",
                              QJsonObject{{u"pollSecret"_s, pairing[u"pollSecret"_s]}});
    }

    HttpResponse approve(const QJsonValue& code, const QString& role = u"viewer"_s) const
    {
        return m_client->post(pairings + "/approve", QJsonObject{{u"code"_s, code}, {u"role"_s, role}},
                              bearer(m_admin));
    }

private slots:
    void init()
    {
        startSignedIn();
        QVERIFY(!m_admin.isEmpty());
    }

    void cleanup() { stopServer(); }

    void dashboard_isLetInByItsCode()
    {
        const QJsonValue pairing = begun();
        QCOMPARE(pairing[u"code"_s].toString().size(), 6);
        QCOMPARE(collect(pairing).status, 202);
        const HttpResponse approved = approve(pairing[u"code"_s]);
        QCOMPARE(approved.status, 200);
        QCOMPARE(approved.data()[u"name"_s].toString(), u"kitchen"_s);
        QCOMPARE(approved.data()[u"address"_s].toString(), u"127.0.0.1"_s);
        QVERIFY2(!approved.body.contains("prism_"), "the token is the dashboard's alone");
        const HttpResponse collected = collect(pairing);
        QCOMPARE(collected.status, 200);
        QCOMPARE(collected.header("cache-control"), "no-store");
        const QByteArray token = collected.data()[u"token"_s].toString().toLatin1();
        const QJsonValue who = m_client->get(selfPath, bearer(token)).data();
        QCOMPARE(who[u"role"_s].toString(), u"viewer"_s);
        QCOMPARE(who[u"name"_s].toString(), u"kitchen"_s);
        QCOMPARE(who[u"createdBy"_s].toString(), u"the admin"_s);
        QCOMPARE(collect(pairing).status, 404); // once
        QCOMPARE(approve(pairing[u"code"_s]).status, 404);
    }

    void subCommand_letsInAsWell()
    {
        const QJsonValue pairing = begun();
        const ProgramResult result =
            run({u"approve"_s, pairing[u"code"_s].toString(), u"--role"_s, u"editor"_s});
        QVERIFY2(result.exitCode == 0 && result.output.contains("kitchen"), result.errors);
        const QByteArray token = collect(pairing).data()[u"token"_s].toString().toLatin1();
        QCOMPARE(m_client->get(selfPath, bearer(token)).data()[u"role"_s].toString(), u"editor"_s);
        const ProgramResult none = run({u"approve"_s, u"000000"_s, u"--role"_s, u"editor"_s});
        QCOMPARE(none.exitCode, 1);
        QCOMPARE(run({u"approve"_s}).exitCode, 2);
    }

    void whoWaits_isListedWithoutCode()
    {
        const QJsonValue pairing = begun();
        const HttpResponse list = m_client->get(pairings, bearer(m_admin));
        const QJsonArray all = list.data()[u"pairings"_s].toArray();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.first()[u"name"_s].toString(), u"kitchen"_s);
        for (const auto& secret : {u"code"_s, u"pollSecret"_s})
            QVERIFY(!list.body.contains(pairing[secret].toString().toLatin1()));
        QCOMPARE(m_client->get(pairings).status, 401);
        QCOMPARE(approve(pairing[u"code"_s]).status, 200);
        QCOMPARE(m_client->get(pairings, bearer(m_admin)).data()[u"pairings"_s].toArray().size(), 0);
    }

    void another_collectsNothing()
    {
        const QJsonValue one = begun();
        const QJsonValue other = begun();
        QVERIFY(one[u"code"_s] != other[u"code"_s]);
        QCOMPARE(approve(one[u"code"_s]).status, 200);
        QJsonObject mixed = one.toObject();
        mixed[u"pollSecret"_s] = other[u"pollSecret"_s];
        QCOMPARE(collect(mixed).status, 404);
        mixed[u"pollSecret"_s] = u"guess"_s;
        QCOMPARE(collect(mixed).status, 404);
        QCOMPARE(collect(other).status, 202);
        QCOMPARE(collect(one).status, 200);
    }

    void whatIsBeyondItsLimits_isRefused_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const QByteArray& path, const QJsonObject& body, int status) {
            QTest::newRow(name) << path << body << status;
        };
        const QString n(100, u'n');
        row("longest name", {}, {{u"name"_s, n}}, 201);
        row("name too long", {}, {{u"name"_s, n + u'n'}}, 400);
        row("no name", {}, {{u"name"_s, u" "_s}}, 400);
        row("longest secret", "/x/collect", {{u"pollSecret"_s, n}}, 404);
        row("secret too long", "/x/collect", {{u"pollSecret"_s, n + u'n'}}, 400);
        row("another code", "/approve", {{u"code"_s, u"000000"_s}, {u"role"_s, u"viewer"_s}}, 404);
        row("code too long", "/approve", {{u"code"_s, u"0000000"_s}, {u"role"_s, u"viewer"_s}}, 400);
        row("no number", "/approve", {{u"code"_s, 123456}, {u"role"_s, u"viewer"_s}}, 400);
        row("no role", "/approve", {{u"code"_s, u"000000"_s}}, 400);
        row("an admin of a project", "/approve",
            {{u"code"_s, u"000000"_s}, {u"role"_s, u"admin"_s}, {u"projects"_s, QJsonArray{u"web"_s}}}, 400);
    }

    void whatIsBeyondItsLimits_isRefused()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QJsonObject, body);
        QFETCH(const int, status);
        QCOMPARE(m_client->post(pairings + path, body, bearer(m_admin)).status, status);
    }

    void dashboard_isLimitedToProjects()
    {
        const QJsonValue pairing = begun();
        const QJsonObject approval{{u"code"_s, pairing[u"code"_s]},
                                   {u"role"_s, u"viewer"_s},
                                   {u"projects"_s, QJsonArray{u"web"_s, u" api "_s}}};
        QCOMPARE(m_client->post(pairings + "/approve", approval, bearer(m_admin)).status, 200);
        const QByteArray token = collect(pairing).data()[u"token"_s].toString().toLatin1();
        QCOMPARE(m_client->get(selfPath, bearer(token)).data()[u"projects"_s],
                 QJsonValue(QJsonArray{u"api"_s, u"web"_s}));
    }

    void places_areFew()
    {
        QVERIFY(!begun()[u"code"_s].isUndefined());
        QVERIFY(!begun()[u"code"_s].isUndefined());
        QCOMPARE(m_client->post(pairings, QJsonObject{{u"name"_s, u"third"_s}}).status, 429);
        int let = 0;
        for (int host = 2; host < 15; ++host) {
            RawSocket socket(m_server->httpPort(), QHostAddress(u"127.0.0.%1"_s.arg(host)));
            for (int i = 0; i < 2; ++i) {
                socket.write("POST /api/v1/auth/pairings HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                             "application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}");
                let += socket.readResponse().status == 201 ? 1 : 0;
            }
        }
        QCOMPARE(let, 18);
    }

    void nobodyElse_mayLetIn()
    {
        const QJsonValue pairing = begun();
        QCOMPARE(approve(pairing[u"code"_s]).status, 200);
        const QByteArray viewer = collect(pairing).data()[u"token"_s].toString().toLatin1();
        const QJsonValue next = begun();
        const QJsonObject body{{u"code"_s, next[u"code"_s]}, {u"role"_s, u"admin"_s}};
        QCOMPARE(m_client->post(pairings + "/approve", body, bearer(viewer)).status, 403);
        QCOMPARE(m_client->post(pairings + "/approve", body).status, 401);
        QCOMPARE(collect(next).status, 202);
    }

    void restart_endsTheWait()
    {
        const QJsonValue pairing = begun();
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QCOMPARE(collect(pairing).status, 404);
        QCOMPARE(approve(pairing[u"code"_s]).status, 404);
    }
};

PRISM_TEST(TestPairing)

} // namespace tst_pairing

#include "tst_pairing.moc"
