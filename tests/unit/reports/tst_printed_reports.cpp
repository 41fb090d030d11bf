#include "tests/support/test_program.h"
#include "tests/unit/reports/report_lines.h"

namespace tst_printed_reports {

using namespace prism;
using reports::Format;

/// What is made of what programs print, TAP and pre-commit's lines, one awkwardness a row.
class TestPrintedReports : public QObject
{
    Q_OBJECT

private slots:
    void tap_data()
    {
        test::addRows({
            {"all is well", "TAP version 13\n1..2\nok 1\nok 2 - parses\n", "tap PASS 0/0/0/0 ?"},
            {"failures", "1..3\nnot ok 1 - parses\nnot ok 2\nnot ok\n",
             "tap BLOCKED 3/0/0/0 ?\nBLOCK parses :0:0 \nBLOCK test 2 :0:0 \nBLOCK test :0:0 "},
            {"expected to fail, or not run",
             "1..3\nnot ok 1 # TODO later\nnot ok 2 - a # skip\nok 3 # SKIP no net\n",
             "tap PASS 0/0/0/0 ?\nnote: tests marked TODO or SKIP are no violations: 3"},
            {"no directive", "1..2\nnot ok 1 - issue\\#7 # TODOS\nnot ok 2 - a#TODO\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK a#TODO :0:0 \nnote: tests marked TODO or SKIP are no violations: "
             "1"},
            {"a time behind the description", "1..1\nnot ok 1 - slow \\# \\\\ # time=20ms\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK slow # \\ :0:0 "},
            {"a test that failed for one within it",
             "1..2\n# Subtest: outer\n    not ok 1 - inner\n    1..1\nnot ok 1 - outer\nnot ok 2 - other\n",
             "tap BLOCKED 2/0/0/0 ?\nBLOCK inner :0:0 \nBLOCK other :0:0 "},
            {"a test that failed by itself",
             "1..1\n    1..1\n    ok 1 - fine\n    not ok 2 - expected # TODO\nnot ok 1 - too many\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK too many :0:0 \nnote: tests marked TODO or SKIP are no "
             "violations: 1"},
            {"failed three deep",
             "1..1\n        not ok 1 - inmost\n    not ok 1 - middle\nnot ok 1 - outer\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK inmost :0:0 "},
            {"within a test that is expected to fail",
             "1..2\n    not ok 1 - inner\n        not ok 1 - inmost\n    not ok 2 - mid\n    1..2\nnot ok 1 "
             "- "
             "outer # TODO later\nnot ok 2 - other\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK other :0:0 \nnote: tests marked TODO or SKIP are no violations: "
             "1"},
            {"within one that passed although it was not expected to",
             "1..1\n    not ok 1 - inner\n      ---\n      line: 3\n      ...\n    1..1\nok 1 - outer # "
             "TODO\n",
             "tap PASS 0/0/0/0 ?\nnote: tests marked TODO or SKIP are no violations: 1"},
            {"within one of two",
             "1..2\n    not ok 1 - a\nnot ok 1 - first\n    not ok 1 - b\nnot ok 2 - second # SKIP\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK a :0:0 \nnote: tests marked TODO or SKIP are no violations: 1"},
            {"within one of a middle one",
             "1..1\n    not ok 1 - a\n        not ok 1 - x\n    not ok 2 - b # TODO\nnot ok 1 - outer\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK a :0:0 \nnote: tests marked TODO or SKIP are no violations: 1"},
            {"within one that says so first",
             "1..2\nnot ok 1 - outer # TODO later {\n    not ok 1 - inner\n        not ok 1 - inmost\n    "
             "not ok 2 - mid\n}\nnot ok 2 - other\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK other :0:0 \nnote: tests marked TODO or SKIP are no violations: "
             "1"},
            {"given up within one that is expected to fail",
             "1..1\n    not ok 1 - inner\n    Bail out! No disk\nnot ok 1 - outer # TODO\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK bail-out :0:0 No disk\nnote: tests marked TODO or SKIP are no "
             "violations: 1"},
            {"details",
             "1..2\nnot ok 1 - a\n  ---\n  message: 'not equal'\n  diff: |\n    --- expected\n    +++ "
             "actual\n"
             "    ...\n  at:\n    fileName: \"a.js\"\n    lineNumber: 15\n    columnNumber: 5\n  ...\n"
             "not ok 2 - b\n  ---\n  file: b.pl\n  line: 7\n  ...\n",
             "tap BLOCKED 2/0/0/0 ?\nBLOCK a a.js:15:5 not equal\nBLOCK b b.pl:7:0 "},
            {"details that never end", "1..1\nnot ok 1 - a\n  ---\n  line: 3\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK a :3:0 "},
            {"details that end with their test", "1..2\nnot ok 1 - a\n  ---\n  line: 3\nnot ok 2 - b\n",
             "tap BLOCKED 2/0/0/0 ?\nBLOCK a :3:0 \nBLOCK b :0:0 "},
            {"planned and not run", "1..3\nok 1\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK plan :0:0 3 tests were planned and 1 ran"},
            {"the plan at the end", "ok 1\nok 2\n1..2\n", "tap PASS 0/0/0/0 ?"},
            {"nothing to do", "1..0 # SKIP no database\n", "tap PASS 0/0/0/0 ?"},
            {"given up", "1..9\nok 1\nBail out! No disk\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK bail-out :0:0 No disk"},
            {"the last time", "1..1\nok 1 # time=5ms\n# time=500ms\n# time=1.5s\n    # time=7ms\n",
             "tap PASS 0/0/0/0 1500"},
            {"times with marks", "1..1\nok 1\n# time=1,234.5ms\n# time=0,25s\n", "tap PASS 0/0/0/0 250"},
            {"longer than anything takes", "1..1\nok 1\n# time=1000000001s\n", "tap PASS 0/0/0/0 ?"},
            {"another program's time", "1..1\nok 1\n# duration_ms 12.25\n", "tap PASS 0/0/0/0 12.25"},
            {"line ends of two characters", "1..1\r\nnot ok 1 - a\r\n",
             "tap BLOCKED 1/0/0/0 ?\nBLOCK a :0:0 "},
            {"words that begin alike", "okay\nnot okay\n",
             "refused: report: has no line such as \"ok 1\", \"not ok 2\" or \"1..2\""},
        });
    }

