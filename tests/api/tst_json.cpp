#include "tests/api/scenario.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"
#include "tests/support/ws_client.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_json {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray records = "/api/v1/analytics/records";
const QByteArray checks = "/api/v1/gateway/checks";
const QByteArray json = "application/json";
const QByteArray lines = "application/x-ndjson";

/// A value that may stand in a body, and what is said of it.
struct Value
{
    const char* name;
    QByteArray text;
    QString error;
    QString detail;
};

QList<Value> badValues()
{
    const auto malformed = [](const char* name, const QByteArray& text, const QString& detail) {
        return Value{name, text, u"ERR_1002"_s, detail};
    };
    const auto unstorable = [](const char* name, const QByteArray& text, const QString& detail) {
        return Value{name, text, u"ERR_1004"_s, detail};
    };
    return {
        malformed("escape", R"("C:\work\new")", u"a backslash before 'w'"_s),
        malformed("bell", R"("\a")", u"a backslash before 'a'"_s),
        malformed("hexadecimal escape", R"("\x41")", u"a backslash before 'x'"_s),
        malformed("raw control character", "\"a\tb\"", u"control character"_s),
        malformed("no digit before the point", ".5", u"begins with '.'"_s),
        malformed("no digit behind the point", "2.", u"behind its point"_s),
        malformed("zero first", "01", u"a 0 before"_s),
        malformed("plus", "+1", u"begins with '+'"_s),
        malformed("comma before the end", "[1,]", u"no value before ']'"_s),
        malformed("comment", "/**/1", u"no comments"_s),
        malformed("NaN", "NaN", u"NaN"_s),
        malformed("single quotes", "'a'", u"double quotes"_s),
        malformed("bare word", "word", u"word"_s),
        malformed("overlong", "\"\xc0\xaf\"", u"not UTF-8"_s),
        malformed("surrogate in UTF-8", "\"\xed\xa0\x80\"", u"not UTF-8"_s),
        malformed("Latin-1", "\"\xe9\"", u"not UTF-8"_s),
        malformed("deep", QByteArray(100, '[') + QByteArray(100, ']'), u"nested more than"_s),
        malformed("open", "\"a", QString()), // what stands behind decides
        unstorable("half a surrogate pair", R"("\ud800")", u"half a surrogate pair"_s),
        unstorable("second half alone", R"("a\udfff")", u"half a surrogate pair"_s),
        unstorable("NUL", R"("a\u0000b")", u"NUL"_s),
        unstorable("beyond 64 bits", "18446744073709551616", u"beyond 64 bits"_s),
        unstorable("beyond a double", "1e999", u"too large"_s),
    };
}

} // namespace

