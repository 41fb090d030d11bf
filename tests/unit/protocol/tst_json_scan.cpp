#include "shared/protocol/json_scan.h"
#include "shared/protocol/json_slices.h"
#include "shared/protocol/json_text.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

namespace tst_json_scan {

using namespace prism::protocol;
using namespace Qt::StringLiterals;

namespace {

constexpr int maxDepth = 8;

} // namespace

/// What is JSON as RFC 8259 has it, and what of it can be kept.
class JsonScanTest : public QObject
{
    Q_OBJECT

private slots:
    void what_theGrammarForbids_isRefusedWithPlaceAndReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const QByteArray& text, int at, const char* why) {
            QTest::newRow(name) << text << at << QString::fromUtf8(why);
        };
        row("nothing", "", 0, "is empty");
        row("spaces alone", " \t\r\n", 0, "is empty");
        row("vertical tab for a space", "\v1", 0, "the byte 0x0b");
        row("no-break space for a space", "\xc2\xa0[]", 0, "the byte 0xc2");
        row("byte order mark", "\xef\xbb\xbf{}", 0, "byte order mark");
        row("byte order mark behind", "{}\xef\xbb\xbf", 2, "behind the end");
        for (const char c : QByteArray("acdeghijklmopqsvwxyz0123456789'xUN !"))
            QTest::addRow("escape of %c", c)
                << QByteArray("[\"\\") + c + "\"]" << 2 << u"a backslash before"_s;
        row("escape of a line break", "[\"a\\\n\"]", 3, "a backslash before");
        row("escape of a character beyond ASCII", "[\"\\\xc3\xa9\"]", 2, "a backslash before");
        row("a Windows path", "[\"C:\\work\\new\"]", 4, "a backslash before 'w'");
        row("short \\u", "[\"\\u12\"]", 2, "four hexadecimal digits");
        row("\\u at the end", "[\"\\u12", 2, "four hexadecimal digits");
        row("\\u with a sign", "[\"\\u+123\"]", 2, "four hexadecimal digits");
        row("\\u with a space", "[\"\\u 123\"]", 2, "four hexadecimal digits");
        row("\\u of no hex", "[\"\\u12g4\"]", 2, "four hexadecimal digits");
        row("capital \\U", "[\"\\U0041\"]", 2, "a backslash before 'U'");
        row("broken second half", "[\"\\ud83d\\u12\"]", 8, "four hexadecimal digits");
        row("escape of a quote, and no end", "[\"\\\"]", 1, "ends within the text");
        for (int c = 0; c < 0x20; ++c)
            QTest::addRow("raw control character %d", c)
                << QByteArray("[\"12345678") + char(c) + "\"]" << 10 << u"control character"_s;
        row("raw control character in a name", "{\"a\tb\":1}", 3, "\\u0009");
        row(".5", "[.5]", 1, "begins with '.'");
        row("-.5", "[-.5]", 1, "without a digit");
        row("2.", "[2.]", 1, "without a digit behind its point");
        row("2.e3", "[2.e3]", 1, "without a digit behind its point");
        row("01", "[01]", 1, "0 before");
        row("-01", "[-01]", 1, "0 before");
        row("00", "[00]", 1, "0 before");
        row("+1", "[+1]", 1, "begins with '+'");
        row("-", "[-]", 1, "without a digit");
        row("--1", "[--1]", 1, "without a digit");
        row("1e", "[1e]", 1, "exponent");
        row("1e+", "[1e+]", 1, "exponent");
        row("1e1.5", "[1e1.5]", 4, "within a number");
        row("1.2.3", "[1.2.3]", 4, "within a number");
        row("0x10", "[0x10]", 2, "within a number");
        row("1_000", "[1_000]", 2, "within a number");
        row("letters behind a number", "[1A]", 2, "within a number");
        row("last letters behind a number", "[1Zz]", 2, "within a number");
        row("1n", "[1n]", 2, "within a number");
        row("1 000", "[1 000]", 3, "a comma or ]");
        row("digits of another script", "[\xd9\xa1]", 1, "where a value");
        row("NaN", "[NaN]", 1, "has NaN where a value");
        row("-NaN", "[-NaN]", 1, "without a digit");
        row("Infinity", "[Infinity]", 1, "has Infinity where");
        row("-Infinity", "[-Infinity]", 1, "without a digit");
        row("True", "[True]", 1, "has True where");
        row("TRUE", "[TRUE]", 1, "has TRUE where");
        row("nul", "[nul]", 1, "has nul where");
        row("nulls", "[nulls]", 1, "has nulls where");
        row("undefined", "[undefined]", 1, "has undefined where");
        row("a bare word", "{\"a\":word}", 5, "has word where");
        row("a bare name", "{a:1}", 1, "a name in double quotes");
        row("a number for a name", "{1:1}", 1, "a name in double quotes");
        row("single quotes", "['a']", 1, "double quotes");
        row("single quotes around a name", "{'a':1}", 1, "double quotes");
        row("typographic quotes",
            "[\xe2\x80\x9c"
            "a\xe2\x80\x9d]",
            1, "where a value");
        row("line comment", "[1, // one\n2]", 4, "no comments");
        row("block comment", "/* list */[1]", 0, "no comments");
        row("comment behind", "[1] # one", 4, "behind the end");
        row("comma before the end of a list", "[1,]", 3, "no value before ']'");
        row("comma before the end of an object", "{\"a\":1,}", 7, "no name behind the comma");
        row("comma alone", "[,]", 1, "where a value");
        row("two commas", "[1,,2]", 3, "where a value");
        row("two commas in an object", "{\"a\":1,,\"b\":2}", 7, "a name in double quotes");
        row("comma first", "{,\"a\":1}", 1, "a name in double quotes");
        row("no comma", "[1 2]", 3, "a comma or ]");
        row("no comma in an object", "{\"a\":1 \"b\":2}", 7, "a comma or }");
        row("no colon", "{\"a\" 1}", 5, "a colon");
        row("two colons", "{\"a\"::1}", 5, "where a value");
        row("a comma for a colon", "{\"a\",1}", 4, "a colon");
        row("a name alone", "{\"a\"}", 4, "a colon");
        row("no value", "{\"a\":}", 5, "no value before '}'");
        row("wrong bracket", "[1}", 2, "has '}' where '[' was opened");
        row("wrong brace", "{\"a\":1]", 6, "has ']' where '{' was opened");
        row("a bracket too many", "[1]]", 3, "behind the end");
        row("close alone", "]", 0, "no value before");
        row("open list", "[1", 2, "ends within an array");
        row("open object", "{\"a\":1", 6, "ends within an object");
        row("open behind a comma", "[1,", 3, "ends within an array");
        row("open behind a name", "{\"a\"", 4, "ends behind a name");
        row("open behind a colon", "{\"a\": ", 6, "ends behind a colon");
        row("open text", "[\"abc", 1, "ends within the text");
        row("open behind a backslash", "[\"abc\\", 5, "ends within an escape");
        row("half a literal", "[tru", 1, "has tru where");
        row("half a number", "[-", 1, "without a digit");
        row("two values", "{} {}", 3, "behind the end");
        row("text behind", "{}x", 2, "behind the end");
        row("a NUL behind", QByteArray("{}\0", 3), 2, "behind the end");
        row("too deep", "[[[[[[[[[1]]]]]]]]]", 8, "nested more than 8 deep");
        row("far too deep", QByteArray(100'000, '['), 8, "nested more than 8 deep");
        row("UTF-16", QByteArray("{\0}\0", 4), 1, "the byte 0x00");
        row("Latin-1", "[\"caf\xe9\"]", 5, "not UTF-8");
        row("overlong slash", "[\"\xc0\xaf\"]", 2, "not UTF-8");
        row("overlong NUL", "[\"\xc0\x80\"]", 2, "not UTF-8");
        row("overlong in three bytes", "[\"\xe0\x9f\xbf\"]", 2, "not UTF-8");
        row("overlong in four bytes", "[\"\xf0\x8f\xbf\xbf\"]", 2, "not UTF-8");
        row("half a surrogate pair in UTF-8", "[\"\xed\xa0\x80\"]", 2, "not UTF-8");
        row("last surrogate in UTF-8", "[\"\xed\xbf\xbf\"]", 2, "not UTF-8");
        row("beyond U+10FFFF", "[\"\xf4\x90\x80\x80\"]", 2, "not UTF-8");
        row("lead of five", "[\"\xf8\x88\x80\x80\x80\"]", 2, "not UTF-8");
        row("0xff", "[\"\xff\"]", 2, "not UTF-8");
        row("continuation alone", "[\"\x80\"]", 2, "not UTF-8");
        row("cut off by a quote", "[\"\xe2\x82\"]", 2, "not UTF-8");
        row("cut off by the end", "[\"\xf0\x9f\x98", 2, "not UTF-8");
        row("bad third byte", "[\"\xe2\x82\x28\"]", 2, "not UTF-8");
        row("what cannot be kept in what is no JSON", "{\"a\":\"\\u0000\",}", 14, "no name behind");
    }

    void what_theGrammarForbids_isRefusedWithPlaceAndReason()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, at);
        QFETCH(const QString, why);
        const JsonScan scan(text, maxDepth);
        QVERIFY(scan.malformed().has_value());
        QVERIFY2(scan.malformed()->why.contains(why), qPrintable(scan.malformed()->why));
        QCOMPARE(scan.malformed()->at, at);
        const auto read = parseJson(text, maxDepth);
        QCOMPARE(read.error().code, ErrorCode::NotJson);
        QVERIFY2(read.error().details.first().endsWith(u"at byte %1"_s.arg(at)),
                 qPrintable(read.error().details.first()));
    }

