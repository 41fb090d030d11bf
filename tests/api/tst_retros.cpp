#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_retros {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray retros = "/api/v1/retros";
const QString created = u"retro:created"_s;

} // namespace

/// Keeping retrospectives and reading them back.
class TestRetros : public ServerTest
{
    Q_OBJECT

private slots:
    void init() { startServer(); }

    void cleanup() { stopServer(); }

    void post_isKeptAndTold()
    {
        const HttpResponse response = m_client->post(
            retros,
            parseJson(R"({"id":"r-1","type":"deep","project":"web","duration":61000,"summary":"slow week",
                                  "lessons":["a","b"],"improvements":["c"],"user":"ann",
                                  "timestamp":"2026-01-02T03:04:05.000Z"})"));
        QVERIFY2(response.status == 201, response.summary().constData());
        const QJsonObject expected =
            parseJson(R"({"id":"r-1","type":"deep","project":"web","duration":61000,"summary":"slow week",
                          "lessons":["a","b"],"improvements":["c"],"user":"ann",
                          "timestamp":"2026-01-02T03:04:05.000Z"})")
                .toObject();
        QCOMPARE(response.data().toObject(), expected);
        QCOMPARE(m_client->get(retros).data().toArray(), QJsonArray{expected});
        const QJsonArray events = eventsSince(*m_client, 0);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0]["type"_L1].toString(), created);
        QCOMPARE(events[0]["data"_L1].toObject(), (QJsonObject{{u"retro"_s, expected}}));
    }

    void post_data()
    {
        QTest::addColumn<Scenario>("scenario");
        const auto row = [](const char* name, Scenario scenario) {
            scenario.method = "POST";
            scenario.path = retros;
            QTest::newRow(name) << scenario;
        };
        row("least", {.body = R"({"type":"quick","duration":0})", .status = 201, .events = {created}});
        row("standard", {.body = R"({"type":"standard","duration":1.5})",
                         .status = 201,
                         .contains = {R"("type":"standard")"},
                         .events = {created}});
        row("no fields",
            {.body = "{}", .status = 400, .error = u"ERR_1003"_s, .contains = {"type: ", "duration: "}});
        row("unknown type", {.body = R"({"type":"long","duration":1})",
                             .status = 400,
                             .error = u"ERR_1001"_s,
                             .contains = {"type: ", "standard"}});
        row("negative duration", {.body = R"({"type":"quick","duration":-1})",
                                  .status = 400,
                                  .error = u"ERR_1001"_s,
                                  .contains = {"duration: "}});
        row("far ahead of the clock",
            {.body = R"({"type":"quick","duration":1,"timestamp":"2999-01-01T00:00:00.000Z"})",
             .status = 400,
             .error = u"ERR_1004"_s,
             .contains = {"timestamp: "}});
        row("lessons are no texts", {.body = R"({"type":"quick","duration":1,"lessons":["a",7]})",
                                     .status = 400,
                                     .error = u"ERR_1004"_s,
                                     .contains = {"lessons: "}});
        row("unknown field", {.body = R"({"type":"quick","duration":1,"mood":"good"})",
                              .status = 400,
                              .error = u"ERR_1001"_s,
                              .contains = {"mood: "}});
    }

    void post()
    {
        QFETCH(const Scenario, scenario);
        const QString problem = play(*m_client, scenario);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void post_withAnIdThatIsThere_writesNothing()
    {
        QCOMPARE(m_client->post(retros, parseJson(R"({"id":"a","type":"quick","duration":1})")).status, 201);
        const HttpResponse again =
            m_client->post(retros, parseJson(R"({"id":"a","type":"deep","duration":2})"));
        QVERIFY2(again.status == 200 || again.status == 201, again.summary().constData());
        QCOMPARE(position(*m_client), 1);
        QCOMPARE(m_client->get(retros).data()[0]["type"_L1].toString(), u"quick"_s);
    }

    void list_byCursor_seesEachOnceNewestFirst()
    {
        QStringList expected;
        for (int i = 0; i < 23; ++i) {
            const QJsonObject body{
                {u"id"_s, u"r%1"_s.arg(i)},
                {u"type"_s, u"quick"_s},
                {u"duration"_s, i},
                {u"timestamp"_s, u"2026-01-%1T00:00:00.000Z"_s.arg(i + 1, 2, 10, QLatin1Char('0'))}};
            QCOMPARE(m_client->post(retros, QJsonValue(body)).status, 201);
            expected.prepend(u"r%1"_s.arg(i));
        }
        QStringList seen;
        QByteArray cursor;
        int pages = 0;
        do {
            const HttpResponse page =
                m_client->get(retros + "?limit=5" + (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
            for (const auto& retro : page.data().toArray())
                seen.append(retro["id"_L1].toString());
            cursor = nextCursor(page);
        } while (!cursor.isEmpty() && ++pages < 20);
        QCOMPARE(seen, expected);
    }
};

PRISM_TEST(TestRetros)

} // namespace tst_retros

#include "tst_retros.moc"