/// JSON wherever it comes in: what RFC 8259 forbids, what of the rest cannot be kept, and what is kept as it
/// came.
class TestJson : public ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        startServer();
        const auto record = m_client->post(records, parseJson(R"({"type":"adhoc","name":"There"})"));
        m_record = records + '/' + record.data()["id"_L1].toString().toLatin1();
        QCOMPARE(m_client
                     ->post(checks, parseJson(R"({"id":"c","status":"BLOCKED","duration":1,"violations":[)"
                                              R"({"principleId":"p","severity":"BLOCK"}]})"))
                     .status,
                 201);
    }

    void cleanupTestCase() { stopServer(); }

    void badJson_isRefusedWhereverItComesIn_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body"); // with %1 where a value is
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const QByteArray& method, const QByteArray& path,
                            const QByteArray& type, const QByteArray& body, const QString& field) {
            QTest::newRow(name) << method << path << type << body << field;
        };
        row("record", "POST", records, json, R"({"type":"custom","name":%1})", u"name: "_s);
        row("filters", "POST", records, json,
            R"({"type":"custom","name":"f","config":{"filters":{"x":[%1]}}})", u"config.filters.x[0]: "_s);
        row("batch", "POST", records + "/batch", json,
            R"([{"type":"custom","name":"a"},{"type":"custom","name":"b","description":%1}])",
            u"[1].description: "_s);
        row("change", "PUT", m_record, json, R"({"description":%1})", u"description: "_s);
        row("field that is passed over", "PUT", m_record, json, R"({"description":"d","more":%1})",
            u"more: "_s);
        row("check", "POST", checks, json, R"({"status":"PASS","duration":1,"project":%1})", u"project: "_s);
        row("checks", "POST", checks, json, R"([{"status":"PASS","duration":1,"user":%1}])", u"[0].user: "_s);
        row("lines of checks", "POST", checks, lines,
            "{\"status\":\"PASS\",\"duration\":1}\n\n{\"status\":\"PASS\",\"duration\":1,\"violations\":["
            "{\"principleId\":%1,\"severity\":\"INFO\"}]}\n",
            u"line 3: violations[0].principleId: "_s);
        row("retrospective", "POST", "/api/v1/retros", json,
            R"({"type":"quick","duration":1,"lessons":["a",%1]})", u"lessons[1]: "_s);
        row("mark", "PATCH", checks + "/c/violations/0", json, R"({"falsePositive":true,"reason":%1})",
            u"reason: "_s);
        row("intent", "POST", "/api/v1/gateway/check", json, R"({"intent":%1})", u"intent: "_s);
        row("settings", "PUT", "/api/v1/settings", json, R"({"checkLevel":%1})", u"checkLevel: "_s);
        row("rules", "PUT", "/api/v1/gateway/principles", json,
            R"({"principles":[{"id":"p","level":"ADVISORY","name":{"en":%1},"keywords":["k"],)"
            R"("violation_message":"m"}]})",
            u"principles[0].name.en: "_s);
        row("acknowledgement", "POST", "/api/v1/analytics/anomalies/a/ack", json, R"({"by":%1})", u"by: "_s);
        row("mute", "PUT", "/api/v1/alerts/mutes/usage_drop", json, R"({"until":%1})", u"until: "_s);
    }

    void badJson_isRefusedWhereverItComesIn()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, field);
        const auto before = position(*m_client);
        for (const Value& value : badValues()) {
            QByteArray bad = body;
            bad.replace("%1", value.text);
            const auto answer = m_client->send(method, path, {{"Content-Type", type}}, bad);
            QVERIFY2(answer.status == 400, value.name + answer.summary());
            QVERIFY2(answer.error() == value.error, value.name + answer.summary());
            QVERIFY2(answer.details().contains(value.detail), value.name + answer.summary());
            if (value.error == u"ERR_1004"_s)
                QVERIFY2(answer.details().startsWith(field), value.name + answer.summary());
            else
                QVERIFY2(answer.details().contains(u"at byte "_s), value.name + answer.summary());
        }
        for (const QByteArray& around :
             {QByteArray("\xef\xbb\xbf%1"), QByteArray("%1 x"), QByteArray("%1,")}) {
            if (type == lines)
                continue;
            QByteArray good = body;
            good.replace("%1", "\"x\"");
            QByteArray bad = around;
            bad.replace("%1", good);
            const auto answer = m_client->send(method, path, {{"Content-Type", type}}, bad);
            QVERIFY2(answer.error() == u"ERR_1002"_s, around + answer.summary());
        }
        QCOMPARE(position(*m_client), before);
    }

    /// A value that is JSON and no object is not what was asked for, and not what is no JSON.
    void otherValue_isRefusedAsThat_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char* body : {"1", "\"text\"", "true", "null", "[]", "-2.5e3"})
            QTest::newRow(body) << QByteArray(body);
    }

    void otherValue_isRefusedAsThat()
    {
        QFETCH(const QByteArray, body);
        const auto one = m_client->send("POST", records, {{"Content-Type", json}}, body);
        QVERIFY2(one.status == 400 && one.error() == u"ERR_1004"_s, one.summary());
        if (body.startsWith('['))
            return;
        const auto many = m_client->send("POST", checks, {{"Content-Type", json}}, body);
        QVERIFY2(many.status == 400 && many.error() == u"ERR_1004"_s, many.summary());
    }

    /// At the limit and one over, in a list and without one.
    void depth_isBoundedAlike()
    {
        const auto nested = [](int depth) {
            return R"({"status":"PASS","duration":1,"x":)" + QByteArray(depth - 1, '[') +
                   QByteArray(depth - 1, ']') + '}';
        };
        for (const bool inList : {false, true}) {
            const auto send = [&](int depth) {
                return m_client
                    ->send("POST", checks, {{"Content-Type", json}},
                           inList ? '[' + nested(depth) + ']' : nested(depth))
                    .error();
            };
            QCOMPARE(send(32), u"ERR_1001"_s); // x is not known
            QCOMPARE(send(33), u"ERR_1002"_s);
        }
    }

    void message_thatIsNoJson_isToldSo()
    {
        WsClient client;
        QVERIFY(client.open(m_server->wsUrl()));
        for (const Value& value : badValues()) {
            const QString text = QString::fromUtf8(value.text);
            if (text.contains(QChar::ReplacementCharacter))
                continue; // is no WebSocket text
            const qsizetype before = client.messages().size();
            client.sendText(uR"({"type":"join","data":{"room":%1}})"_s.arg(text));
            const auto error = client.waitForType("error"_L1, 5'000, before);
            QVERIFY2(error.has_value(), value.name);
            QCOMPARE((*error)["data"_L1]["code"_L1].toString(), value.error);
            const QString message = (*error)["data"_L1]["message"_L1].toString();
            QVERIFY2(message.contains(value.detail), qPrintable(message));
        }
        QVERIFY(client.sync().has_value());
    }

    void importedFile_thatIsNoJson_isToldSo()
    {
        const QTemporaryDir folder;
        QByteArray text;
        const QList<Value> values = badValues();
        for (const Value& value : values) {
            if (!value.text.contains('\n'))
                text += R"({"type":"custom","name":)" + value.text + "}\n";
        }
        QFile file(folder.filePath(u"bad.ndjson"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        const QTemporaryDir data;
        const ProgramResult result =
            ServerProcess::run({u"import"_s, u"--data-dir"_s, data.path(), file.fileName()});
        QVERIFY(result.exitCode != 0);
        const QString errors = QString::fromUtf8(result.errors);
        int line = 0;
        for (const Value& value : values) {
            const QString place = u"line %1: "_s.arg(++line);
            const qsizetype at = errors.indexOf(place);
            QVERIFY2(at >= 0, result.errors.constData());
            QVERIFY2(errors.sliced(at, errors.indexOf(u'\n', at) - at).contains(value.detail),
                     result.errors.constData());
        }
    }

    /// The order of members, the digits of numbers, the spelling of texts.
    void filters_areKeptAsTheyCame_data()
    {
        QTest::addColumn<QByteArray>("filters");
        QTest::newRow("digits") << R"({"id":3791411052119578828,"low":-9223372036854775808})"_ba;
        QTest::newRow("spelling of numbers")
            << R"({"a":1.0,"b":1e2,"c":0.10,"d":-0,"e":100000000000000000000.5})"_ba;
        QTest::newRow("order") << R"({"z":1,"a":2,"m":{"y":1,"b":2}})"_ba;
        QTest::newRow("spaces") << R"({ "a" : [1, 2] , "b":{ } })"_ba;
        QTest::newRow("escapes") << R"({"a\u0062":"\u00e9\/\ud83d\ude00é😀"})"_ba;
        QTest::newRow("decomposed") << "{\"a\":\"e\xcc\x81\"}"_ba;
        QTest::newRow("one name twice") << R"({"a":1,"a":2})"_ba;
        QTest::newRow("looks like the end") << "{\"a\":\"}]\\\"\",\"filters\":{\"config\":1}}"_ba;
        QTest::newRow("no members") << "{}"_ba;
    }

    void filters_areKeptAsTheyCame()
    {
        QFETCH(const QByteArray, filters);
        const QByteArray body = fill(R"({"type":"custom", "name":"%1", "config":{"period":"week","filters":)",
                                     QByteArray("f ") + QTest::currentDataTag()) +
                                filters + " } }";
        const QByteArray kept = R"("filters":)" + filters + '}';
        WsClient live;
        QVERIFY(live.open(m_server->wsUrl()));
        const auto created = m_client->send("POST", records, {{"Content-Type", json}}, body);
        QVERIFY2(created.status == 201 && created.body.contains(kept), created.summary());
        const QByteArray path = records + '/' + created.data()["id"_L1].toString().toLatin1();
        const auto changed = m_client->put(path, parseJson(R"({"description":"other"})"));
        QVERIFY2(changed.status == 200 && changed.body.contains(kept), changed.summary());
        QVERIFY(m_client->get(records + "?limit=1").body.contains(kept));
        QVERIFY(m_client->get("/api/v1/events?since=0&limit=1000").body.contains(kept));
        const auto again = m_client->send("PUT", path, {{"Content-Type", json}},
                                          R"({"config":{"filters":)" + filters + "}}");
        QVERIFY2(again.body.contains(kept), again.summary());
        const QByteArray inList = QByteArray(body).replace("\"f ", "\"in a list ");
        const QByteArray other = fill(R"({"type":"custom","name":"before %1"})", QTest::currentDataTag());
        const auto batch = m_client->send("POST", records + "/batch", {{"Content-Type", json}},
                                          "[ " + other + ", " + inList + " ]");
        QVERIFY2(batch.status == 201 && batch.body.contains(kept), batch.summary());
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QVERIFY(m_client->get(path).body.contains(kept));
    }

    void lineBreaksOfFilters_becomeSpaces()
    {
        const auto created =
            m_client->send("POST", records, {{"Content-Type", json}},
                           "{\"type\":\"custom\",\"name\":\"lines\",\"config\":{\"filters\":{\r\n  \"a\": "
                           "\"x\\n\"\n}}}");
        QVERIFY2(created.body.contains("\"filters\":{    \"a\": \"x\\n\" }"), created.summary());
    }

    /// What is asked of a number, at its bounds and one over.
    void wholeNumber_isTakenAtItsBounds_data()
    {
        QTest::addColumn<QByteArray>("days");
        QTest::addColumn<int>("status");
        for (const char* good : {"0", "36500", "1e2", "36500.0", "365e2", "-0"})
            QTest::newRow(good) << QByteArray(good) << 200;
        for (const char* bad : {"36501", "-1", "0.5", "1e-1", "36500.5", "9223372036854775807", "\"1\""})
            QTest::newRow(bad) << QByteArray(bad) << 400;
    }

    void wholeNumber_isTakenAtItsBounds()
    {
        QFETCH(const QByteArray, days);
        QFETCH(const int, status);
        const auto answer = m_client->send("PUT", "/api/v1/settings", {{"Content-Type", json}},
                                           R"({"retentionDays":)" + days + '}');
        QVERIFY2(answer.status == status, answer.summary());
        if (status == 400)
            QVERIFY2(answer.details().startsWith(u"retentionDays: must be a whole number from 0 to 36500"_s),
                     answer.summary());
    }

    /// The last of members of one name counts, as in the seed's language.
    void nameGivenTwice_hasTheLastValue()
    {
        const auto created = m_client->send("POST", records, {{"Content-Type", json}},
                                            R"({"type":"custom","name":"first","n\u0061me":"second"})");
        QCOMPARE(created.data()["name"_L1].toString(), u"second"_s);
    }

private:
    QByteArray m_record;
};

PRISM_TEST(TestJson)

} // namespace tst_json

#include "tst_json.moc"
