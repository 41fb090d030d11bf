#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_false_positives {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray marks = "/api/v1/gateway/false-positives";
const QByteArray reports =
    "/api/v1/gateway/reports?format=checkstyle&project=web&gate=lint&branch=main&commit=";
const RestClient::Headers json{{"Content-Type", "application/json"}};

/// With these messages, each an error in one file.
QByteArray checkstyle(const QByteArrayList& messages)
{
    QByteArray errors;
    for (const QByteArray& message : messages)
        errors += "<error line='3' severity='error' source='lint.rule' message='" + message + "'/>";
    return "<checkstyle><file name='a.c'>" + errors + "</file></checkstyle>";
}

} // namespace

/// A finding that is marked once is known again in what arrives.
class TestFalsePositives : public ServerTest
{
    Q_OBJECT

    /// The check of a result file with these messages.
    QJsonValue send(const QByteArray& commit, const QByteArrayList& messages)
    {
        return m_client->send("POST", reports + commit, {{"Content-Type", "text/xml"}}, checkstyle(messages))
            .data()["checks"_L1][0];
    }

    HttpResponse mark(const QJsonValue& check, int position, const QByteArray& body)
    {
        return m_client->send("PATCH",
                              checks + '/' + check["id"_L1].toString().toLatin1() + "/violations/" +
                                  QByteArray::number(position),
                              json, body);
    }

    QString gateStatus()
    {
        return m_client->get("/api/v1/gates?project=web").data()[0]["status"_L1].toString();
    }

    QJsonArray remembered(const QByteArray& query = {})
    {
        return m_client->get(marks + query).data().toArray();
    }

    /// How many violations count today, and how many checks passed.
    std::pair<int, double> numbers()
    {
        const QJsonValue data = m_client->get("/api/v1/analytics/dashboard?period=today").data();
        return {data["summary"_L1]["violations"_L1].toInt(), data["usage"_L1]["successRate"_L1].toDouble(-1)};
    }

private slots:
    void init() { startServer({u"--max-false-positives"_s, u"2"_s}); }

    void cleanup() { stopServer(); }

    void gateWhoseFindingsAreAllMarked_isNotBlocked()
    {
        const QJsonValue first = send("1", {"line 120 is too long"});
        QCOMPARE(first["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(gateStatus(), u"BLOCKED"_s);
        QCOMPARE(numbers(), (std::pair{1, 0.0}));
        QCOMPARE(mark(first, 0, R"({"falsePositive":true,"reason":"generated","by":"ana"})").status, 200);
        QCOMPARE(gateStatus(), u"PASS"_s);

        const auto before = position(*m_client);
        const QJsonValue second = send("2", {"line 98 is too long"});
        QCOMPARE(second["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(second["counts"_L1]["falsePositive"_L1].toInt(), 1);
        QCOMPARE(gateStatus(), u"PASS"_s);
        QCOMPARE(numbers(), (std::pair{0, 1.0}));
        QCOMPARE(eventTypesSince(*m_client, before), QStringList{u"gateway:check:completed"_s});
        QCOMPARE(send("3", {"line 98 is too long", "b"})["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(gateStatus(), u"BLOCKED"_s);

        const QJsonArray all = remembered();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0]["by"_L1].toString(), u"ana"_s);
        QCOMPARE(all[0]["reason"_L1].toString(), u"generated"_s);
        QCOMPARE(all[0]["project"_L1].toString(), u"web"_s);
        QCOMPARE(all[0]["principleId"_L1].toString(), u"lint.rule"_s);
        QCOMPARE(all[0]["seen"_L1].toInt(), 2);
        QVERIFY(!all[0]["at"_L1].toString().isEmpty() && !all[0]["lastSeen"_L1].toString().isEmpty());
    }

    void takenBack_holdsForWhatArrives()
    {
        const QJsonValue first = send("1", {"a"});
        QCOMPARE(mark(first, 0, R"({"falsePositive":true})").status, 200);
        const QByteArray one = marks + '/' + remembered()[0]["id"_L1].toString().toLatin1();
        const HttpResponse gone = m_client->remove(one);
        QCOMPARE(gone.status, 200);
        QVERIFY(!gone.json()["message"_L1].toString().isEmpty());
        QCOMPARE(gone.data()["principleId"_L1].toString(), u"lint.rule"_s);
        QCOMPARE(m_client->remove(one).status, 404);
        QCOMPARE(remembered().size(), 0);
        QCOMPARE(send("2", {"a"})["status"_L1].toString(), u"BLOCKED"_s);
        QCOMPARE(numbers().first, 1); // what was marked stays so
    }

    void moreThanAreKept_areRefused()
    {
        const QJsonValue check = send("1", {"a", "b", "c"});
        QCOMPARE(mark(check, 0, R"({"falsePositive":true})").status, 200);
        QCOMPARE(mark(check, 1, R"({"falsePositive":true})").status, 200);
        const HttpResponse refused = mark(check, 2, R"({"falsePositive":true})");
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.error(), u"ERR_4003"_s);
        QVERIFY(refused.details().contains(u"--max-false-positives"_s));
        QCOMPARE(numbers().first, 1);
        QCOMPARE(mark(check, 0, R"({"falsePositive":false})").status, 200);
        QCOMPARE(mark(check, 2, R"({"falsePositive":true})").status, 200);
    }

    void whatIsWrong_isNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::newRow("a long reason")
            << fill(R"({"falsePositive":true,"reason":"%1"})", QByteArray(501, 'x')) << u"reason: "_s;
        QTest::newRow("a long name") << fill(R"({"falsePositive":true,"by":"%1"})", QByteArray(101, 'x'))
                                     << u"by: "_s;
        QTest::newRow("no text") << R"({"falsePositive":true,"reason":7})"_ba << u"reason: "_s;
    }

    void whatIsWrong_isNamed()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, field);
        const HttpResponse refused = mark(send("1", {"a"}), 0, body);
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.details().startsWith(field));
        QCOMPARE(remembered().size(), 0);
    }

    void list_isByProjectAndCursor()
    {
        const QJsonValue check = send("1", {"a", "b"});
        QCOMPARE(mark(check, 0, R"({"falsePositive":true})").status, 200);
        QCOMPARE(mark(check, 1, R"({"falsePositive":true})").status, 200);
        QCOMPARE(remembered("?project=web").size(), 2);
        QCOMPARE(remembered("?project=shop").size(), 0);
        const HttpResponse page = m_client->get(marks + "?limit=1");
        QCOMPARE(page.data()[0]["message"_L1].toString(), u"b"_s); // the last one marked
        const QJsonArray rest = remembered("?limit=1&cursor=" + nextCursor(page));
        QCOMPARE(rest.size(), 1);
        QCOMPARE(rest[0]["message"_L1].toString(), u"a"_s);
        QCOMPARE(m_client->get(marks + "?cursor=there").status, 400);
    }

    void restart_forgetsNothing()
    {
        QCOMPARE(mark(send("1", {"a"}), 0, R"({"falsePositive":true})").status, 200);
        m_server->kill9();
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(send("2", {"a"})["status"_L1].toString(), u"PASS"_s);
        QCOMPARE(remembered()[0]["seen"_L1].toInt(), 1);
    }
};

PRISM_TEST(TestFalsePositives)

} // namespace tst_false_positives

#include "tst_false_positives.moc"
