#include "tests/support/test_program.h"
#include "tests/unit/reports/report_lines.h"

namespace tst_json_reports {

using namespace prism;
using reports::Format;

/// What is made of Code Quality, ESLint's JSON and rdjson, one awkwardness a row.
class TestJsonReports : public QObject
{
    Q_OBJECT

    static QByteArray eslintFile(const QByteArray& messages, const QByteArray& more = {})
    {
        return test::json("[{'filePath':'/src/a.js','messages':[" + messages + "]" + more + "}]");
    }

private slots:
    void codeQuality_data()
    {
        test::addRows({
            {"all is well", "[]", "code quality PASS 0/0/0/0 ?"},
            {"severities",
             test::json("[{'check_name':'c','severity':'blocker'},{'check_name':'c','severity':'critical'},"
                        "{'check_name':'c','severity':'major'},{'check_name':'c','severity':'minor'},"
                        "{'check_name':'c','severity':'info'}]"),
             "code quality BLOCKED 2/2/1/0 ?\nBLOCK c :0:0 \nBLOCK c :0:0 \nWARNING c :0:0 \nWARNING c :0:0 "
             "\n"
             "INFO c :0:0 "},
            {"no name, and a severity of another format",
             test::json("[{'severity':'warning','description':'linter: \\u003e 60'},{'description':'n'}]"),
             "code quality WARNING 0/2/0/0 ?\nWARNING code-quality :0:0 linter: > 60\n"
             "WARNING code-quality :0:0 n\n"
             "note: severities that the format does not know count as warnings: 1"},
            {"places",
             test::json("[{'check_name':'c','location':{'path':'a.go','lines':{'begin':5}}},"
                        "{'check_name':'c','location':{'path':'b.go','positions':{'begin':{'line':6,'column':"
                        "2}}}}]"),
             "code quality WARNING 0/2/0/0 ?\nWARNING c a.go:5:0 \nWARNING c b.go:6:2 "},
            {"one fingerprint twice",
             test::json("[{'check_name':'c','fingerprint':'f'},{'check_name':'c','fingerprint':'f'}]"),
             "code quality WARNING 0/2/0/0 ?\nWARNING c :0:0 \nWARNING c :0:0 "},
            {"what is no issue",
             test::json("[{'type':'measurement','name':'loc'},{'type':'issue','check_name':'c'}]"),
             "code quality WARNING 0/1/0/0 ?\nWARNING c :0:0 \n"
             "note: entries of another type than issue are no violations: 1"},
            {"an object", "{}", "refused: report: must be a list of issues"},
            {"a number", "7", "refused: line 1, column 1: must be an object or a list"},
            {"an entry that is none", "[{},\"x\"]", "refused: [1]: must be an object"},
        });
    }

    void codeQuality() { test::compareRow(Format::CodeQuality); }

    void eslint_data()
    {
        test::addRows({
            {"all is well", eslintFile(""), "eslint PASS 0/0/0/0 ?"},
            {"severities",
             eslintFile(
                 "{'ruleId':'r','severity':2,'message':'m','line':3,'column':4},{'ruleId':'r','severity':1},"
                 "{'ruleId':'r','severity':0}"),
             "eslint BLOCKED 1/1/0/0 ?\nBLOCK r /src/a.js:3:4 m\nWARNING r /src/a.js:0:0 \n"
             "note: messages of rules that are off are no violations: 1"},
            {"suppressed",
             eslintFile(
                 "",
                 ",'suppressedMessages':[{'ruleId':'r','severity':2,'suppressions':[{'kind':'directive'}]}]"),
             "eslint PASS 0/0/0/1 ?\nfalse BLOCK r /src/a.js:0:0 \n"
             "note: results that were suppressed count as false positives: 1"},
            {"what could not be read, and a message of no rule",
             eslintFile("{'ruleId':null,'fatal':true,'severity':2,'message':'Parsing error','line':1},"
                        "{'ruleId':null,'severity':1,'message':'File ignored'}"),
             "eslint BLOCKED 1/1/0/0 ?\nBLOCK fatal /src/a.js:1:0 Parsing error\n"
             "WARNING eslint /src/a.js:0:0 File ignored"},
            {"with metadata",
             test::json("{'results':[{'filePath':'a.js','messages':[{'ruleId':'r','severity':2}]}],"
                        "'metadata':{'rulesMeta':{}}}"),
             "eslint BLOCKED 1/0/0/0 ?\nBLOCK r a.js:0:0 "},
            {"what no text can have", eslintFile("{'ruleId':'r\\u0000','severity':2,'message':'a\\ud800'}"),
             "eslint BLOCKED 1/0/0/0 ?\nBLOCK r /src/a.js:0:0 a?"},
            {"a file without messages", test::json("[{'filePath':'a.js'}]"),
             "refused: [0].messages: is required"},
            {"a message that is none", eslintFile("[]"), "refused: [0].messages[0]: must be an object"},
        });
    }

    void eslint() { test::compareRow(Format::Eslint); }

    void rdjson_data()
    {
        test::addRows({
            {"all is well", test::json("{'source':{'name':'lint'},'diagnostics':[]}"), "lint PASS 0/0/0/0 ?"},
            {"severities by word, by number, and none",
             test::json("{'diagnostics':[{'message':'a','severity':'ERROR'},{'message':'b','severity':2},"
                        "{'message':'c','severity':'INFO'},{'message':'d'},{'message':'e','severity':0}]}"),
             "rdjson BLOCKED 1/3/1/0 ?\nBLOCK rdjson :0:0 a\nWARNING rdjson :0:0 b\nINFO rdjson :0:0 c\n"
             "WARNING rdjson :0:0 d\nWARNING rdjson :0:0 e"},
            {"one severity for all, in small letters, behind them",
             test::json("{'diagnostics':[{'message':'a','code':{'value':'F1','url':'https://x.example'}},"
                        "{'message':'b','severity':'ERROR'}],'severity':'info','source':{'name':'lint'}}"),
             "lint BLOCKED 1/0/1/0 ?\nINFO F1 :0:0 a\nBLOCK lint :0:0 b"},
            {"a source of its own", test::json("{'diagnostics':[{'message':'a','source':{'name':'other'}}]}"),
             "rdjson WARNING 0/1/0/0 ?\nWARNING other :0:0 a"},
            {"places",
             test::json(
                 "{'diagnostics':[{'location':{'path':'a.py','range':{'start':{'line':3,'column':2}}}},"
                 "{'location':{'path':'a.py'}}]}"),
             "rdjson WARNING 0/2/0/0 ?\nWARNING rdjson a.py:3:2 \nWARNING rdjson a.py:0:0 "},
            {"one a line", test::json("\n{'message':'a','severity':'ERROR'}\r\n\n{'message':'b'}"),
             "rdjson BLOCKED 1/1/0/0 ?\nBLOCK rdjson :0:0 a\nWARNING rdjson :0:0 b"},
            {"a line that is no JSON", test::json("{'message':'a'}\n{'message':}\n"),
             "refused: line 2, column 12: has no value before '}'"},
            {"a line that is no diagnostic", test::json("{'message':'a'}\n{'text':'b'}\n"),
             "refused: line 2: must be a diagnostic"},
            {"neither form", test::json("{'source':{}}"), "refused: diagnostics: is required"},
        });
    }

    void rdjson() { test::compareRow(Format::Rdjson); }
};

PRISM_TEST(TestJsonReports)

} // namespace tst_json_reports

#include "tst_json_reports.moc"