    void what_theGrammarAllows_isRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("inList"); // as compact JSON
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& inList) {
            QTest::newRow(name) << text << inList;
        };
        row("text alone", "\"a\"", "[\"a\"]");
        row("number alone", "-12.5e-1", "[-1.25]");
        row("0 alone", "0", "[0]");
        row("true alone", " true ", "[true]");
        row("null alone", "null\n", "[null]");
        row("empty list", "[ ]", "[[]]");
        row("empty object", "{\n}", "[{}]");
        row("all white space", " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n", "[[1,2]]");
        row("all escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00\"]",
            "[[\"\\\"\\\\/\\b\\f\\n\\r\\tA\xc3\xa9\xf0\x9f\x98\x80\"]]");
        row("escapes in either case", "[\"\\u00Ab\\u00aB\"]", "[[\"\xc2\xab\xc2\xab\"]]");
        row("byte order mark within a text", "[\"\xef\xbb\xbfx\"]", "[[\"\xef\xbb\xbfx\"]]");
        row("DEL", "[\"\x7f\"]", "[[\"\x7f\"]]");
        row("the bounds of UTF-8",
            "[\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf"
            "\xbf\"]",
            "[["
            "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf"
            "\xbf\"]]");
        row("a name that is empty", "{\"\":1}", "[{\"\":1}]");
        row("as deep as may be", "[[[[[[[[]]]]]]]]", "[[[[[[[[[]]]]]]]]]");
        row("brackets in a text", "[\"[[[[[[[[[\\\"[[[\"]", "[[\"[[[[[[[[[\\\"[[[\"]]");
        row("numbers", "[0,-0,10,1.0,0.5,1e2,1E+2,1e-2,-1.5e3]", "[[0,0,10,1,0.5,100,100,0.01,-1500]]");
        row("largest whole number", "[9223372036854775807,-9223372036854775808]",
            "[[9223372036854775807,-9223372036854775808]]");
        row("digits beyond a double's", "[3791411052119578828]", "[[3791411052119578828]]");
        row("the last of members of one name", "{\"a\":1,\"b\":2,\"\\u0061\":3}", "[{\"a\":3,\"b\":2}]");
    }

    void what_theGrammarAllows_isRead()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, inList);
        const auto read = parseJson(text, maxDepth);
        QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().details.join(u"; "_s)));
        const QByteArray again = QJsonDocument(QJsonArray{*read}).toJson(QJsonDocument::Compact);
        QCOMPARE(again, inList);
    }

    void what_cannotBeKept_isRefusedByTheNameOfItsField_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("details");
        const QString half = u"must be valid Unicode text: \\u%1 is half a surrogate pair"_s;
        const QString nul = u"must not contain a NUL character"_s;
        const auto row = [](const char* name, const char* text, const QStringList& details) {
            QTest::newRow(name) << QByteArray(text) << details;
        };
        row("first half", "{\"name\":\"\\ud800\"}", {u"name: "_s + half.arg(u"d800"_s)});
        row("second half", "{\"name\":\"\\uDC00x\"}", {u"name: "_s + half.arg(u"dc00"_s)});
        row("two first halves", "{\"name\":\"\\ud800\\ud801\\udc00\"}", {u"name: "_s + half.arg(u"d800"_s)});
        row("halves in the wrong order", "{\"name\":\"\\udc00\\ud800\"}",
            {u"name: "_s + half.arg(u"dc00"_s), u"name: "_s + half.arg(u"d800"_s)});
        row("half before another escape", "{\"name\":\"\\ud800\\n\"}", {u"name: "_s + half.arg(u"d800"_s)});
        row("half at the end", "[\"\\ud800\"]", {u"[0]: "_s + half.arg(u"d800"_s)});
        row("NUL", "{\"a\":{\"b\":[1,{\"c\":\"x\\u0000\"}]}}", {u"a.b[1].c: "_s + nul});
        row("NUL in a name", "{\"a\":{\"x\\u0000\":1}}", {u"a: "_s + nul});
        row("NUL in a name of the whole", "{\"x\\u0000\":1}", {nul});
        row("behind other members", "{\"a\":\"}],{\",\"b\":[[],{}],\"c\":\"\\u0000\"}", {u"c: "_s + nul});
        row("number beyond 64 bits", "{\"n\":9223372036854775808}",
            {u"n: has a whole number beyond 64 bits"_s});
        row("number beyond 64 bits below", "{\"n\":-9223372036854775809}",
            {u"n: has a whole number beyond 64 bits"_s});
        row("a hundred digits", "[1000000000000000000000000000000000000000000000000000000000000000000000000]",
            {u"[0]: has a whole number beyond 64 bits"_s});
        row("beyond a double", "{\"n\":1e309}", {u"n: has a number too large or too small to be kept"_s});
        row("below a double", "{\"n\":-1e-400}", {u"n: has a number too large or too small to be kept"_s});
        row("all of them", "{\"a\":\"\\u0000\",\"b\":\"\\ud800\"}",
            {u"a: "_s + nul, u"b: "_s + half.arg(u"d800"_s)});
    }

    void what_cannotBeKept_isRefusedByTheNameOfItsField()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, details);
        const auto read = parseJson(text, maxDepth);
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().code, ErrorCode::BadFormat);
        QCOMPARE(read.error().details, details);
    }

    void what_cannotBeKept_isToldTwentyTimes()
    {
        QCOMPARE(
            parseJson('[' + QByteArray("\"\\u0000\",").repeated(99) + "1]", maxDepth).error().details.size(),
            20);
    }

    /// Eight bytes are looked at at once: a fault is found at any of their places.
    void fault_isFoundWhereverItIs()
    {
        for (int before = 0; before < 20; ++before) {
            for (const QByteArray& bad : {QByteArray("\n"), QByteArray("\x1f"), QByteArray("\\q"),
                                          QByteArray("\xff"), QByteArray(1, '\0')}) {
                for (int behind = 0; behind < 20; ++behind) {
                    const QByteArray text =
                        "[\"" + QByteArray(before, 'x') + bad + QByteArray(behind, '~') + "\"]";
                    const JsonScan scan(text, maxDepth);
                    QVERIFY(scan.malformed().has_value());
                    QCOMPARE(scan.malformed()->at, before + 2);
                }
                const QByteArray good = "[\"" + QByteArray(before, ' ') + "\"]";
                QVERIFY(!JsonScan(good, maxDepth).malformed().has_value());
            }
        }
    }

    /// Another reader, which takes more than JSON, takes all that the scan does, and the same.
    void whatTheScanTakes_anotherReaderTakes()
    {
        const QByteArray pieces = "{}[]:,\"\\u0019eE+-. tnfalsrue/\\ba";
        QRandomGenerator random(11);
        int taken = 0;
        for (int round = 0; round < 200'000; ++round) {
            QByteArray text = "{\"a\":[1,-2.5e1,\"\\u0041b\",true,null],\"b\":{}}";
            for (int change = random.bounded(3); change >= 0; --change) {
                const int at = random.bounded(int(text.size()));
                text.replace(at, random.bounded(2),
                             QByteArray(1, pieces[random.bounded(int(pieces.size()))]));
            }
            if (JsonScan(text, maxDepth).malformed())
                continue;
            ++taken;
            QJsonParseError problem;
            const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
            QVERIFY2(problem.error == QJsonParseError::NoError, text.constData());
            QVERIFY(document.isObject() || document.isArray());
        }
        QVERIFY2(taken > 1000, qPrintable(QString::number(taken)));
    }

    void slices_areTheTextsOfParts()
    {
        const QByteArray json = " {\"a\\u0062\" : {\"x\":1.0, \"f\" : {\"n\": 1.00,\"s\":\"}]\\\"\"} }, "
                                "\"l\":[ 1 ,[2,\"]\"],{} ]} ";
        QCOMPARE(sliceOf(json, {"ab"_L1, "f"_L1})->toByteArray(),
                 QByteArray("{\"n\": 1.00,\"s\":\"}]\\\"\"}"));
        QCOMPARE(sliceOf(json, {"ab"_L1, "x"_L1})->toByteArray(), QByteArray("1.0"));
        QVERIFY(!sliceOf(json, {"ab"_L1, "y"_L1}).has_value());
        QVERIFY(!sliceOf(json, {"l"_L1, "y"_L1}).has_value());
        QCOMPARE(sliceOf("{\"a\":1,\"a\": 2 }", {"a"_L1})->toByteArray(), QByteArray("2"));
        const auto entries = entrySlices(*sliceOf(json, {"l"_L1}));
        QCOMPARE(entries.size(), 3U);
        QCOMPARE(entries[0].toByteArray(), QByteArray("1"));
        QCOMPARE(entries[1].toByteArray(), QByteArray("[2,\"]\"]"));
        QCOMPARE(entries[2].toByteArray(), QByteArray("{}"));
        QVERIFY(entrySlices("{}").empty());
        QVERIFY(entrySlices("[]").empty());
    }

    /// Whichever way the mark is written, it is part of the name, and of the text.
    void slices_tellNamesWithAByteOrderMarkApart_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("slice");
        const auto row = [](const char* name, const QByteArray& json, const QByteArray& slice) {
            QTest::newRow(name) << json << slice;
        };
        const QByteArray mark = "\xEF\xBB\xBF";
        row("before", "{\"" + mark + "a\":1,\"a\":2}", "2");
        row("behind", "{\"a\":2,\"" + mark + "a\":1}", "2");
        row("escaped", "{\"a\":2,\"\\ufeffa\":1}", "2");
        row("escaped in capitals", "{\"a\":2,\"\\uFEFFa\":1}", "2");
        row("before an escaped letter", "{\"a\":2,\"" + mark + "\\u0061\":1}", "2");
        row("twice", "{\"a\":2,\"" + mark + mark + "a\":1}", "2");
        row("in the middle", "{\"a\":2,\"a" + mark + "\":1}", "2");
        row("alone", "{\"" + mark + "a\":1}", {});
        row("in the value", "{\"a\":\"" + mark + "x\"}", "\"" + mark + "x\"");
        row("in an object's text", "{\"a\":{\"b\":\"" + mark + "}\"}}", "{\"b\":\"" + mark + "}\"}");
    }

    void slices_tellNamesWithAByteOrderMarkApart()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QByteArray, slice);
        QVERIFY(parseJson(json, 32).has_value());
        const auto found = sliceOf(json, {"a"_L1});
        QCOMPARE(found ? found->toByteArray() : QByteArray(), slice);
    }
};

PRISM_APPLESS_TEST(JsonScanTest)

} // namespace tst_json_scan

#include "tst_json_scan.moc"
