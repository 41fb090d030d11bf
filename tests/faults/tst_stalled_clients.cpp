#include "tests/faults/crowd.h"
#include "tests/support/loopback_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <atomic>
#include <thread>

namespace tst_stalled_clients {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int clients = 1000;
constexpr int stalledClients = 100;
constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 mostGrowth = 128 * megabyte;

qint64 microseconds()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
}

double p99(std::vector<qint64>& latencies)
{
    if (latencies.empty())
        return -1;
    std::sort(latencies.begin(), latencies.end());
    return double(latencies[latencies.size() * 99 / 100]) / 1000.0;
}

} // namespace

/// A tenth of the clients stop reading: the rest miss nothing, the server stays small, and the stalled ones
/// are let go and come back complete.
class TestStalledClients : public QObject
{
    Q_OBJECT

private slots:
    void stalledTenth_costsTheOthersNothingAndComesBackComplete()
    {
        QVERIFY(raiseDescriptorLimit() > clients + 100);
        ServerProcess server({u"--slow-timeout"_s, u"8"_s, u"--backlog-bytes"_s, u"8388608"_s});
        server.addEnvironment(u"ASAN_OPTIONS"_s,
                              u"quarantine_size_mb=1:thread_local_quarantine_size_kb=64"_s);
        QVERIFY(server.start());
        const QByteArray epoch =
            RestClient(server.httpUrl()).get("/ready").data()["epoch"_L1].toString().toLatin1();
        Crowd crowd;
        std::vector<qint64> latencies;
        crowd.onEvent = [&](const QByteArray& text) {
            const qsizetype at = text.indexOf("sent ");
            if (at >= 0)
                latencies.push_back(microseconds() - std::strtoll(text.constData() + at + 5, nullptr, 10));
        };
        for (int i = 0; i < clients; ++i) {
            const bool willStall = i < stalledClients;
            crowd.add(server.wsPort(), "/ws?since=0&epoch=" + epoch, 0, willStall ? 4096 : 0,
                      willStall ? 1000 : 0);
        }
        auto& members = crowd.members();
        const auto allOpen = [&] {
            return std::all_of(members.begin(), members.end(),
                               [](const auto& member) { return member.open; });
        };
        QVERIFY(crowd.readUntil(allOpen, 20000));
        const auto caughtUp = [&] {
            return std::all_of(members.begin(), members.end(), [&](const auto& member) {
                return !member.reading || member.position == m_posted;
            });
        };

        postWhile(server, 100, [&] { return crowd.readUntil([&] { return m_done && caughtUp(); }, 20000); });
        const double before = p99(latencies);
        const qint64 small = server.memory("VmRSS");
        latencies.clear();

        for (int i = 0; i < stalledClients; ++i)
            members[std::size_t(i)].reading = false;
        const auto tooSlow = [&] { return server.log().count(u"too slow"_s) >= stalledClients; };
        importMuch(server);
        QVERIFY(crowd.readUntil(caughtUp, 40000));
        latencies.clear();
        postWhile(server, 250, [&] { return crowd.readUntil([&] { return m_done && caughtUp(); }, 40000); });
        const double during = p99(latencies);
        QVERIFY(QTest::qWaitFor(tooSlow, 20000));
        const qint64 peak = server.memory("VmHWM");
        QVERIFY2(peak - small < mostGrowth, QByteArray::number(peak - small).constData());
        for (std::size_t i = stalledClients; i < members.size(); ++i)
            QVERIFY(!members[i].closed && members[i].outOfOrder == 0 && members[i].position == m_posted);

        for (int i = 0; i < stalledClients; ++i)
            members[std::size_t(i)].reading = true;
        const auto gone = [&] {
            return std::all_of(members.begin(), members.begin() + stalledClients,
                               [](const auto& member) { return member.closed || member.closeCode != 0; });
        };
        QVERIFY(crowd.readUntil(gone, 20000));
        for (int i = 0; i < stalledClients; ++i) {
            const Seq position = members[std::size_t(i)].position;
            QVERIFY(members[std::size_t(i)].outOfOrder == 0 && position < m_posted);
            crowd.add(server.wsPort(),
                      "/ws?since=" + QByteArray::number(qlonglong(position)) + "&epoch=" + epoch, position);
            members[std::size_t(i)].reading = false;
        }
        QVERIFY(crowd.readUntil(caughtUp, 20000));
        for (std::size_t i = clients; i < members.size(); ++i)
            QCOMPARE(members[i].outOfOrder, 0);
        qInfo("p99 before %.1f ms, during %.1f ms; memory %lld MB before, %lld MB at most; %lld events",
              before, during, small / megabyte, peak / megabyte, qlonglong(m_posted));
    }

private:
    /// Posts fifty records a second beside `body`.
    void postWhile(ServerProcess& server, int count, const std::function<bool()>& body)
    {
        m_done = false;
        std::thread posting([&] {
            RestClient client(server.httpUrl());
            Clock::time_point next = Clock::now();
            for (int i = 0; i < count; ++i) {
                std::this_thread::sleep_until(next += std::chrono::milliseconds(20));
                const QString name = u"sent %1 us"_s.arg(microseconds());
                if (client
                        .post("/api/v1/analytics/records",
                              QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, name}})
                        .status == 201)
                    ++m_posted;
            }
            m_done = true;
        });
        const bool done = body();
        posting.join();
        QVERIFY(done);
    }

    void importMuch(ServerProcess& server)
    {
        constexpr int lines = 1500;
        const QByteArray line =
            R"({"type":"quick","duration":1,"summary":"%1"})"_ba.replace("%1", QByteArray(700, 's')) + '\n';
        RestClient client(server.httpUrl());
        QCOMPARE(
            client.post("/api/v1/retros", line.repeated(lines), {{"Content-Type", "application/x-ndjson"}})
                .status,
            201);
        m_posted += lines;
    }

    std::atomic<Seq> m_posted{0};
    std::atomic<bool> m_done{false};
};

PRISM_TEST(TestStalledClients)

} // namespace tst_stalled_clients

#include "tst_stalled_clients.moc"
