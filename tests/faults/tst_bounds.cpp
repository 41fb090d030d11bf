#include "tests/support/loopback_socket.h"
#include "tests/support/raw_web_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tst_bounds {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 megabyte = 1024 * 1024;
const QByteArray bulk = "POST /api/v1/gateway/checks HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/x-ndjson\r\nContent-Length: 10000000\r\n\r\n";

QByteArray get(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

/// Connections that behave as badly as they can, without blocking whoever has them.
class Attackers
{
public:
    explicit Attackers(quint16 port)
        : m_port(port)
    {
    }
    ~Attackers()
    {
        for (const int descriptor : m_descriptors)
            ::close(descriptor);
    }
    Q_DISABLE_COPY_MOVE(Attackers)

    /// From 127.0.0.`host`, with a small window; false when it was refused.
    bool add(int host = 1)
    {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int window = 4096;
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(0x7f000000U + quint32(host));
        const auto* const any = reinterpret_cast<const sockaddr*>(&address);
        bool connected = ::bind(descriptor, any, sizeof address) == 0;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(m_port);
        connected = connected && ::connect(descriptor, any, sizeof address) == 0;
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
        m_descriptors.push_back(descriptor);
        m_sent.push_back(0);
        return connected;
    }

    std::size_t size() const { return m_descriptors.size(); }

    /// Has the one send what is not sent yet of these bytes, as far as they are taken.
    void push(std::size_t which, const QByteArray& bytes)
    {
        qsizetype& sent = m_sent[which];
        while (sent < bytes.size()) {
            const ssize_t taken = ::send(m_descriptors[which], bytes.constData() + sent,
                                         std::size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (taken <= 0)
                break;
            sent += taken;
        }
    }

    /// What it has been sent, as far as it has arrived; "" when nothing, and null when the connection broke.
    QByteArray read(std::size_t which) const
    {
        QByteArray bytes("");
        char part[4096] = {};
        ssize_t got = 0;
        while ((got = ::recv(m_descriptors[which], part, sizeof part, 0)) > 0)
            bytes.append(part, got);
        return got < 0 && errno != EAGAIN && bytes.isEmpty() ? QByteArray() : bytes;
    }

    /// Which have been told something, or been ended.
    int touched() const
    {
        std::vector<pollfd> all;
        for (const int descriptor : m_descriptors)
            all.push_back({descriptor, POLLIN, 0});
        return ::poll(all.data(), all.size(), 0);
    }

private:
    const quint16 m_port;
    std::vector<int> m_descriptors;
    std::vector<qsizetype> m_sent;
};

} // namespace

/// What clients do or leave undone costs the server little, and others nothing.
class TestBounds : public QObject
{
    Q_OBJECT

private slots:
    void cleanup()
    {
        if (m_server)
            qInfo("%lld MB more, /health within %lld ms", grown() / megabyte, m_longest);
        m_longest = 0;
        m_client.reset();
        m_server.reset();
    }

    /// A hundred bodies of 10 MB of which the last byte never comes.
    void bodiesThatNeverEnd()
    {
        start({u"--request-timeout"_s, u"60"_s});
        const QByteArray line = R"({"status":"PASS","duration":1})"
                                "\n";
        const QByteArray request = bulk + line.repeated(10'000'000 / line.size()).first(9'990'000);
        Attackers attackers(m_server->httpPort());
        for (int i = 0; i < 100; ++i)
            QVERIFY(attackers.add());
        // Three rounds, so that all of them send at once.
        for (int round = 1; round <= 3; ++round) {
            for (std::size_t i = 0; i < attackers.size(); ++i)
                attackers.push(i, request.first(request.size() * round / 3));
            probe();
        }
        const auto mostAreRefused = [&] {
            for (std::size_t i = 0; i < attackers.size(); ++i)
                attackers.push(i, request);
            return attackers.touched() >= 85;
        };
        QTRY_VERIFY_WITH_TIMEOUT(mostAreRefused(), 30'000);
        int refused = 0;
        for (std::size_t i = 0; i < attackers.size(); ++i)
            refused += attackers.read(i).startsWith("HTTP/1.1 408") ? 1 : 0;
        QVERIFY2(refused >= 85, QByteArray::number(refused).constData());
        QTRY_VERIFY(metric("prism_unfinished_body_bytes") <= double(64 * megabyte));
        QVERIFY(metric("prism_unfinished_body_closes_total") >= 85);
        // Whoever sends on gets through beside those who are still there, and small bodies always do.
        m_client->setTimeout(30'000);
        QCOMPARE(m_client->post("/api/v1/gateway/checks", line.repeated(9'000), ndjson).status, 201);
        QCOMPARE(m_client->post("/api/v1/gateway/checks", line, ndjson).status, 201);
        QVERIFY2(grown() < 256 * megabyte, QByteArray::number(grown() / megabyte).constData());
    }

    /// Answers of about a megabyte, for which many ask and which nobody reads.
    void answersThatNobodyReads_data()
    {
        QTest::addColumn<QByteArray>("request");
        const QByteArray events = "/api/v1/events?since=0&limit=1000";
        QTest::newRow("one each") << get(events);
        QTest::newRow("many behind each other") << get(events).repeated(20);
        QTest::newRow("compressed") << "GET " + events +
                                           " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n";
        QTest::newRow("the last of a connection")
            << "GET " + events + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        QTest::newRow("streams") << "GET /api/v1/events?since=0 HTTP/1.1\r\nHost: localhost\r\n"
                                    "Accept: text/event-stream\r\n\r\n"_ba;
        QTest::newRow("sessions") << "GET /ws?since=0 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"_ba;
    }

    void answersThatNobodyReads()
    {
        QFETCH(const QByteArray, request);
        constexpr int attackersCount = 300;
        QVERIFY(raiseDescriptorLimit() > attackersCount + 100);
        start({u"--slow-timeout"_s, u"1"_s, u"--idle-timeout"_s, u"1"_s, u"--heartbeat-interval"_s, u"1"_s,
               u"--max-unsent-bytes"_s, u"33554432"_s});
        fillLog();
        Attackers attackers(m_server->httpPort());
        for (int i = 0; i < attackersCount; ++i) {
            QVERIFY(attackers.add());
            attackers.push(std::size_t(i), request);
            if (i % 50 == 0)
                probe();
        }
        probe();
        QVERIFY2(grown() < 256 * megabyte, QByteArray::number(grown() / megabyte).constData());
        QTRY_COMPARE_WITH_TIMEOUT(metric("prism_unsent_bytes"), 0.0, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(metric("prism_connections_open") < 5, 30'000);
        probe();
    }

    /// From one address, silently or with half a request; another address is served as if nobody were there.
    void addressThatTakesAllConnections()
    {
        start({u"--max-connections"_s, u"1000"_s});
        Attackers attackers(m_server->httpPort());
        Attackers other(m_server->httpPort());
        for (int i = 0; i < 1'500; ++i) {
            attackers.add();
            if (i % 3 == 0)
                attackers.push(std::size_t(i), "GET /hea");
            if (i % 300 == 299)
                probe();
        }
        QVERIFY(other.add(2));
        const QByteArray request = get("/api/v1/settings");
        other.push(0, request);
        QByteArray answer;
        QTRY_VERIFY((answer += other.read(0)).startsWith("HTTP/1.1 200"));
        QCOMPARE(RestClient(m_server->httpUrl()).get("/api/v1/settings").status, 503);
        QVERIFY(metricBeside("prism_connections_open", other) <= 502);
    }

    void halfHeads_ofAllSizes_cost_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("a long head") << "GET /health HTTP/1.1\r\nHost: localhost\r\nX: "_ba +
                                            QByteArray(16'000, 'x');
        QTest::newRow("much behind a request that waits")
            << get("/api/v1/events?since=1000000000&wait=60") + QByteArray(200'000, 'x');
        QTest::newRow("much behind a long poll")
            << "GET /api/v1/events?since=0&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba +
                   QByteArray(200'000, 'x');
        QTest::newRow("half a body") << bulk + QByteArray(30'000, '\n');
    }

    void halfHeads_ofAllSizes_cost()
    {
        QFETCH(const QByteArray, begin);
        constexpr int attackersCount = 2'000;
        QVERIFY(raiseDescriptorLimit() > attackersCount + 100);
        start();
        Attackers attackers(m_server->httpPort());
        for (int i = 0; i < attackersCount; ++i) {
            QVERIFY(attackers.add());
            attackers.push(std::size_t(i), begin);
        }
        probe();
        QVERIFY2(grown() < 200 * megabyte, QByteArray::number(grown() / megabyte).constData());
    }

    /// The close frame arrives before the end, whatever the client is sending.
    void lastWordToASession_thatIsStillSending_arrives_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("code");
        const QByteArray mask(4, '\0');
        QTest::newRow("a message that is too long")
            << "\x81\xff" + QByteArray::fromHex("0000000000100000") + mask << QByteArray::fromHex("03f1");
        QTest::newRow("a frame of no kind") << "\x83\x80" + mask << QByteArray::fromHex("03ea");
    }

    void lastWordToASession_thatIsStillSending_arrives()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, code);
        start();
        for (int round = 0; round < 20; ++round) {
            RawWebSocket client(m_server->wsPort());
            QCOMPARE(client.handshake().status, 101);
            const int descriptor = int(client.raw().socket().socketDescriptor());
            QByteArray all = bytes + QByteArray(2 * megabyte, 'x');
            for (qsizetype at = 0; at < all.size();) {
                pollfd writable{descriptor, POLLOUT, 0};
                QCOMPARE(::poll(&writable, 1, 10'000), 1);
                const ssize_t sent = ::send(descriptor, all.constData() + at, std::size_t(all.size() - at),
                                            MSG_NOSIGNAL | MSG_DONTWAIT);
                QVERIFY2(sent > 0, "it was reset while it was sending");
                at += sent;
            }
            const QByteArray received = client.raw().readAll(10'000);
            QVERIFY2(received.contains("\x88"_ba) && received.contains(code), received.toHex().constData());
            QCOMPARE(client.raw().socket().error(), QAbstractSocket::RemoteHostClosedError);
        }
    }

private:
    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        m_server->addEnvironment(u"ASAN_OPTIONS"_s,
                                 u"quarantine_size_mb=1:thread_local_quarantine_size_kb=64"_s);
        QVERIFY(m_server->start());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get("/health").status, 200);
        m_before = m_server->memory("VmRSS");
    }

    /// A page of events is as large as it may be.
    void fillLog()
    {
        const QByteArray line =
            fill(R"({"type":"quick","duration":1,"summary":"%1"})", QByteArray(1'000, 's')) + '\n';
        QCOMPARE(m_client->post("/api/v1/retros", line.repeated(9'000), ndjson).status, 201);
        QVERIFY(m_client->get("/api/v1/events?since=0&limit=1000").body.size() > 900'000);
        m_before = m_server->memory("VmRSS");
    }

    /// /health answers whoever has just come, in a second on a machine that does nothing else; here it is
    /// enough that it does.
    void probe()
    {
        QElapsedTimer timer;
        timer.start();
        const HttpResponse answer = RestClient(m_server->httpUrl()).get("/health");
        QVERIFY2(answer.status == 200, answer.summary().constData());
        m_longest = std::max(m_longest, timer.elapsed());
    }

    qint64 grown() const { return m_server->memory("VmHWM") - m_before; }

    static double metricIn(const QByteArray& text, const QByteArray& name)
    {
        const qsizetype at = text.indexOf('\n' + name + ' ');
        return at < 0 ? -1 : text.mid(at + name.size() + 2).split('\n').first().toDouble();
    }

    double metric(const QByteArray& name) { return metricIn(m_client->get("/metrics").body, name); }

    /// The same by a connection of another address.
    static double metricBeside(const QByteArray& name, Attackers& other)
    {
        const auto which = other.size();
        other.add(2);
        other.push(which, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QByteArray text;
        (void)QTest::qWaitFor([&] { return metricIn(text += other.read(which), name) >= 0; });
        return metricIn(text, name);
    }

    const RestClient::Headers ndjson{{"Content-Type", "application/x-ndjson"}};
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RestClient> m_client;
    qint64 m_before = 0;
    qint64 m_longest = 0;
};

PRISM_TEST(TestBounds)

} // namespace tst_bounds

#include "tst_bounds.moc"
