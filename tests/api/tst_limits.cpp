#include "tests/api/scenario.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_limits {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";
const RestClient::Headers ndjson{{"Content-Type", "application/x-ndjson"}};

QByteArray recordOf(qsizetype bytes, const QByteArray& name)
{
    const QByteArray json = fill(R"({"type":"custom","name":"%1"})", name);
    return QByteArray(bytes - json.size(), ' ') + json;
}

QByteArray nested(int depth)
{
    const int around = depth - 3; // the body, config and filters
    const QByteArray filters =
        QByteArray("{\"a\":").repeated(around) + "{}" + QByteArray("}").repeated(around);
    return R"({"type":"custom","name":"depth %1","config":{"filters":%2}})"_ba
        .replace("%1", QByteArray::number(depth))
        .replace("%2", filters);
}

/// {"config":…}, of which what stands in the place of … has so many bytes.
QByteArray configOf(qsizetype size)
{
    const QByteArray around = R"({"filters":{"a":""}})";
    return "{\"config\":{\"filters\":{\"a\":\"" +
           QByteArray(std::max<qsizetype>(size - around.size(), 0), 'x') + "\"}}}";
}

QByteArray withConfig(const QByteArray& name, qsizetype size)
{
    return "{\"type\":\"custom\",\"name\":\"" + name + "\"," + configOf(size).mid(1);
}

} // namespace

