#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QNetworkRequest>
#include <QTest>

namespace tst_expired_tokens {

using namespace prism::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray tokens = "/api/v1/auth/tokens";

RestClient::Headers bearer(const QByteArray& token)
{
    return {{"Authorization", "Bearer " + token}};
}

} // namespace

/// Time passes over tokens: those that have expired, and those whose overlap is over.
class TestExpiredTokens : public QObject
{
    Q_OBJECT

    std::unique_ptr<FaultyServer> m_server;
    std::unique_ptr<RestClient> m_client;
    QByteArray m_admin;

    QByteArray made(int days) const
    {
        return m_client
            ->post(tokens,
                   QJsonObject{{u"name"_s, u"x"_s}, {u"role"_s, u"viewer"_s}, {u"expiresInDays"_s, days}},
                   bearer(m_admin))
            .data()[u"token"_s]
            .toString()
            .toLatin1();
    }

    QByteArray rotated(const QByteArray& token, int overlapHours) const
    {
        return m_client
            ->post(tokens + '/' + token.split('_').value(1) + "/rotate",
                   QJsonObject{{u"overlapHours"_s, overlapHours}}, bearer(m_admin))
            .data()[u"token"_s]
            .toString()
            .toLatin1();
    }

    int ask(const QByteArray& token) const
    {
        return m_client->get("/api/v1/auth/self", bearer(token)).status;
    }

    void setClockAhead(std::chrono::seconds ahead) { m_server->board().setClockAhead(ahead); }

private slots:
    void init()
    {
        m_server = std::make_unique<FaultyServer>(QStringList{u"--auth"_s, u"on"_s});
        const ProgramResult admin =
            ServerProcess::run({u"--data-dir"_s, m_server->server().dataDir(), u"token"_s, u"create"_s,
                                u"--name"_s, u"ana"_s, u"--role"_s, u"admin"_s});
        const qsizetype at = admin.output.indexOf("prism_");
        QVERIFY(at >= 0);
        m_admin = admin.output.sliced(at).split('\n').first().trimmed();
        QVERIFY(m_server->server().start());
        m_client = std::make_unique<RestClient>(m_server->server().httpUrl());
    }

    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void expired_isRefusedFromThenOn()
    {
        const QByteArray viewer = made(2);
        setClockAhead(47h);
        QCOMPARE(ask(viewer), 200);
        setClockAhead(49h);
        QCOMPARE(ask(viewer), 401);
        QCOMPARE(ask(m_admin), 200);
    }

    void sessionOfAnExpiredToken_ends()
    {
        const QByteArray viewer = made(1);
        QNetworkRequest request(m_server->server().wsUrl());
        request.setRawHeader("Authorization", "Bearer " + viewer);
        WsClient client;
        client.socket().open(request);
        QVERIFY(client.waitForCount(1));
        setClockAhead(25h);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
    }

    void rotation_ofAnExpiredToken_bringsItsSecretNotBack()
    {
        const QByteArray viewer = made(1);
        setClockAhead(25h);
        QCOMPARE(ask(viewer), 401);
        const QByteArray next = rotated(viewer, 24);
        QVERIFY(!next.isEmpty());
        QCOMPARE(ask(viewer), 401);
        QCOMPARE(ask(next), 200);
    }

    void rotation_justBeforeTheEnd_makesTheOldSecretNoOlderThanItWas()
    {
        const QByteArray viewer = made(1);
        setClockAhead(23h);
        const QByteArray next = rotated(viewer, 24);
        QCOMPARE(ask(viewer), 200);
        setClockAhead(25h);
        QCOMPARE(ask(viewer), 401);
        QCOMPARE(ask(next), 200);
        setClockAhead(48h);
        QCOMPARE(ask(next), 401);
    }

    void overlap_ends()
    {
        const QByteArray viewer = made(30);
        const QByteArray next = rotated(viewer, 2);
        setClockAhead(119min);
        QCOMPARE(ask(viewer), 200);
        setClockAhead(121min);
        QCOMPARE(ask(viewer), 401);
        const QByteArray third = rotated(next, 2);
        QVERIFY2(!third.isEmpty(), "nothing holds any more that would have to be waited for");
        QCOMPARE(ask(next), 200);
        QCOMPARE(ask(third), 200);
    }
};

PRISM_TEST(TestExpiredTokens)

} // namespace tst_expired_tokens

#include "tst_expired_tokens.moc"
