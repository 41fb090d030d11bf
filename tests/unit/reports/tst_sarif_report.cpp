#include "tests/support/test_program.h"
#include "tests/unit/reports/report_lines.h"

namespace tst_sarif_report {

using namespace prism;
using reports::Format;

/// What is made of SARIF, one awkwardness a row.
class TestSarifReport : public QObject
{
    Q_OBJECT

    /// A log of one run with these fields beside its tool.
    static QByteArray run(const QByteArray& fields, const QByteArray& driver = {})
    {
        return test::json("{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'lint'" + driver + "}}" +
                          fields + "}]}");
    }

    static QByteArray rules(const QByteArray& rules) { return ",'rules':[" + rules + "]"; }

    static QByteArray results(const QByteArray& results) { return ",'results':[" + results + "]"; }

    static QByteArray suppressed(const QByteArray& suppressions)
    {
        return run(results("{'ruleId':'a','suppressions':[" + suppressions + "]}"));
    }

private slots:
    void files_data()
    {
        test::addRows({
            {"nothing found", run(results("")), "lint PASS 0/0/0/0 ?"},
            {"no run", test::json("{'version':'2.1.0','runs':[]}"), "note: runs in the file: 0"},
            {"no results at all", run(""), "lint PASS 0/0/0/0 ?"},
            {"no name", test::json("{'version':'2.1.0','runs':[{'results':null}]}"), "sarif PASS 0/0/0/0 ?"},
            {"levels",
             run(results("{'ruleId':'a','level':'error'},{'ruleId':'a','level':'warning'},"
                         "{'ruleId':'a','level':'note'},{'ruleId':'a','level':'none'}")),
             "lint BLOCKED 1/1/2/0 ?\nBLOCK a :0:0 \nWARNING a :0:0 \nINFO a :0:0 \nINFO a :0:0 "},
            {"unknown level", run(results("{'ruleId':'a','level':'grave'}")),
             "lint WARNING 0/1/0/0 ?\nWARNING a :0:0 \n"
             "note: severities that the format does not know count as warnings: 1"},
            {"level of the rule, by index",
             run(results("{'ruleIndex':1}"),
                 rules("{'id':'a'},{'id':'b','defaultConfiguration':{'level':'error'}}")),
             "lint BLOCKED 1/0/0/0 ?\nBLOCK b :0:0 "},
            {"level of the rule, by id",
             run(results("{'ruleId':'b'}"),
                 rules("{'id':'a'},{'id':'b','defaultConfiguration':{'level':'note'}}")),
             "lint PASS 0/0/1/0 ?\nINFO b :0:0 "},
            {"level of the rule, by reference",
             run(results("{'rule':{'id':'b'}}"), rules("{'id':'b','defaultConfiguration':{'level':'note'}}")),
             "lint PASS 0/0/1/0 ?\nINFO b :0:0 "},
            {"a part of a rule",
             run(results("{'ruleId':'b/2'}"), rules("{'id':'b','defaultConfiguration':{'level':'note'}}")),
             "lint PASS 0/0/1/0 ?\nINFO b/2 :0:0 "},
            {"an index that leads elsewhere",
             run(results("{'ruleId':'b','ruleIndex':0},{'ruleId':'b','ruleIndex':9}"),
                 rules("{'id':'a','defaultConfiguration':{'level':'error'}},"
                       "{'id':'b','defaultConfiguration':{'level':'note'}}")),
             "lint PASS 0/0/2/0 ?\nINFO b :0:0 \nINFO b :0:0 "},
            {"a rule of an extension",
             test::json("{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'lint','rules':[{'id':'a'}]},"
                        "'extensions':[{'rules':[{'id':'x','defaultConfiguration':{'level':'error'}}]}]},"
                        "'results':[{'rule':{'index':0,'toolComponent':{'index':0}}},{'ruleId':'x'}]}]}"),
             "lint BLOCKED 2/0/0/0 ?\nBLOCK x :0:0 \nBLOCK x :0:0 "},
            {"a rule without a level",
             run(results("{'ruleId':'a'}"), rules("{'id':'a','defaultConfiguration':{}}")),
             "lint WARNING 0/1/0/0 ?\nWARNING a :0:0 "},
            {"a level that was set for the run",
             run(results("{'ruleId':'a'},{'ruleId':'b'},{'ruleId':'b','level':'note'}") +
                     ",'invocations':[{'executionSuccessful':true,'ruleConfigurationOverrides':["
                     "{'descriptor':{'id':'a'},'configuration':{'level':'error'}},"
                     "{'descriptor':{'index':1},'configuration':{'level':'error'}}]}]",
                 rules("{'id':'a','defaultConfiguration':{'level':'note'}},{'id':'b'}")),
             "lint BLOCKED 2/0/1/0 ?\nBLOCK a :0:0 \nBLOCK b :0:0 \nINFO b :0:0 "},
            {"a level that was set for another run of the tool",
             run(results("{'ruleId':'a','provenance':{'invocationIndex':1}},{'ruleId':'a'}") +
                 ",'invocations':[{},{'ruleConfigurationOverrides':["
                 "{'descriptor':{'id':'a'},'configuration':{'level':'error'}}]}]"),
             "lint BLOCKED 1/1/0/0 ?\nBLOCK a :0:0 \nWARNING a :0:0 "},
            {"a score where no level is said",
             run(results("{'ruleId':'a'},{'ruleId':'b'},{'ruleId':'c'},{'ruleId':'d'},"
                         "{'ruleId':'a','level':'note'},{'ruleId':'d','properties':{'security-severity':8}}"),
                 rules("{'id':'a','properties':{'security-severity':'9.8'}},"
                       "{'id':'b','properties':{'security-severity':'4.0'}},"
                       "{'id':'c','properties':{'security-severity':'3.9'}},"
                       "{'id':'d','properties':{'security-severity':'HIGH'}}")),
             "lint BLOCKED 2/2/2/0 ?\nBLOCK a :0:0 \nWARNING b :0:0 \nINFO c :0:0 \nWARNING d :0:0 \n"
             "INFO a :0:0 \nBLOCK d :0:0 "},
            {"what did not fail",
             run(results("{'kind':'pass'},{'kind':'notApplicable'},{'ruleId':'a','kind':'fail'}")),
             "lint WARNING 0/1/0/0 ?\nWARNING a :0:0 \n"
             "note: results of another kind than fail are no violations: 2"},
            {"what is gone",
             run(results("{'ruleId':'a','baselineState':'absent','level':'error'},"
                         "{'ruleId':'b','baselineState':'unchanged'},{'ruleId':'c','baselineState':'new'}")),
             "lint WARNING 0/2/0/0 ?\nWARNING b :0:0 \nWARNING c :0:0 \n"
             "note: results of an earlier run that are gone are no violations: 1"},
            {"suppressed", suppressed("{'kind':'inSource'}"),
             "lint PASS 0/0/0/1 ?\nfalse WARNING a :0:0 \n"
             "note: results that were suppressed count as false positives: 1"},
            {"suppression accepted", suppressed("{'status':'accepted'},{'status':'rejected'}"),
             "lint PASS 0/0/0/1 ?\nfalse WARNING a :0:0 \n"
             "note: results that were suppressed count as false positives: 1"},
            {"suppression under review", suppressed("{'status':'underReview'},{'status':'rejected'}"),
             "lint WARNING 0/1/0/0 ?\nWARNING a :0:0 "},
            {"no suppression", suppressed(""), "lint WARNING 0/1/0/0 ?\nWARNING a :0:0 "},
            {"a message by its name",
             run(results("{'ruleId':'a','message':{'id':'m','arguments':['x','y']}},"
                         "{'ruleId':'a','message':{'id':'n','arguments':['z']}},"
                         "{'ruleId':'a','message':{'id':'nowhere'}}"),
                 rules("{'id':'a','messageStrings':{'m':{'text':'{1} before {0}, {{0}} and {7}'}}}") +
                     ",'globalMessageStrings':{'n':{'text':'of the tool: {0}'}}"),
             "lint WARNING 0/3/0/0 ?\nWARNING a :0:0 y before x, {0} and {7}\n"
             "WARNING a :0:0 of the tool: z\nWARNING a :0:0 "},
            {"places",
             run(results("{'ruleId':'a','locations':[{'physicalLocation':{'artifactLocation':{'uri':'src/"
                         "a%20b.c',"
                         "'uriBaseId':'ROOT','index':0},'region':{'startLine':3,'startColumn':7}}}]},"
                         "{'ruleId':'a','locations':[{'physicalLocation':{'artifactLocation':{'index':1}}}]},"
                         "{'ruleId':'a','locations':[{'physicalLocation':{'artifactLocation':{'index':2}}}]},"
                         "{'ruleId':'a','locations':[{'logicalLocations':[{}]}]}") +
                 ",'artifacts':[{},{'location':{'uri':'b.c'}}]"),
             "lint WARNING 0/4/0/0 ?\nWARNING a src/a%20b.c:3:7 \nWARNING a b.c:0:0 \nWARNING a :0:0 \n"
             "WARNING a :0:0 "},
            {"two runs",
             test::json(
                 "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'one'}},'results':[{'ruleId':'a'}]},"
                 "{'tool':{'driver':{'name':'two'}},'results':[{'ruleId':'a','kind':'pass'}]}]}"),
             "one WARNING 0/1/0/0 ?\nWARNING a :0:0 \ntwo PASS 0/0/0/0 ?\n"
             "note: results of another kind than fail are no violations: 1"},
            {"a run that failed",
             run(results("{'ruleId':'a','level':'note'}") +
                 ",'invocations':[{'executionSuccessful':false,'exitCode':3,'toolExecutionNotifications':["
                 "{'level':'warning','message':{'text':'not this'}},"
                 "{'level':'error','message':{'text':'out of memory'}}]}]"),
             "lint WARNING 0/1/1/0 ?\nINFO a :0:0 \nWARNING tool-failed :0:0 exit code 3: out of memory"},
            {"a run that failed and found nothing",
             run(results("") + ",'invocations':[{'executionSuccessful':false}]"),
             "lint BLOCKED 1/0/0/0 ?\nBLOCK tool-failed :0:0 The tool says that it failed, and not how."},
            {"what it says of itself is no result",
             run(results("") + ",'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':["
                               "{'level':'error','message':{'text':'a syntax error'}}]}]"),
             "lint PASS 0/0/0/0 ?"},
            {"how long it took",
             run(results("") +
                 ",'invocations':[{'startTimeUtc':'2026-03-01T10:00:00Z','endTimeUtc':"
                 "'2026-03-01T10:00:01.250Z'},{'startTimeUtc':'2026-03-01T10:00:02Z','endTimeUtc':"
                 "'2026-03-01T10:00:03Z'}]"),
             "lint PASS 0/0/0/0 2250"},
            {"longer than anything takes",
             run(results("") + ",'invocations':[{'startTimeUtc':'1970-01-01T00:00:00Z','endTimeUtc':"
                               "'2026-03-01T10:00:00Z'}]"),
             "lint PASS 0/0/0/0 ?"},
            {"no id anywhere", run(results("{'message':{'text':'m'}}")),
             "lint WARNING 0/1/0/0 ?\nWARNING lint :0:0 m"},
            {"a byte order mark", "\xEF\xBB\xBF" + run(results("")), "lint PASS 0/0/0/0 ?"},
            {"no JSON", "{\n  \"version\": '2.1.0'}",
             "refused: line 2, column 14: has ''' where a value is expected; texts are in double quotes"},
            {"cut off", run(results("")).chopped(2), "refused: line 1, column 76: ends within an array"},
            {"no version", test::json("{'runs':[]}"), "refused: version: must be 2.1.0"},
            {"no runs", test::json("{'version':'2.1.0'}"), "refused: runs: is required"},
            {"a run that is none", test::json("{'version':'2.1.0','runs':[{},7]}"),
             "refused: runs[1]: must be an object"},
            {"results that are none", run(",'results':{}"), "refused: runs[0].results: must be a list"},
            {"a result that is none", run(results("{},null")),
             "refused: runs[0].results[1]: must be an object"},
        });
    }

