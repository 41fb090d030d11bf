#include "tests/support/http_response.h"
#include "tests/support/loopback_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QTest>

#include <atomic>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace tst_slow_senders {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int halfRequests = 5000;
constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 gigabyte = 1024 * megabyte;
const QByteArray post = "POST /api/v1/analytics/records HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/json\r\n";

} // namespace

/// Senders that never come to an end, slowly or with much: each is ended by the server, at a small price, and
/// a well-behaved client is served all the while.
class TestSlowSenders : public QObject
{
    Q_OBJECT

private slots:
    void halfRequests_areEndedWhileOthersAreServed()
    {
        QVERIFY(raiseDescriptorLimit() > halfRequests + 100);
        start({u"--max-connections"_s, u"6000"_s, u"--max-connections-per-address"_s, u"6000"_s,
               u"--request-timeout"_s, u"4"_s, u"--idle-timeout"_s, u"4"_s});
        const QByteArrayList halves{"GET /hea"_ba, "GET /health HTTP/1.1\r\nHost: loc"_ba,
                                    post + "Content-Length: 40\r\n\r\n{\"type\":",
                                    post + "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"type\":"};
        std::atomic<bool> stopping{false};
        std::atomic<int> served{0}, failed{0};
        std::thread other([&] {
            RestClient client(m_server->httpUrl());
            for (int i = 0; !stopping; ++i) {
                const QJsonObject body{{u"type"_s, u"custom"_s}, {u"name"_s, u"record %1"_s.arg(i)}};
                ++(client.post("/api/v1/analytics/records", body).status == 201 ? served : failed);
            }
        });
        const qint64 before = m_server->memory("VmRSS");
        std::vector<pollfd> senders;
        for (int i = 0; i < halfRequests; ++i) {
            const int descriptor = connectToLoopback(m_server->httpPort());
            if (descriptor >= 0 && sendAll(descriptor, halves[i % halves.size()]))
                senders.push_back({descriptor, POLLIN, 0});
        }
        const auto opened = qsizetype(senders.size());
        qsizetype refused = 0;
        const QDeadlineTimer deadline(30000);
        for (qsizetype open = opened; open > 0 && !deadline.hasExpired();) {
            ::poll(senders.data(), senders.size(), 100);
            for (pollfd& sender : senders) {
                if (sender.fd < 0 || sender.revents == 0)
                    continue;
                char bytes[4096] = {};
                const ssize_t length = ::recv(sender.fd, bytes, sizeof bytes, MSG_DONTWAIT);
                refused += QByteArray(bytes, qMax<ssize_t>(length, 0)).startsWith("HTTP/1.1 408") ? 1 : 0;
                ::close(std::exchange(sender.fd, -1));
                --open;
            }
        }
        const qint64 growth = m_server->memory("VmHWM") - before;
        stopping = true;
        other.join();
        qInfo("%lld half requests, %lld refused with 408; %d writes beside them; %lld MB more",
              qlonglong(opened), qlonglong(refused), served.load(), growth / megabyte);
        QCOMPARE(opened, halfRequests);
        QCOMPARE(refused, halfRequests);
        QCOMPARE(failed.load(), 0);
        QVERIFY(served > 100);
        QVERIFY2(growth < 256 * megabyte, "half requests are dear");
    }

    void gigabyte_isCutOffEarly_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray much(64 * 1024, 'x');
        const QByteArray upgrade = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                   "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        const QByteArray mask(4, '\0');
        QTest::newRow("header") << "GET /health HTTP/1.1\r\nHost: localhost\r\nX: "_ba << much
                                << "HTTP/1.1 431"_ba;
        QTest::newRow("many headers") << "GET /health HTTP/1.1\r\nHost: localhost\r\n"_ba
                                      << "X: y\r\n"_ba.repeated(10000) << "HTTP/1.1 431"_ba;
        QTest::newRow("target") << "GET /"_ba << much << "HTTP/1.1 431"_ba;
        QTest::newRow("body") << post + "Content-Length: 1073741824\r\n\r\n" << much << "HTTP/1.1 413"_ba;
        QTest::newRow("chunks") << post + "Transfer-Encoding: chunked\r\n\r\n"
                                << "10000\r\n" + much + "\r\n"
                                << "HTTP/1.1 413"_ba;
        QTest::newRow("one chunk") << post + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n"
                                   << much << "HTTP/1.1 413"_ba;
        QTest::newRow("frame") << upgrade + "\x81\xff" + QByteArray::fromHex("0000000040000000") + mask
                               << much << "\x03\xf1"_ba;
        QTest::newRow("message in parts")
            << upgrade + QByteArray::fromHex("01fe8000") + mask + QByteArray(0x8000, 'x')
            << (QByteArray::fromHex("00fe8000") + mask + QByteArray(0x8000, 'x')).repeated(2)
            << "\x03\xf1"_ba;
    }

    void gigabyte_isCutOffEarly()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const QByteArray, part);
        QFETCH(const QByteArray, answer);
        start();
        RestClient other(m_server->httpUrl());
        QCOMPARE(other.get("/health").status, 200);
        const qint64 before = m_server->memory("VmRSS");
        const int descriptor = connectToLoopback(m_server->httpPort());
        QVERIFY(descriptor >= 0);
        QByteArray received;
        const auto receive = [&](int flags) {
            char bytes[4096];
            const ssize_t length = ::recv(descriptor, bytes, sizeof bytes, flags);
            if (length > 0)
                received.append(bytes, length);
            return length;
        };
        qint64 sent = 0;
        bool open = sendAll(descriptor, head);
        while (open && sent < gigabyte) {
            open = sendAll(descriptor, part);
            sent += part.size();
            receive(MSG_DONTWAIT);
        }
        while (receive(0) > 0) {
        }
        ::close(descriptor);
        QVERIFY2(!open, "all of it was taken");
        QVERIFY2(sent < 64 * megabyte, QByteArray::number(sent).constData());
        QVERIFY2(received.contains(answer), received.right(500).constData());
        QVERIFY2(m_server->memory("VmHWM") - before < 64 * megabyte, "it was kept");
        QCOMPARE(other.get("/health").status, 200);
    }

    void cleanup() { m_server.reset(); }

private:
    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        m_server->addEnvironment(u"ASAN_OPTIONS"_s,
                                 u"quarantine_size_mb=1:thread_local_quarantine_size_kb=64"_s);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestSlowSenders)

} // namespace tst_slow_senders

#include "tst_slow_senders.moc"
