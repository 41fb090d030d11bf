#include "server/reports/findings.h"
#include "server/reports/short_texts.h"
#include "tests/support/test_program.h"
#include "tests/unit/reports/report_lines.h"

namespace tst_report_formats {

using namespace prism;
using protocol::Severity;
using reports::Findings;
using reports::Format;

/// How a file's format is known, and what bounds all of them.
class TestReportFormats : public QObject
{
    Q_OBJECT

    static protocol::Violation violation(Severity severity, const QString& id = QStringLiteral("id"))
    {
        protocol::Violation violation;
        violation.principleId = id;
        violation.severity = severity;
        return violation;
    }

private slots:
    /// Where somebody waits no longer, of each format and wherever in it that is.
    void reading_endsWhenItIsEnough_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("file");
        const auto row = [](const char* name, Format format, const QByteArray& begin, const QByteArray& each,
                            const QByteArray& end) {
            QTest::newRow(name) << format
                                << test::json(begin + each + QByteArray("," + each).repeated(999) + end);
        };
        row("sarif", Format::Sarif, "{'version':'2.1.0','runs':[{'results':[", "{}", "]}]}");
        row("code quality", Format::CodeQuality, "[", "{}", "]");
        row("eslint, files", Format::Eslint, "[", "{'messages':[]}", "]");
        row("eslint, messages", Format::Eslint, "[{'messages':[", "{}", "]}]");
        row("rdjson", Format::Rdjson, "{'diagnostics':[", "{}", "]}");
        const auto lines = [](const char* name, Format format, const QByteArray& begin,
                              const QByteArray& each, const QByteArray& end) {
            QTest::newRow(name) << format << begin + each.repeated(1'000) + end;
        };
        lines("rdjsonl", Format::Rdjson, {}, "{\"message\":\"m\"}\n", {});
        lines("junit", Format::Junit, "<testsuite>", "<testcase/>", "</testsuite>");
        lines("checkstyle", Format::Checkstyle, "<checkstyle>", "<file/>", "</checkstyle>");
        lines("tap", Format::Tap, {}, "ok 1\n", {});
        lines("pre-commit", Format::PreCommit, {}, "a.....Passed\n", {});
    }

    void reading_endsWhenItIsEnough()
    {
        QFETCH(const Format, format);
        QFETCH(const QByteArray, file);
        for (const int most : {0, 1, 500}) {
            int asked = 0;
            const auto report = reports::readReport(format, file, [&] { return ++asked > most; });
            QVERIFY(!report.has_value());
            QCOMPARE(report.error().code, protocol::ErrorCode::Unavailable);
            QCOMPARE(asked, most + 1);
        }
        QVERIFY(reports::readReport(format, file, [] { return false; }).has_value());
    }

