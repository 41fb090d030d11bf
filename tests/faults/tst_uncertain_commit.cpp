#include "tests/faults/faulty_server.h"
#include "tests/support/rest_client.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTest>

#include <csignal>
#include <filesystem>

namespace tst_uncertain_commit {

using namespace prism::test;
using namespace Qt::StringLiterals;
using prism::protocol::Seq;

namespace fs = std::filesystem;

namespace {

const QByteArray records = "/api/v1/analytics/records";

QByteArray requestFor(const QByteArray& name)
{
    const QByteArray body = "{\"type\":\"custom\",\"name\":\"" + name + "\"}";
    return "POST " + records +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: " + name +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

/// What happens while a commit is on its way to the disk.
class TestUncertainCommit : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_faulty = std::make_unique<FaultyServer>();
        QVERIFY(server().start());
        m_listener = std::make_unique<WsClient>();
        QVERIFY(m_listener->open(server().wsUrl()));
        // This leaves the server nothing to do of itself: the next sync is that of a test's write.
        QCOMPARE(RestClient(server().httpUrl())
                     .put("/api/v1/settings", QJsonObject{{u"checkLevel"_s, u"strict"_s}})
                     .status,
                 200);
        QVERIFY(m_listener->waitForSeq(1));
    }

    void cleanup()
    {
        m_listener.reset();
        m_faulty.reset();
    }

    /// The commit itself succeeds, into a file that no start would open.
    void fileThatIsGoneMeanwhile_isARefusalAndNothingIsMissedWhenItIsBack()
    {
        server().expectWarning(u"moved or deleted"_s);
        const fs::path there = fs::path(server().dataDir().toStdString()) / "prism.db";
        const fs::path away = there.string() + ".away";
        RawSocket socket(server().httpPort());
        hold(socket, "held");
        fs::rename(there, away);
        m_faulty->board().set(Fault::None);
        const HttpResponse refused = socket.readResponse();
        QCOMPARE(refused.status, 503);
        QVERIFY2(refused.body.contains("moved or deleted"), refused.body.constData());
        QCOMPARE(m_listener->seqs(), QList<Seq>{1});

        fs::rename(away, there);
        // Nobody writes: it is noticed all the same.
        QVERIFY(m_listener->waitForSeq(2));
        RawSocket again(server().httpPort());
        QVERIFY(again.write(requestFor("held")));
        QCOMPARE(again.readResponse().status, 201);
        QCOMPARE(post("last").status, 201);
        QVERIFY(m_listener->waitForSeq(3));
        QCOMPARE(m_listener->seqs(), (QList<Seq>{1, 2, 3}));
        QVERIFY(server().restart());
        const QJsonValue events = RestClient(server().httpUrl()).get("/api/v1/events").data();
        QCOMPARE(events["events"_L1].toArray().size(), 3);
    }

    void stopMeanwhile_answersAndTellsWhatWasCommitted()
    {
        constexpr int many = 20;
        std::vector<std::unique_ptr<RawSocket>> sockets;
        for (int i = 0; i < many; ++i)
            sockets.push_back(std::make_unique<RawSocket>(server().httpPort()));
        hold(*sockets.front(), "held-0");
        for (int i = 1; i < many; ++i)
            QVERIFY(sockets[std::size_t(i)]->write(requestFor("held-" + QByteArray::number(i))));
        // One group is on its way, the rest waits behind it.
        RestClient client(server().httpUrl());
        const auto waiting = [&client] {
            const QJsonValue queue = client.get("/api/v1/system/status").data()["queue"_L1];
            return queue["waiting"_L1]["writes"_L1].toInt();
        };
        QTRY_VERIFY(waiting() >= many - 1);
        QVERIFY(server().signal(SIGTERM));
        m_faulty->board().set(Fault::None);
        for (const auto& socket : sockets)
            QCOMPARE(socket->readResponse().status, 201);
        QVERIFY(m_listener->waitForClosed(10'000));
        QCOMPARE(m_listener->seqs().size(), many + 1);
        QCOMPARE(m_listener->seqs().last(), many + 1);
        QCOMPARE(server().waitForExit(), 0);
    }

private:
    ServerProcess& server() { return m_faulty->server(); }

    HttpResponse post(const QByteArray& name)
    {
        return RestClient(server().httpUrl())
            .post(records, QJsonObject{{u"type"_s, u"custom"_s}, {u"name"_s, QString::fromLatin1(name)}});
    }

    /// Sends a write that is committed when the fault goes.
    void hold(RawSocket& socket, const QByteArray& name)
    {
        m_faulty->board().set(Fault::SyncHeld);
        const std::uint64_t met = m_faulty->board().met();
        QVERIFY(socket.write(requestFor(name)));
        QTRY_VERIFY(m_faulty->board().met() > met);
    }

    std::unique_ptr<FaultyServer> m_faulty;
    std::unique_ptr<WsClient> m_listener;
};

PRISM_TEST(TestUncertainCommit)

} // namespace tst_uncertain_commit

#include "tst_uncertain_commit.moc"
