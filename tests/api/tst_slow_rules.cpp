#include "tests/support/raw_socket.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QTest>

namespace tst_slow_rules {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray path = "/api/v1/gateway/principles";
const QByteArray intent = R"({"intent":"rename a variable"})";

/// Takes a few milliseconds each to compile.
QString slowRegex(int i)
{
    return u"(\\pL{1,8})%1"_s.arg(i);
}

QJsonObject principle(int i, const QJsonArray& patterns)
{
    return {{u"id"_s, u"p%1"_s.arg(i)},
            {u"name"_s, u"n"_s},
            {u"level"_s, u"ADVISORY"_s},
            {u"violation_message"_s, u"m"_s},
            {u"patterns"_s, patterns}};
}

QJsonObject slowRules(int count)
{
    QJsonArray principles;
    for (int i = 0; i < count; ++i)
        principles.append(principle(i, {QJsonObject{{u"regex"_s, slowRegex(i)}}}));
    return {{u"principles"_s, principles}};
}

QByteArray putOf(const QJsonObject& rules)
{
    const QByteArray body = toBytes(rules);
    return "PUT " + path +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// What lets slow rules in.
const QStringList noBudget{u"--max-regex-steps"_s, u"10000"_s,          u"--max-rule-steps"_s,
                           u"1000000000"_s,        u"--read-timeout"_s, u"600"_s};

} // namespace

/// Rules that take long to compile, or to try, keep nobody waiting.
class TestSlowRules : public ServerTest
{
    Q_OBJECT

    int running() { return m_client->get("/api/v1/system/status").data()["reads"_L1]["running"_L1].toInt(); }

private slots:
    void cleanup() { stopServer(); }

    void slowRules_areRefusedByName()
    {
        startServer();
        const HttpResponse one = m_client->put(path, slowRules(1));
        QCOMPARE(one.status, 400);
        QVERIFY2(one.details().startsWith(u"principles[0].patterns[0].regex: is too large"),
                 qPrintable(one.details()));
        QJsonArray principles;
        for (int i = 0; i < 1500; ++i)
            principles.append(principle(i, {QJsonObject{{u"regex"_s, u"x.{150}y%1"_s.arg(i)}}}));
        const HttpResponse many = m_client->put(path, QJsonObject{{u"principles"_s, principles}});
        QCOMPARE(many.status, 400);
        QVERIFY2(many.details().contains(u".patterns[0].regex: makes the set too large"),
                 qPrintable(many.details()));
        QCOMPARE(m_client->get(path).data()["version"_L1].toInt(), 0);
    }

    void checks_doNotWaitForRulesThatAreCompiled()
    {
        startServer(noBudget + QStringList{u"--workers"_s, u"1"_s});
        RawSocket slow(m_server->httpPort());
        QVERIFY(slow.write(putOf(slowRules(2000))));
        QTRY_VERIFY(running() > 0);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(m_client->post("/api/v1/gateway/check", intent).status, 201);
        QCOMPARE(running(), 1);
    }

    /// Otherwise the server says that not all was finished in time.
    void stopping_waitsForNoRules()
    {
        startServer(noBudget);
        RawSocket slow(m_server->httpPort());
        QVERIFY(slow.write(putOf(slowRules(2000))));
        QTRY_VERIFY(running() > 0);
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(slow.readResponse().status, 503);
    }

    void rulesThatTakeTooLong_areRefused()
    {
        startServer(noBudget + QStringList{u"--read-timeout"_s, u"0.3"_s});
        const HttpResponse answer = m_client->put(path, slowRules(2000));
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.hasHeader("Retry-After"));
    }

    /// The gate alone waits for them; what is stored is served as it is.
    void start_waitsForNoRules()
    {
        constexpr int count = 300;
        startServer(noBudget);
        m_client->setTimeout(60'000);
        QCOMPARE(m_client->put(path, slowRules(count)).status, 200);
        QCOMPARE(m_client->put(path, slowRules(1)).status, 200);
        const QJsonValue first = m_client->get(path + "/versions/1").data();
        QCOMPARE(first["rules"_L1].toObject(), slowRules(count));
        QVERIFY(m_client->post(path + "/versions/1/restore", QByteArray("{}")).status == 200);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(m_client->get(path + "/versions/1").data(), first);
            QCOMPARE(m_client->get(path).data()["rules"_L1].toObject(), slowRules(count));
        }
        HttpResponse judged = m_client->post("/api/v1/gateway/check", intent);
        if (judged.status == 503) {
            QVERIFY2(judged.message().contains(u"version 3"), qPrintable(judged.message()));
            QVERIFY(judged.hasHeader("Retry-After"));
        }
        QTRY_COMPARE_WITH_TIMEOUT((judged = m_client->post("/api/v1/gateway/check", intent)).status, 201,
                                  60'000);
        QCOMPARE(judged.data()["judgement"_L1]["rulesVersion"_L1].toInt(), 3);
    }

    /// At the worst an expression's every step is tried at each byte of a text.
    void longIntent_keepsNoOtherWaiting()
    {
        startServer({u"--workers"_s, u"1"_s});
        QJsonArray patterns;
        for (int i = 0; i < 20; ++i)
            patterns.append(QJsonObject{{u"regex"_s, u"[a-q].{180}%1x"_s.arg(i)}});
        const HttpResponse taken =
            m_client->put(path, QJsonObject{{u"principles"_s, QJsonArray{principle(1, patterns)}}});
        QVERIFY2(taken.status == 200, taken.summary().constData());
        QCOMPARE(m_client->put("/api/v1/settings", QJsonObject{{u"checkTimeoutMs"_s, 10'000}}).status, 200);
        QByteArray text;
        for (quint32 i = 0; i < 60'000; ++i)
            text += "abcdefghijklmnopq"[((i * 7919U) >> 3U) % 17];
        const QByteArray body = toBytes(QJsonObject{{u"intent"_s, QString::fromLatin1(text)}});
        RawSocket slow(m_server->httpPort());
        QVERIFY(slow.write(
            "POST /api/v1/gateway/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
            QByteArray::number(body.size()) + "\r\n\r\n" + body));
        QTRY_VERIFY(running() > 0);
        QCOMPARE(m_client->post("/api/v1/gateway/check", intent).status, 201);
        QCOMPARE(running(), 1);
    }
};

PRISM_TEST(TestSlowRules)

} // namespace tst_slow_rules

#include "tst_slow_rules.moc"
