#include "server/api/json_body.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_json_body {

using namespace prism::api;
using prism::protocol::ErrorCode;

namespace {

constexpr int maxDepth = 4;

prism::http::Request request(const QByteArray& body, const QByteArray& type = "application/json")
{
    prism::http::Request made;
    made.body = body;
    made.headers.add("content-type", type);
    return made;
}

} // namespace

class JsonBodyTest : public QObject
{
    Q_OBJECT

private slots:
    void text_isRefusedUnlessItIsShallowJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("object") << QByteArray("{}") << true;
        QTest::newRow("array") << QByteArray(" [1] ") << true;
        QTest::newRow("deep enough") << QByteArray("[[[[]]]]") << true;
        QTest::newRow("too deep") << QByteArray("[[[[[]]]]]") << false;
        QTest::newRow("brackets in text") << QByteArray("[\"[[[[[[[[\\\"[[[[\"]") << true;
        QTest::newRow("far too deep") << QByteArray(100'000, '[') << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("spaces") << QByteArray("  ") << false;
        QTest::newRow("open") << QByteArray("{\"a\":") << false;
        QTest::newRow("trailing") << QByteArray("{} {}") << false;
        QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}") << false;
        QTest::newRow("half a surrogate") << QByteArray("{\"a\":\"\xed\xa0\x80\"}") << false;
    }

    void text_isRefusedUnlessItIsShallowJson()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        const auto value = prism::protocol::parseJson(text, maxDepth);
        QCOMPARE(value.has_value(), good);
        if (!good)
            QCOMPARE(value.error().code, ErrorCode::NotJson);
    }

    void bulkBody_isOneManyOrLines()
    {
        QCOMPARE(parseBulk(request("{}"), maxDepth, 3)->form, BulkBody::Form::Single);
        QCOMPARE(parseBulk(request("[{},{}]"), maxDepth, 3)->entries.size(), 2U);
        const auto lines = parseBulk(request("{}\n\r\n\n{\"a\":1}\r\n", "application/x-ndjson"), maxDepth, 3);
        QVERIFY(lines.has_value());
        QCOMPARE(lines->entries.size(), 2U);
        QCOMPARE(lines->placeOf(lines->entries[1]), QStringLiteral("line 4"));
        QCOMPARE(lines->form, BulkBody::Form::Lines);
    }

    void badEntries_areAllNamed()
    {
        const auto lines = parseBulk(request("{}\nno\n[]\n", "application/x-ndjson"), maxDepth, 9);
        QVERIFY(lines.has_value());
        QCOMPARE(lines->entries.size(), 1U);
        const QStringList problems = lines->problems.toError(QString()).details;
        QCOMPARE(problems.size(), 2);
        QVERIFY(problems[0].startsWith(QLatin1String("line 2: ")));
        QVERIFY(problems[1].startsWith(QLatin1String("line 3: ")));
        const auto array = parseBulk(request("[{},5,\"x\"]"), maxDepth, 9);
        QVERIFY(array.has_value());
        QCOMPARE(array->problems.toError(QString()).details,
                 (QStringList{QStringLiteral("[1]: must be an object"),
                              QStringLiteral("[2]: must be an object")}));
    }

    void entriesOverTheLimit_areRefused()
    {
        QVERIFY(parseBulk(request("{}\n{}\n{}\n", "application/x-ndjson"), maxDepth, 3).has_value());
        QCOMPARE(parseBulk(request("{}\n{}\n{}\n{}\n", "application/x-ndjson"), maxDepth, 3).error().code,
                 ErrorCode::TooLong);
        QCOMPARE(parseBulk(request("[{},{},{},{}]"), maxDepth, 3).error().code, ErrorCode::TooLong);
        QCOMPARE(parseBulk(request("1\n2\n3\n4\n5\n", "application/x-ndjson"), maxDepth, 3).error().code,
                 ErrorCode::TooLong);
        QVERIFY(!parseBulk(request("[]"), maxDepth, 3).has_value());
        QVERIFY(!parseBulk(request("\n", "application/x-ndjson"), maxDepth, 3).has_value());
    }
};

PRISM_APPLESS_TEST(JsonBodyTest)

} // namespace tst_json_body

#include "tst_json_body.moc"
