#include "tests/support/test_program.h"
#include "tests/unit/reports/report_lines.h"

namespace tst_xml_reports {

using namespace prism;
using reports::Format;

/// What is made of JUnit's and Checkstyle's XML, one awkwardness a row.
class TestXmlReports : public QObject
{
    Q_OBJECT

    static QByteArray inCheckstyle(const QByteArray& errors)
    {
        return "<checkstyle><file name='a.c'>" + errors + "</file></checkstyle>";
    }

    static QByteArray inSuite(const QByteArray& tests)
    {
        return "<testsuite name='s'>" + tests + "</testsuite>";
    }

private slots:
    void junit_data()
    {
        constexpr auto refused =
            "refused: line 1, column 22: has a document type with declarations of its own, "
            "which are not read";
        test::addRows({
            {"all is well",
             "<testsuites><testsuite name='s' time='0.5'><testcase name='t'/></testsuite></testsuites>",
             "s PASS 0/0/0/0 500"},
            {"a failure and an error",
             inSuite("<testcase classname='c' name='t'><failure message='m'>text</failure></testcase>"
                     "<testcase classname='c' name='u'><error>only text</error></testcase>"),
             "s BLOCKED 2/0/0/0 ?\nBLOCK c.t :0:0 m\nBLOCK c.u :0:0 only text"},
            {"without a class the suite", inSuite("<testcase name='t'><failure/></testcase>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s.t :0:0 "},
            {"two failures of a test",
             inSuite("<testcase name='t'><failure message='1'/><failure message='2'/></testcase>"),
             "s BLOCKED 2/0/0/0 ?\nBLOCK s.t :0:0 1\nBLOCK s.t :0:0 2"},
            {"skipped", inSuite("<testcase name='t'><skipped message='m'/></testcase>"),
             "s PASS 0/0/0/0 ?\nnote: tests that were skipped are no violations: 1"},
            {"what the attributes count does not count",
             "<testsuite name='s' failures='3' errors='1'><testcase name='t'/></testsuite>",
             "s PASS 0/0/0/0 ?"},
            {"failed each time it was run",
             inSuite("<testcase name='t'><failure message='m'/><rerunFailure message='m'><stackTrace>failure"
                     "</stackTrace></rerunFailure></testcase>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s.t :0:0 m"},
            {"passed in the end",
             inSuite("<testcase name='t'><flakyFailure message='m'><stackTrace/></flakyFailure></testcase>"),
             "s PASS 0/0/0/0 ?\n"
             "note: failures of tests that passed when they were run again are no violations: 1"},
            {"a suite that failed itself", inSuite("<error message='no set-up'/>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s :0:0 no set-up\nnote: tests in the file: 0"},
            {"nested",
             "<testsuites name='all'><testsuite name='o'><testsuite name='i'><testcase "
             "name='t'><failure/></testcase>"
             "</testsuite><testcase name='u'><failure/></testcase></testsuite></testsuites>",
             "all BLOCKED 2/0/0/0 ?\nBLOCK i.t :0:0 \nBLOCK o.u :0:0 "},
            {"times of the outermost that have one",
             "<testsuites name='all'><testsuite time='1'><testsuite time='9'/><testcase name='t' "
             "time='9'/></testsuite>"
             "<testsuite><testsuite time='2'/></testsuite><testsuite/></testsuites>",
             "all PASS 0/0/0/0 3000"},
            {"a time of the whole",
             "<testsuites name='all' time='0.1'><testsuite time='9'><testcase name='t'/>"
             "</testsuite></testsuites>",
             "all PASS 0/0/0/0 100"},
            {"commas between the thousands",
             "<testsuite name='s' time='1,002,503.1'><testcase name='t'/></testsuite>",
             "s PASS 0/0/0/0 1002503100"},
            {"times that are none",
             "<testsuites name='all'><testsuite time='-1'/><testsuite time='NaN'/><testsuite time='1e300'/>"
             "<testsuite time='soon'/><testcase name='t'/></testsuites>",
             "all PASS 0/0/0/0 ?"},
            {"longer than anything takes",
             "<testsuites name='all'><testsuite time='6e8'/><testsuite time='6e8'/><testcase name='t'/>"
             "</testsuites>",
             "all PASS 0/0/0/0 ?"},
            {"places",
             "<testsuite name='s' file='suite.py'><testcase name='t' file='test.py' "
             "line='7'><failure/></testcase>"
             "<testcase name='u' line='0'><failure/></testcase></testsuite>",
             "s BLOCKED 2/0/0/0 ?\nBLOCK s.t test.py:7:0 \nBLOCK s.u suite.py:0:0 "},
            {"quoted",
             inSuite(
                 "<testcase name='t'><failure><![CDATA[a <b>]]>]]&gt;<![CDATA[</b>]]></failure></testcase>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s.t :0:0 a <b>]]></b>"},
            {"references", inSuite("<testcase name='t'><failure message='1&#x0A;&lt;2'/></testcase>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s.t :0:0 1\n<2"},
            {"colours, which XML does not have",
             inSuite("<testcase name='t'><failure message='\x1b[31mred'/></testcase>"),
             "s BLOCKED 1/0/0/0 ?\nBLOCK s.t :0:0 \uFFFD[31mred"},
            {"many suites have no one name",
             "<testsuites><testsuite name='a'><testcase name='t'/></testsuite><testsuite "
             "name='b'/></testsuites>",
             "junit PASS 0/0/0/0 ?"},
            {"a document type without declarations",
             "<!DOCTYPE testsuite SYSTEM \"http://127.0.0.1:9/never[asked>\"><testsuite name='s'><testcase "
             "name='t'/>"
             "</testsuite>",
             "s PASS 0/0/0/0 ?"},
            {"entities that multiply",
             "<?xml version=\"1.0\"?>\n"
             "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><testsuite name='&b;'/>",
             "refused: line 2, column 1: has a document type with declarations of its own, which are not "
             "read"},
            {"entities behind a quoted end",
             "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \">\" [<!ENTITY a \"ha\">]><testsuite name='&a;'/>",
             refused},
            {"an entity of nobody", "<testsuite name='s'><testcase name='&other;'/></testsuite>",
             "refused: line 1, column 44: Entity 'other' not declared."},
            {"another root", "<tests/>",
             "refused: line 1, column 9: begins with <tests>; <testsuites> or <testsuite> is expected"},
            {"cut off", "<testsuite name='s'>\n<testcase",
             "refused: line 2, column 10: Premature end of document."},
            {"wrongly closed", "<testsuite>\n</testsuites>",
             "refused: line 2, column 14: Opening and ending tag mismatch."},
            {"empty", "", "refused: line 1, column 1: Premature end of document."},
        });
    }

    void junit() { test::compareRow(Format::Junit); }

    void time_isReadAsItIsPrintedAnywhere_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("expected"); // milliseconds
        const auto row = [](const char* time, const char* expected) {
            QTest::newRow(time) << QString::fromLatin1(time) << QString::fromLatin1(expected);
        };
        row("0,123", "123");
        row("0.123", "123");
        row("1,23", "1230");
        row("1.23", "1230");
        row("1,234", "1234000");
        row("1.234", "1234");
        row("1,234.5", "1234500");
        row("1.234,5", "1234500");
        row("2,503.1", "2503100");
        row("12,345", "12345000");
        row("1234,567", "1234567");
        row("012,345", "12345");
        row("1,234,567", "1234567000");
        row("1.234.567", "1234567000");
        row("1.234.567,8", "1234567800");
        row("1,002,503.1", "1002503100");
        row(" 3.5 ", "3500");
        row("1.5E-3", "1.5");
        row("1,5e-3", "1.5");
        row("7", "7000");
        row("0,123,456", "?");
        row("1,23,456", "?");
        row("1,234.5.6", "?");
        row("12,34.5", "?");
        row(",", "?");
        row("", "?");
        row("1,2x", "?");
    }

    void time_isReadAsItIsPrintedAnywhere()
    {
        QFETCH(const QString, time);
        QFETCH(const QString, expected);
        const QByteArray file =
            "<testsuite name='s' time='" + time.toLatin1() + "'><testcase name='t'/></testsuite>";
        QCOMPARE(test::linesOf(Format::Junit, file).join(u'\n'),
                 QStringLiteral("s PASS 0/0/0/0 ") + expected);
    }

    void checkstyle_data()
    {
        test::addRows({
            {"all is well", "<checkstyle version='8'/>", "checkstyle PASS 0/0/0/0 ?"},
            {"severities",
             inCheckstyle("<error line='1' column='2' severity='error' message='m' source='r'/>"
                          "<error line='3' severity='warning' source='r'/><error severity='info' source='r'/>"
                          "<error severity='ignore' source='r'/>"),
             "checkstyle BLOCKED 1/1/1/0 ?\nBLOCK r a.c:1:2 m\nWARNING r a.c:3:0 \nINFO r a.c:0:0 \n"
             "note: errors of severity ignore are no violations: 1"},
            {"a severity of another tool, and none", inCheckstyle("<error severity='style'/><error/>"),
             "checkstyle WARNING 0/2/0/0 ?\nWARNING checkstyle a.c:0:0 \nWARNING checkstyle a.c:0:0 \n"
             "note: severities that the format does not know count as warnings: 1"},
            {"the file as a whole", inCheckstyle("<error line='0' severity='error' source='r'/>"),
             "checkstyle BLOCKED 1/0/0/0 ?\nBLOCK r a.c:0:0 "},
            {"lines that are none",
             inCheckstyle("<error line='-3' column='99999999999' severity='error' source='r'/>"),
             "checkstyle BLOCKED 1/0/0/0 ?\nBLOCK r a.c:0:0 "},
            {"the same file twice",
             "<checkstyle><file name='C:\\x\\a.java'></file><file name='C:\\x\\a.java'><error "
             "severity='error' "
             "source='r'/></file></checkstyle>",
             "checkstyle BLOCKED 1/0/0/0 ?\nBLOCK r C:\\x\\a.java:0:0 "},
            {"what Checkstyle could not read",
             inCheckstyle("<exception><![CDATA[java.lang.Error]]></exception>"),
             "checkstyle BLOCKED 1/0/0/0 ?\nBLOCK exception a.c:0:0 java.lang.Error"},
            {"another encoding",
             "<?xml version='1.0' encoding='ISO-8859-1'?>" +
                 inCheckstyle("<error severity='error' source='r' message='\xFC'/>"),
             "checkstyle BLOCKED 1/0/0/0 ?\nBLOCK r a.c:0:0 \u00FC"},
            {"an encoding that is not named", "<?xml version='1.0' encoding=><checkstyle/>",
             "refused: line 1: names no encoding"},
            {"an encoding that nobody knows", "<?xml version='1.0' encoding='elsewhere'?><checkstyle/>",
             "refused: line 1: has the encoding elsewhere, which is not known"},
            {"two bytes a character",
             QByteArray("\xFF\xFE", 2) + QByteArray(reinterpret_cast<const char*>(u"<checkstyle/>"), 26),
             "checkstyle PASS 0/0/0/0 ?"},
            {"another root", "<html/>",
             "refused: line 1, column 8: begins with <html>; <checkstyle> is expected"},
        });
    }

    void checkstyle() { test::compareRow(Format::Checkstyle); }

    /// Each of these takes a reader of XML that does not look ahead very long, or very much memory.
    void xml_madeToTakeLong_isRefused_data()
    {
        QByteArray attributes;
        for (int i = 0; i < 300; ++i)
            attributes += " a" + QByteArray::number(i) + "=''";
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("expected");
        QTest::newRow("deep") << QByteArray("<testsuite>") + QByteArray("<a>").repeated(200'000)
                              << QStringLiteral("refused: line 1, column 312: is nested more than 100 deep");
        QTest::newRow("attributes") << "<testsuite>\n<a" + attributes + "/></testsuite>"
                                    << QStringLiteral(
                                           "refused: line 2, column 1: has a tag with more than 200 "
                                           "attributes");
    }

    void xml_madeToTakeLong_isRefused() { test::compareRow(Format::Junit); }
};

PRISM_TEST(TestXmlReports)

} // namespace tst_xml_reports

#include "tst_xml_reports.moc"
