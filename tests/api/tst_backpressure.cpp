#include "tests/support/raw_socket.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

namespace tst_backpressure {

using namespace prism::test;
using namespace Qt::StringLiterals;

/// Clients that ask and do not read cost the server little, and lose nothing when they read at last.
class TestBackpressure : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<ServerProcess>(QStringList{u"--max-config-bytes"_s, u"100000"_s});
        // AddressSanitizer would keep freed memory resident, and this test measures what is.
        m_server->addEnvironment(u"ASAN_OPTIONS"_s,
                                 u"quarantine_size_mb=1:thread_local_quarantine_size_kb=64"_s);
        QVERIFY(m_server->start());
    }

    void cleanup() { m_server.reset(); }

    void pipelinedRequests_waitUntilTheAnswersAreRead()
    {
        constexpr int requests = 2000;
        const qsizetype whole = RestClient(m_server->httpUrl()).get("/api/v1/openapi.json").body.size();
        const qint64 before = residentBytes();
        RawSocket deaf(m_server->httpPort());
        QVERIFY(
            deaf.write("GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba.repeated(requests)));
        stayBusy(std::chrono::milliseconds(700));
        QVERIFY2(residentBytes() - before < 100 * 1024 * 1024, "answers that nobody reads pile up");

        for (int i = 0; i < requests; ++i) {
            const HttpResponse response = deaf.readResponse(10'000);
            QCOMPARE(response.status, 200);
            QCOMPARE(response.body.size(), whole);
        }
    }

    /// The connection is to be closed after the answer, and the answer is more than the socket's buffers
    /// hold.
    void slowReader_getsTheWholeLastAnswer()
    {
        RestClient client(m_server->httpUrl());
        QJsonArray records;
        const QJsonObject filters{{"x"_L1, QString(80000, u'x')}};
        for (int i = 0; i < 100; ++i)
            records.append(QJsonObject{{"type"_L1, "custom"_L1},
                                       {"name"_L1, QString::number(i)},
                                       {"config"_L1, QJsonObject{{"filters"_L1, filters}}}});
        QCOMPARE(client.post("/api/v1/analytics/records/batch", QJsonValue(records)).status, 201);

        RawSocket slow(m_server->httpPort());
        slow.socket().setReadBufferSize(64 * 1024);
        QVERIFY(slow.write("GET /api/v1/analytics/records?limit=100 HTTP/1.1\r\nHost: "
                           "localhost\r\nConnection: close\r\n\r\n"));
        stayBusy(std::chrono::milliseconds(2500));
        const HttpResponse response = slow.readResponse(10'000);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.data().toArray().size(), 100);
        QVERIFY(response.body.size() > 8000000);
    }

private:
    /// Lets time pass for the server under test while it serves somebody else.
    void stayBusy(std::chrono::milliseconds duration)
    {
        RestClient other(m_server->httpUrl());
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < duration.count())
            QCOMPARE(other.get("/health").status, 200);
    }

    qint64 residentBytes() const
    {
        QFile status(u"/proc/%1/statm"_s.arg(m_server->processId()));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        return status.readAll().split(' ').value(1).toLongLong() * 4096;
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestBackpressure)

} // namespace tst_backpressure

#include "tst_backpressure.moc"