    void files() { test::compareRow(Format::Sarif); }

    void result_hasItsRulesNameAddressAndTheToolsFingerprint_data()
    {
        QTest::addColumn<QByteArray>("prints");
        QTest::addColumn<QString>("expected");
        QTest::newRow("certain") << QByteArray(",'fingerprints':{'v1':'f'},'partialFingerprints':{'a':'p'}")
                                 << QStringLiteral("f");
        QTest::newRow("partial") << QByteArray(
                                        ",'partialFingerprints':{'a':'p','primaryLocationLineHash':'h:1'}")
                                 << QStringLiteral("h:1");
        QTest::newRow("other partial")
            << QByteArray(",'partialFingerprints':{'a':'p'}") << QStringLiteral("p");
        QTest::newRow("none") << QByteArray() << QString();
    }

    void result_hasItsRulesNameAddressAndTheToolsFingerprint()
    {
        QFETCH(const QByteArray, prints);
        QFETCH(const QString, expected);
        const auto report =
            reports::readReport(Format::Sarif, run(results("{'ruleId':'a'" + prints + "}"),
                                                   rules("{'id':'a','name':'N','shortDescription':{'text':'"
                                                         "Short.'},'helpUri':'https://x.example/a'}")));
        QVERIFY(report);
        const protocol::Violation& violation = report->runs.front().violations.front();
        QCOMPARE(violation.principleName, QStringLiteral("Short."));
        QCOMPARE(violation.url, QStringLiteral("https://x.example/a"));
        QCOMPARE(violation.fingerprint, expected);
    }
};

PRISM_TEST(TestSarifReport)

} // namespace tst_sarif_report

#include "tst_sarif_report.moc"
