#include "tests/api/signed_in_test.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QDir>
#include <QTest>
#include <QUrlQuery>

namespace tst_tickets {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray ticketAddress = "/api/v1/auth/ticket";

} // namespace

/// What signs in where no header can be sent.
class TestTickets : public SignedInTest
{
    Q_OBJECT

    QByteArray ticketOf(const QByteArray& token) const
    {
        return m_client->post(ticketAddress, QByteArray(), bearer(token))
            .data()[u"ticket"_s]
            .toString()
            .toLatin1();
    }

    QUrl socketUrl(const QByteArray& ticket) const
    {
        QUrl url = m_server->wsUrl();
        url.setQuery(u"ticket="_s + QString::fromLatin1(ticket));
        return url;
    }

    RawSocket streamOf(const QByteArray& ticket) const
    {
        RawSocket stream(m_server->httpPort());
        stream.write("GET /api/v1/events?ticket=" + ticket +
                     " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        return stream;
    }

private slots:
    void init()
    {
        startSignedIn({u"--log-level"_s, u"debug"_s});
        QVERIFY(m_admin.startsWith("prism_"));
    }

    void cleanup() { stopServer(); }

    void ticket_isMadeForWhoSignedIn()
    {
        QCOMPARE(m_client->post(ticketAddress, QByteArray()).status, 401);
        const HttpResponse answer = m_client->post(ticketAddress, QByteArray(), bearer(made(u"reporter"_s)));
        QCOMPARE(answer.status, 201);
        QCOMPARE(answer.header("cache-control"), "no-store"_ba);
        QCOMPARE(answer.data()[u"ticket"_s].toString().size(), 64);
        const QDateTime until =
            QDateTime::fromString(answer.data()[u"expiresAt"_s].toString(), Qt::ISODateWithMs);
        const qint64 left = QDateTime::currentDateTimeUtc().secsTo(until);
        QVERIFY(left > 20 && left <= 30);
    }

    void whatCannotSendHeaders_isLetInOnce_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("events") << "/api/v1/events?"_ba;
        QTest::newRow("export") << "/api/v1/analytics/export?format=csv&"_ba;
        QTest::newRow("audit") << "/api/v1/audit/export?"_ba;
    }

    void whatCannotSendHeaders_isLetInOnce()
    {
        QFETCH(QByteArray, path);
        path += "ticket=" + ticketOf(m_admin);
        QCOMPARE(m_client->get(path).status, 200);
        const HttpResponse again = m_client->get(path);
        QCOMPARE(again.status, 401);
        QCOMPARE(again.error(), u"ERR_2003"_s);
        QVERIFY2(again.message().contains(u"ticket"_s), again.summary());
    }

    void sockets_areLetInOnce()
    {
        const QByteArray ticket = ticketOf(made(u"viewer"_s));
        WsClient client;
        QVERIFY(client.open(socketUrl(ticket)));
        QVERIFY(client.sync().has_value());
        RawWebSocket again(m_server->wsPort(), "/ws?ticket=" + ticket);
        QCOMPARE(again.handshake().status, 401);
        RawWebSocket other(m_server->httpPort(), "/ws?since=0&ticket=" + ticketOf(m_admin));
        QCOMPARE(other.handshake().status, 101);
    }

    void streams_areLetInOnce()
    {
        const QByteArray ticket = ticketOf(m_admin);
        RawSocket stream = streamOf(ticket);
        QVERIFY(stream.readAtLeast(20).startsWith("HTTP/1.1 200 OK"));
        RawSocket again = streamOf(ticket);
        QVERIFY(again.readAtLeast(20).startsWith("HTTP/1.1 401"));
    }