    void file_isKnownByWhatIsInIt_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const QByteArray& file, const char* expected) {
            QTest::newRow(name) << file << QString::fromUtf8(expected);
        };
        row("sarif", test::json("\xEF\xBB\xBF {'runs':[],'version':'2.1.0'}"), "sarif");
        row("junit", "<?xml version='1.0'?><!-- <checkstyle> --><testsuites/>", "junit");
        row("junit of one suite", "<testsuite/>", "junit");
        row("checkstyle", "<checkstyle/>", "checkstyle");
        row("checkstyle, cut off behind its beginning", "<checkstyle><file", "checkstyle");
        row("code quality", test::json("[ {'description':'d','severity':'minor'}]"), "codequality");
        row("code quality without issues", " [\n] ", "codequality");
        row("eslint", test::json("[{'filePath':'a','messages':[]}]"), "eslint");
        row("eslint with metadata", test::json("{'results':[],'metadata':{}}"), "eslint");
        row("rdjson", test::json("{\n'diagnostics':[]}"), "rdjson");
        row("rdjsonl", test::json("{'message':'m','location':{}}\n{'message':'n'}\n"), "rdjson");
        row("tap", "TAP version 14\n", "tap");
        row("tap without a version", "# building\nok 1 - a\n", "tap");
        row("pre-commit", "[INFO] Installing\nmypy.....\x1b[42mPassed\x1b[m\n", "pre-commit");
        row("other XML", "<html/>",
            "refused: report: begins with <html>, which no known format does; name its "
            "format if it is one of those that are known");
        row("broken XML", "<<", "refused: line 1, column 3: Expected '?', '!', or '[a-zA-Z]', but got '<'.");
        row("other object", "{\"a\":1}",
            "refused: report: is an object of JSON without runs, diagnostics and results; name its format if "
            "it is "
            "one of those that are known");
        row("other list", "[{}]",
            "refused: report: is a list of JSON, neither of ESLint's files nor of Code Quality's issues; "
            "name its "
            "format if it is one of those that are known");
        row("broken JSON", "{\n\"a\"", "refused: line 2, column 4: ends behind a name");
        row("nothing", "",
            "refused: report: looks like no known format; name its format if it is one of those that "
            "are known");
    }

    void file_isKnownByWhatIsInIt()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QString, expected);
        const auto format = reports::formatOf(file);
        QCOMPARE(format ? QString(protocol::nameOf(reports::formatNames, *format))
                        : QStringLiteral("refused: ") + format.error().details.join(u';'),
                 expected);
    }

    void file_isReadInTheFormatThatItLooksLike()
    {
        QCOMPARE(test::linesOf(Format::Auto, "1..1\nnot ok 1 - a\n"),
                 test::linesOf(Format::Tap, "1..1\nnot ok 1 - a\n"));
        QCOMPARE(test::linesOf(Format::Auto, "<checkstyle/>"),
                 test::linesOf(Format::Checkstyle, "<checkstyle/>"));
    }

    void textsThatAreTooLong_areCutAndNoted()
    {
        const auto report = reports::readReport(
            Format::Checkstyle, "<checkstyle><file name='" + QByteArray("f").repeated(5000) +
                                    "'><error severity='error' source='" + QByteArray("s").repeated(5000) +
                                    "' message='" + QByteArray("\xF0\x9F\x98\x80").repeated(5000) +
                                    "'/></file></checkstyle>");
        QVERIFY(report);
        const protocol::Violation& cut = report->runs.front().violations.front();
        QCOMPARE(cut.principleId.size(), 300);
        QCOMPARE(cut.file.size(), 1000);
        QCOMPARE(cut.message.toUcs4().size(), 2000);
        QCOMPARE(report->notes, QStringList{QStringLiteral("texts were too long and are cut: 3")});
    }

    void moreViolationsThanAreKept_leaveTheGravestInTheOrderOfTheFile()
    {
        reports::Notes notes;
        Findings findings(notes, QStringLiteral("none"));
        const int most = int(protocol::mostViolations);
        for (int i = 0; i < most; ++i)
            findings.add(violation(Severity::Info));
        findings.add(violation(Severity::Block, QStringLiteral("first")));
        protocol::Violation suppressed = violation(Severity::Block);
        suppressed.falsePositive = true;
        findings.add(suppressed);
        QVERIFY(!findings.wouldKeep(violation(Severity::Info)));
        QVERIFY(findings.wouldKeep(violation(Severity::Warning)));
        findings.add(violation(Severity::Warning, QStringLiteral("second")));
        const reports::Run run = findings.take(QStringLiteral("gate"));
        QCOMPARE(run.counts, (protocol::ViolationCounts{1, 1, most, 1}));
        QCOMPARE(run.violations.size(), most);
        QCOMPARE(run.violations.at(most - 2).principleId, QStringLiteral("first"));
        QCOMPARE(run.violations.at(most - 1).principleId, QStringLiteral("second"));
        QCOMPARE(notes.texts().constFirst(),
                 QStringLiteral("violations beyond the 25,000 gravest are counted and not kept: 3"));
    }

    /// A file of few bytes for each part takes much more memory than its own size.
    void jsonOfVeryManyParts_isRefused()
    {
        const QByteArray file = "[" + QByteArray("[0],").repeated(1'500'001) + "[0]]";
        QCOMPARE(test::linesOf(Format::CodeQuality, file),
                 QStringList{QStringLiteral("refused: report: has more than 1,500,000 objects and lists")});
    }

    void oneTextForManyResults_isNotMultiplied()
    {
        const QByteArray file = test::json(
            "{'version':'2.1.0','runs':[{'tool':{'driver':{'globalMessageStrings':{'m':{'text':'" +
            QByteArray("{0}").repeated(100'000) + "'}}}},'results':[{'message':{'id':'m','arguments':['" +
            QByteArray("x").repeated(100'000) + "']}}]}]}");
        const auto report = reports::readReport(Format::Sarif, file);
        QVERIFY(report);
        QCOMPARE(report->runs.front().violations.front().message.size(), reports::messageLength);
    }

    void texts_areCutBehindAWholeCharacter_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("shorter", "ab", "ab");
        row("as long", "abc", "abc");
        row("longer", "abcd", "abc");
        row("nothing", "", "");
        row("two bytes each", "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", "\xC3\xA4\xC3\xB6\xC3\xBC");
        row("four bytes",
            "ab\xF0\x9F\x98\x80"
            "c",
            "ab\xF0\x9F\x98\x80");
        row("escapes", "\\n\\\\\\tx", "\\n\\\\\\t");
        row("a pair of escapes", "ab\\uD83D\\ude00c", "ab\\uD83D\\ude00");
        row("escapes that are no pair", "\\u0041\\u00e4\\u00DFx", "\\u0041\\u00e4\\u00DF");
    }

    void texts_areCutBehindAWholeCharacter()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, expected);
        const QByteArray around =
            test::json("{'" + text + "':['" + text + "', 12345, {'k':'" + text + "'}]}");
        QCOMPARE(reports::withShortTexts(around, 3),
                 test::json("{'" + expected + "':['" + expected + "', 12345, {'k':'" + expected + "'}]}"));
    }

    /// That nothing is made of it takes as long as the text is, for each result anew.
    void templateOfAMessage_isReadToItsBoundAndNoFurther()
    {
        const auto report = reports::readReport(
            Format::Sarif,
            test::json("{'version':'2.1.0','runs':[{'tool':{'driver':{'globalMessageStrings':{'m':{'text':'" +
                       QByteArray("{00}").repeated(2000) +
                       "behind'}}}},'results':[{'message':{'id':'m','arguments':['']}}]}]}"));
        QVERIFY(report);
        QCOMPARE(report->runs.front().violations.front().message, QString());
    }

    /// 18 MB here, of a file of 300 KB.
    void oneTextForTheResultsOfManyRuns_isNotMultiplied()
    {
        const QByteArray run = "{'tool':{'driver':{'globalMessageStrings':{'m':{'text':'" +
                               QByteArray("x").repeated(2000) + "'}}}},'results':[" +
                               QByteArray("{'message':{'id':'m'}},").repeated(8999) +
                               "{'message':{'id':'m'}}]}";
        const auto read = [&](const QByteArray& runs) {
            return reports::readReport(Format::Sarif,
                                       test::json("{'version':'2.1.0','runs':[" + runs + "]}"));
        };
        QVERIFY(read(run));
        const auto refused = read(run + "," + run);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, protocol::ErrorCode::TooLong);
        QCOMPARE(refused.error().details,
                 QStringList{QStringLiteral("runs: say more than 33554432 characters together, what a rule "
                                            "says once for each of its results")});
    }
};

PRISM_TEST(TestReportFormats)

} // namespace tst_report_formats

#include "tst_report_formats.moc"