    void tap() { test::compareRow(Format::Tap); }

    void preCommit_data()
    {
        test::addRows({
            {"all is well", "trim trailing whitespace.....Passed\ncheck yaml....(no files to check)Skipped\n",
             "pre-commit PASS 0/0/0/0 ?\nnote: hooks that were skipped are no violations: 1"},
            {"failed",
             "mypy.......Failed\n- hook id: mypy-strict\n- exit code: 1\n- files were modified by this "
             "hook\n\n"
             "a.py:3: error: no\n- exit code: 7\n\nruff.......Failed\n",
             "pre-commit BLOCKED 2/0/0/0 ?\n"
             "BLOCK mypy-strict :0:0 exit code: 1, files were modified by this hook\nBLOCK ruff :0:0 "},
            {"coloured",
             "\x1b]0;title\x07mypy.......\x1b[41mFailed\x1b[m\n\x1b[2m- hook id: mypy\x1b[m\x1b(B\n",
             "pre-commit BLOCKED 1/0/0/0 ?\nBLOCK mypy :0:0 "},
            {"coloured, and broken off",
             "\x1b]0;title\x1b\\mypy.......Failed\x1b[\n- hook id: a\x1b[3\n- b\x1b]0;title\n- c\x1b\n- "
             "d\x1b(\n- "
             "e\x1bP1$r\n- f\x1b",
             "pre-commit BLOCKED 1/0/0/0 ?\nBLOCK a :0:0 b, c, d, e, f"},
            {"failed itself", "An error has occurred: InvalidConfigError:\n",
             "pre-commit BLOCKED 1/0/0/0 ?\nBLOCK tool-failed :0:0 An error has occurred: "
             "InvalidConfigError:"},
            {"something else", "All good.Passed\n...Passed\n",
             "refused: report: has no line such as \"mypy......Passed\""},
        });
    }

    void preCommit() { test::compareRow(Format::PreCommit); }
};

PRISM_TEST(TestPrintedReports)

} // namespace tst_printed_reports

#include "tst_printed_reports.moc"