    /// What can send a header sends its token; what changes something does so too.
    void nothingElse_takesTickets()
    {
        const QByteArray ticket = ticketOf(m_admin);
        for (const char* path : {"/api/v1/auth/self", "/api/v1/auth/tokens", "/api/v1/audit", "/metrics",
                                 "/api/v1/analytics/records", "/api/v1/settings", "/nothing"})
            QCOMPARE(m_client->get(path + "?ticket="_ba + ticket).status, 401);
        QCOMPARE(m_client->post(ticketAddress + "?ticket=" + ticket, QByteArray()).status, 401);
        QCOMPARE(m_client->post("/api/v1/gateway/checks?ticket=" + ticket, parseJson(R"({"status":"PASS"})"))
                     .status,
                 401);
        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(m_admin) + "?ticket=" + ticket).status, 401);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + ticket).status, 200); // it was not used up by that
    }

    void whatIsNoTicket_isRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("empty") << "ticket="_ba;
        QTest::newRow("without a value") << "ticket"_ba;
        QTest::newRow("cut off") << "ticket=CUT"_ba;
        QTest::newRow("longer") << "ticket=TICKETa"_ba;
        QTest::newRow("in capitals") << "ticket=UPPER"_ba;
        QTest::newRow("two, the first wrong") << "ticket=x&ticket=TICKET"_ba;
        QTest::newRow("a token") << "ticket=TOKEN"_ba;
        QTest::newRow("not ASCII") << "ticket=%E4%BB%A4"_ba;
        QTest::newRow("a zero") << "ticket=%00"_ba;
        QTest::newRow("huge") << "ticket=" + QByteArray(8'000, 'a');
        QTest::newRow("named otherwise") << "Ticket=TICKET"_ba;
    }

    void whatIsNoTicket_isRefused()
    {
        QFETCH(QByteArray, query);
        const QByteArray ticket = ticketOf(m_admin);
        query.replace("TICKET", ticket).replace("CUT", ticket.chopped(1)).replace("UPPER", ticket.toUpper());
        query.replace("TOKEN", m_admin);
        QCOMPARE(m_client->get("/api/v1/events?" + query).status, 401);
        QCOMPARE(RawWebSocket(m_server->httpPort(), "/ws?" + query).handshake().status, 401);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + ticket).status, 200);
    }

    void ticket_mayDoWhatItsTokenMay()
    {
        const QByteArray reporter = made(u"reporter"_s);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + ticketOf(reporter)).status, 403);
        QCOMPARE(m_client->get("/api/v1/audit/export?ticket=" + ticketOf(made(u"viewer"_s))).status, 403);
        QCOMPARE(RawWebSocket(m_server->httpPort(), "/ws?ticket=" + ticketOf(reporter)).handshake().status,
                 403);
    }

    /// Where a token is sent the ticket is not looked at, and stays.
    void token_winsOverTicket()
    {
        const QByteArray ticket = ticketOf(m_admin);
        const QByteArray path = "/api/v1/events?ticket=" + ticket;
        QCOMPARE(m_client->get(path, bearer(m_admin)).status, 200);
        QCOMPARE(m_client->get(path, bearer("nonsense")).status, 401);
        QCOMPARE(m_client->get(path).status, 200);
    }

    void ticket_diesWithItsToken()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const QByteArray unused = ticketOf(viewer);
        WsClient client;
        QVERIFY(client.open(socketUrl(ticketOf(viewer))));
        RawSocket stream = streamOf(ticketOf(viewer));
        QVERIFY(stream.readAtLeast(20).startsWith("HTTP/1.1 200 OK"));
        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(viewer), bearer(m_admin)).status, 200);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + unused).status, 401);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
        QVERIFY(stream.waitForClosed());
    }

    /// It stands for the secret by which it was asked for, not for a later one.
    void ticket_diesWithItsSecret()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const QByteArray unused = ticketOf(viewer);
        WsClient client;
        QVERIFY(client.open(socketUrl(ticketOf(viewer))));
        QCOMPARE(m_client
                     ->post(tokensPath + '/' + idOf(viewer) + "/rotate", parseJson(R"({"overlapHours": 0})"),
                            bearer(m_admin))
                     .status,
                 200);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + unused).status, 401);
        QVERIFY(client.waitForClosed());
        QCOMPARE(client.closeCode(), 1008);
    }

    void oneToken_hasSoMany()
    {
        const QByteArray viewer = made(u"viewer"_s);
        for (int i = 0; i < 64; ++i)
            QVERIFY(!ticketOf(viewer).isEmpty());
        const HttpResponse more = m_client->post(ticketAddress, QByteArray(), bearer(viewer));
        QCOMPARE(more.status, 429);
        QCOMPARE(more.error(), u"ERR_4003"_s);
        QVERIFY(!ticketOf(m_admin).isEmpty());
    }

    void wrongTickets_areCountedAsWrongTokensAre()
    {
        for (int i = 0; i < 10; ++i)
            QCOMPARE(m_client->get("/api/v1/events?ticket=wrong").status, 401);
        QCOMPARE(m_client->get("/api/v1/events?ticket=wrong").status, 429);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + ticketOf(m_admin)).status, 200);
    }

    void tickets_areNowhere()
    {
        const QByteArray used = ticketOf(m_admin);
        const QByteArray unused = ticketOf(m_admin);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + used).status, 200);
        QCOMPARE(m_client->get("/api/v1/events?ticket=" + used).status, 401);
        WsClient client;
        const QByteArray socket = ticketOf(m_admin);
        QVERIFY(client.open(socketUrl(socket)));
        QCOMPARE(m_server->terminate(), 0);
        QByteArray everything = m_server->log().toUtf8();
        QVERIFY(everything.contains("/api/v1/events"));
        const QFileInfoList files = QDir(m_server->dataDir()).entryInfoList(QDir::Files);
        for (const QFileInfo& file : files) {
            QFile content(file.filePath());
            QVERIFY(content.open(QIODevice::ReadOnly));
            everything += content.readAll();
        }
        for (const QByteArray& ticket : {used, unused, socket})
            QVERIFY(!everything.contains(ticket));
    }

    void whereNobodySignsIn_ticketsArePassedOver()
    {
        m_server->setArguments({});
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        const HttpResponse answer = m_client->post(ticketAddress, QByteArray());
        QCOMPARE(answer.status, 201);
        const QByteArray ticket = answer.data()[u"ticket"_s].toString().toLatin1();
        for (int i = 0; i < 2; ++i)
            QCOMPARE(m_client->get("/api/v1/events?ticket=" + ticket).status, 200);
    }
};

PRISM_TEST(TestTickets)

} // namespace tst_tickets

#include "tst_tickets.moc"