/// How large a request may be, and how deep, at the defaults and where it was set otherwise.
class TestLimits : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_server.reset(); }

    void header_overTheLimit_is431_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("limit");
        QTest::newRow("default") << QStringList() << 16 * 1024;
        QTest::newRow("set") << QStringList{u"--max-header-bytes"_s, u"2048"_s} << 2048;
    }

    void header_overTheLimit_is431()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, limit);
        start(arguments);
        const auto statusOf = [this](int size) {
            RawSocket socket(m_server->httpPort());
            QByteArray head = "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Filler: ";
            head += QByteArray(size - head.size() - 4, 'x') + "\r\n\r\n";
            socket.write(head);
            const HttpResponse response = socket.readResponse();
            if (response.status == 431 && (response.error() != u"ERR_1005" || !socket.waitForClosed()))
                return -1;
            return response.status;
        };
        QCOMPARE(statusOf(limit), 200);
        QCOMPARE(statusOf(limit + 1), 431);
        QCOMPARE(statusOf(limit + 100000), 431);
    }

    void fields_overTheirNumber_are431()
    {
        start();
        const auto statusOf = [this](int fields) {
            RawSocket socket(m_server->httpPort());
            QByteArray head = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
            for (int i = 1; i < fields; ++i)
                head += "X-" + QByteArray::number(i) + ": y\r\n";
            socket.write(head + "\r\n");
            return socket.readResponse().status;
        };
        QCOMPARE(statusOf(99), 200);
        QCOMPARE(statusOf(100), 200);
        QCOMPARE(statusOf(101), 431);
    }

    /// Limits on texts in header fields and in the query, each at its most and one over.
    void text_atItsMost_isTaken_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("most");
        QTest::newRow("request id") << "X-Request-Id"_ba << 128;
        QTest::newRow("idempotency key") << "Idempotency-Key"_ba << 255;
    }

    void text_atItsMost_isTaken()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const int, most);
        start();
        RestClient client(m_server->httpUrl());
        const auto isTaken = [&](int length) {
            const HttpResponse response = client.send("POST", checks, {{name, QByteArray(length, 'x')}},
                                                      R"({"status":"PASS","duration":1})");
            return response.status == 201 &&
                   (name != "X-Request-Id" || response.header(name).size() == length);
        };
        QVERIFY(isTaken(most - 1));
        QVERIFY(isTaken(most));
        QVERIFY(!isTaken(most + 1));
    }

    void chunkedBody_atItsMost_isTaken()
    {
        start({u"--max-body-bytes"_s, u"5000"_s});
        const auto statusOf = [this](qsizetype size, qsizetype part) {
            const QByteArray body = recordOf(size, QByteArray::number(size) + ' ' + QByteArray::number(part));
            RawSocket socket(m_server->httpPort());
            QByteArray bytes = "POST " + records +
                               " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
            for (qsizetype at = 0; at < size; at += part)
                bytes +=
                    QByteArray::number(std::min(part, size - at), 16) + "\r\n" + body.mid(at, part) + "\r\n";
            socket.write(bytes + "0\r\n\r\n");
            return socket.readResponse().status;
        };
        for (const qsizetype part : {5001, 5000, 999, 1000}) {
            QCOMPARE(statusOf(5000, part), 201);
            QCOMPARE(statusOf(5001, part), 413);
        }
    }

    void header_thatNeverEnds_is431WithoutItsEnd()
    {
        start();
        RawSocket socket(m_server->httpPort());
        socket.write("GET /health HTTP/1.1\r\nX-Filler: " + QByteArray(20000, 'x'));
        QCOMPARE(socket.readResponse().status, 431);
    }

    void requestLine_overTheLimit_is431()
    {
        start();
        RawSocket socket(m_server->httpPort());
        socket.write("GET /" + QByteArray(20000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 431);
    }

    void body_overTheLimit_is413_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("default") << QStringList() << qsizetype(1024 * 1024);
        QTest::newRow("set") << QStringList{u"--max-body-bytes"_s, u"5000"_s} << qsizetype(5000);
    }

    void body_overTheLimit_is413()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const qsizetype, limit);
        start(arguments);
        RestClient client(m_server->httpUrl());
        QCOMPARE(client.post(records, recordOf(limit, "just fits")).status, 201);
        const HttpResponse response = client.post(records, recordOf(limit + 1, "too much"));
        QCOMPARE(response.status, 413);
        QCOMPARE(response.error(), u"ERR_1005"_s);
        QCOMPARE(client.get(records).meta()["pagination"_L1]["total"_L1].toInt(), 1);
    }

    void bulkBody_mayBeLarger_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("default") << QStringList() << qsizetype(10 * 1024 * 1024);
        QTest::newRow("set") << QStringList{u"--max-bulk-bytes"_s, u"2000000"_s} << qsizetype(2000000);
    }

    void bulkBody_mayBeLarger()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const qsizetype, limit);
        start(arguments);
        RestClient client(m_server->httpUrl());
        const auto lines = [](qsizetype size) {
            const QByteArray line = "{\"status\":\"PASS\",\"duration\":1}\n";
            return QByteArray(size - line.size(), '\n') + line;
        };
        QCOMPARE(client.post(checks, lines(limit), ndjson).status, 201);
        HttpResponse response = client.post(checks, lines(limit + 1), ndjson);
        QCOMPARE(response.status, 413);
        QCOMPARE(response.error(), u"ERR_1005"_s);
        const auto batch = [](qsizetype size) { return '[' + recordOf(size - 2, "one of a batch") + ']'; };
        QCOMPARE(client.post(records + "/batch", batch(limit)).status, 201);
        response = client.post(records + "/batch", batch(limit + 1));
        QCOMPARE(response.status, 413);
        QCOMPARE(response.error(), u"ERR_1005"_s);
    }

    void config_overTheLimit_isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("default") << QStringList() << qsizetype(16 * 1024);
        QTest::newRow("set") << QStringList{u"--max-config-bytes"_s, u"300"_s} << qsizetype(300);
    }

    void config_overTheLimit_isRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const qsizetype, limit);
        start(arguments);
        RestClient client(m_server->httpUrl());
        const HttpResponse created = client.post(records, withConfig("just fits", limit));
        QCOMPARE(created.status, 201);
        const QByteArray place = created.header("Location");
        const QByteArray batch =
            '[' + withConfig("in a batch", limit) + ',' + withConfig("not in a batch", limit + 1) + ']';
        for (const HttpResponse& refused :
             {client.post(records, withConfig("too much", limit + 1)), client.post(records + "/batch", batch),
              client.put(place, QJsonDocument::fromJson(configOf(limit + 1)).object())}) {
            QCOMPARE(refused.status, 400);
            QCOMPARE(refused.error(), u"ERR_1005"_s);
            QVERIFY2(refused.body.contains("config: has"), refused.body.constData());
        }
        QCOMPARE(client.put(place, QJsonDocument::fromJson(configOf(limit)).object()).status, 200);
        QCOMPARE(client.get(records).meta()["pagination"_L1]["total"_L1].toInt(), 1);
    }

    void batchOfTheMostRecords_mayHaveConfigsAsFarAsTheBodyGoes()
    {
        start();
        RestClient client(m_server->httpUrl());
        QByteArrayList thousand;
        for (int i = 0; i < 1000; ++i)
            thousand.append(withConfig(QByteArray::number(i), 10'000));
        QCOMPARE(client.post(records + "/batch", '[' + thousand.join(',') + ']').status, 201);
        thousand.append(withConfig("one more", 10));
        const HttpResponse refused = client.post(records + "/batch", '[' + thousand.join(',') + ']');
        QCOMPARE(refused.error(), u"ERR_1005"_s);
    }

    void body_announcedTooLarge_isRefusedUnread()
    {
        start();
        RawSocket socket(m_server->httpPort());
        socket.write("POST " + records +
                     " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Content-Length: 99999999999\r\n\r\n");
        QCOMPARE(socket.readResponse().status, 413);
        QVERIFY(socket.waitForClosed());
    }

    void chunkedBody_overTheLimit_is413()
    {
        start({u"--max-body-bytes"_s, u"5000"_s});
        RawSocket socket(m_server->httpPort());
        socket.write("POST " + records +
                     " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 6; ++i)
            socket.write("3e8\r\n" + QByteArray(1000, ' ') + "\r\n");
        const HttpResponse response = socket.readResponse();
        QCOMPARE(response.status, 413);
        QCOMPARE(response.error(), u"ERR_1005"_s);
    }

    void json_tooDeep_isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("limit");
        QTest::newRow("default") << QStringList() << 32;
        QTest::newRow("set") << QStringList{u"--max-json-depth"_s, u"8"_s} << 8;
    }

    void json_tooDeep_isRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, limit);
        start(arguments);
        RestClient client(m_server->httpUrl());
        QCOMPARE(client.post(records, nested(limit)).status, 201);
        for (const QByteArray& body : {nested(limit + 1), QByteArray(500000, '[')}) {
            const HttpResponse response = client.post(records, body);
            QCOMPARE(response.status, 400);
            QCOMPARE(response.error(), u"ERR_1002"_s);
        }
        const HttpResponse line =
            client.post(checks, QByteArray(100, '[') + QByteArray(100, ']') + '\n', ndjson);
        QCOMPARE(line.status, 400);
        // Brackets in a text are not depth.
        const HttpResponse text = client.post(records, recordOf(200, "\\\"" + QByteArray(90, '[')));
        QVERIFY2(text.status == 201, text.summary().constData());
    }

private:
    void start(const QStringList& arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY(m_server->start());
    }

    std::unique_ptr<ServerProcess> m_server;
};

PRISM_TEST(TestLimits)

} // namespace tst_limits

#include "tst_limits.moc"
