#include "server/rules/judge.h"
#include "server/rules/rule_book.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace tst_rule_set {

using namespace prism::rules;
using prism::protocol::ErrorCode;

/// What is taken as a rule file, and how what is wrong with one is told.
class TestRuleSet : public QObject
{
    Q_OBJECT

    /// JSON in single quotation marks.
    static QJsonObject parse(QByteArray text)
    {
        QJsonParseError problem;
        const QJsonObject object = QJsonDocument::fromJson(text.replace('\'', '"'), &problem).object();
        if (problem.error != QJsonParseError::NoError)
            qFatal("the test's JSON is wrong: %s", qPrintable(problem.errorString()));
        return object;
    }

    /// A file with one good principle and one with `fields` beside an id.
    static QJsonObject fileWith(const QByteArray& fields)
    {
        return parse("{'principles':[{'id':'good','name':'n','level':'ADVISORY','keywords':['k'],"
                     "'violation_message':'m'},{'id':'x'," +
                     fields + "}]}");
    }

    static QByteArray patternWith(const QByteArray& fields)
    {
        return "'name':'n','level':'MANDATORY','violation_message':'m','patterns':[{'regex':'fine'},{" +
               fields + "}]";
    }

private slots:
    void fileOfTheOldForm_isTakenWhole()
    {
        const auto rules = RuleSet::make(
            parse("{'version':'1.0','last_updated':'2026-01-31','principles':["
                  "{'id':'R1','name':'先读再写','level':'ADVISORY','priority':1,'check_phases':['OBSERVE','"
                  "THINK'],"
                  "'keywords':['覆盖','重写'],'violation_message':'请先阅读','verification_method':'每次',"
                  "'consequence':'返工','historical_evidence':'去年'},"
                  "{'id':'R2','name':'Ask','level':'HARD_BLOCK','priority':3,'check_phases':['EXECUTE'],"
                  "'keywords':['guess'],'violation_message':'Ask first'}]}"),
            RuleLimits());
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().details.join(QLatin1Char('\n'))));
        QCOMPARE((*rules)->principles().size(), 2U);
        const Principle& first = (*rules)->principles().front();
        QCOMPARE(first.id, QStringLiteral("R2"));
        QCOMPARE(first.phases, std::vector<Phase>{Phase::Execute});
        const Principle& second = (*rules)->principles().back();
        QCOMPARE(second.keywords, (QStringList{QStringLiteral("覆盖"), QStringLiteral("重写")}));
        QCOMPARE(second.message.in({}), QStringLiteral("请先阅读"));
    }

    void importance_isByLevelThenPriorityThenPlace()
    {
        QByteArray text = "{'principles':[";
        const QList<QByteArray> given{"'a','level':'ADVISORY','priority':9", "'b','level':'MANDATORY'",
                                      "'c','level':'MANDATORY','priority':2", "'d','level':'MANDATORY'",
                                      "'e','level':'HARD_BLOCK'"};
        for (const QByteArray& each : given)
            text += "{'name':'n','keywords':['k'],'violation_message':'m','id':" + each + "},";
        text.back() = ']';
        const auto rules = RuleSet::make(parse(text + '}'), RuleLimits());
        QVERIFY(rules.has_value());
        QString order;
        for (const Principle& principle : (*rules)->principles())
            order += principle.id;
        QCOMPARE(order, QStringLiteral("ecbda"));
    }

    void whatIsWrong_isNamedByItsField_data()
    {
        QTest::addColumn<QJsonObject>("file");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, const QJsonObject& file, const char* detail) {
            QTest::newRow(name) << file << QString::fromLatin1(detail);
        };
        const auto principle = [&](const char* name, const QByteArray& fields, const char* detail) {
            row(name, fileWith(fields), detail);
        };
        const QByteArray rest = "'level':'MANDATORY','violation_message':'m','keywords':['k']";
        row("no principles", parse("{}"), "principles: is required");
        row("principles are no list", parse("{'principles':{}}"), "principles: must be a list");
        row("principle is no object", parse("{'principles':[1]}"), "principles[0]: must be an object");
        row("unknown field of the file", parse("{'principles':[],'x':1}"), "x: is not a known field");
        principle("no name", rest, "principles[1].name: is required");
        principle("unknown level", "'name':'n','level':'SOFT','violation_message':'m','keywords':['k']",
                  "principles[1].level: must be one of HARD_BLOCK, MANDATORY, ADVISORY");
        principle("no message", "'name':'n','level':'ADVISORY','keywords':['k']",
                  "principles[1].violation_message: is required");
        principle("id of another", "'id':'good','name':'n'," + rest,
                  "principles[1].id: is that of another principle too");
        principle("unknown phase", "'name':'n','check_phases':['PLAN','LATER']," + rest,
                  "principles[1].check_phases: each must be one of OBSERVE");
        principle("nothing to look for", "'name':'n','level':'ADVISORY','violation_message':'m'",
                  "principles[1].keywords: are required where there are no patterns");
        principle("empty keyword", "'name':'n','level':'ADVISORY','violation_message':'m','keywords':[' ']",
                  "principles[1].keywords: has an entry that is empty");
        principle("priority out of range", "'name':'n','priority':-1," + rest,
                  "principles[1].priority: must be from 0 to 1000");
        principle("unknown field", "'name':'n','keyword':['x']," + rest,
                  "principles[1].keyword: is not a known field");
        principle("no language", "'name':{}," + rest, "principles[1].name: must have from 1 to");
        principle("language that is none", "'name':{'no tag':'n'}," + rest,
                  "principles[1].name: has a language that is no BCP 47 tag");
        principle("name that is no text", "'name':{'en':5}," + rest,
                  "principles[1].name: must have valid text in the language en");
        principle("regex not closed", patternWith("'regex':'(a'"),
                  "principles[1].patterns[1].regex: is no regular expression in RE2's syntax: missing )");
        principle("regex that RE2 cannot bound", patternWith("'regex':'(a)\\\\1'"),
                  "principles[1].patterns[1].regex: is no regular expression in RE2's syntax");
        principle("regex that would take too much memory", patternWith("'regex':'((a{100}){100}){9}'"),
                  "principles[1].patterns[1].regex: is no regular expression in RE2's syntax");
        principle("regex that always matches", patternWith("'regex':'a*'"),
                  "principles[1].patterns[1].regex: matches the empty text");
        principle("regex too long", patternWith("'regex':'" + QByteArray(1001, 'a') + "'"),
                  "principles[1].patterns[1].regex: has 1001 characters, at most 1000 are allowed");
        principle("no regex", patternWith("'name':'n'"), "principles[1].patterns[1].regex: is required");
        principle("confidence over one", patternWith("'regex':'a','confidence':1.5"),
                  "principles[1].patterns[1].confidence: must be from 0 to 1");
        principle("unknown severity", patternWith("'regex':'a','severity':'HIGH'"),
                  "principles[1].patterns[1].severity: must be one of INFO, WARNING, BLOCK");
    }

    void whatIsWrong_isNamedByItsField()
    {
        QFETCH(QJsonObject, file);
        QFETCH(QString, detail);
        const auto rules = RuleSet::make(file, RuleLimits());
        QVERIFY(!rules.has_value());
        const QStringList details = rules.error().details;
        QVERIFY2(details.size() == 1 && details.first().startsWith(detail),
                 qPrintable(details.join(QLatin1Char('\n'))));
    }

    void everyProblem_isNamed()
    {
        const auto rules = RuleSet::make(
            fileWith("'name':'','level':'X','patterns':[{'regex':'('},{'confidence':2}]"), RuleLimits());
        QVERIFY(!rules.has_value());
        QCOMPARE(rules.error().code, ErrorCode::Validation);
        QCOMPARE(rules.error().details.size(), 6);
    }

    /// What was taken by an older program, each under a principle that blocks "good word" and "a pattern".
    void storedRules_holdAsFarAsCanBeJudgedByThem_data()
    {
        QTest::addColumn<QByteArray>("fields");
        const QByteArray head = "'name':'n','level':'HARD_BLOCK','violation_message':'m',";
        const QByteArray words = "'keywords':['good word'],";
        const QByteArray pattern = "'patterns':[{'regex':'a patter+n'}]";
        const auto row = [](const char* name, const QByteArray& fields) { QTest::newRow(name) << fields; };
        const auto times = [](int count, const QByteArray& text) { return text.repeated(count); };
        row("blank keyword", head + "'keywords':[' ','good word']," + pattern);
        row("empty keyword", head + "'keywords':['','good word']," + pattern);
        row("invisible keyword", head + "'keywords':['\u200b','good word']," + pattern);
        row("keyword with NUL", head + "'keywords':['a\\u0000b','good word']," + pattern);
        row("too many keywords", head + "'keywords':[" + times(150, "'x',") + "'good word']," + pattern);
        row("keyword too long", head + "'keywords':['" + times(200, "y") + "','good word']," + pattern);
        row("pattern that is none", head + words + "'patterns':[{'regex':'(a'},{'regex':'a patter+n'}]");
        row("pattern that cannot be compiled",
            head + words + "'patterns':[{'regex':'((z{100}){100}){9}'},{'regex':'a patter+n'}]");
        row("pattern without a regex", head + words + "'patterns':[{'name':'x'},{'regex':'a patter+n'}]");
        row("pattern too long",
            head + words + "'patterns':[{'regex':'" + times(1500, "z") + "'},{'regex':'a patter+n'}]");
        row("pattern too large", head + words + "'patterns':[{'regex':'z.{900}x'},{'regex':'a patter+n'}]");
        row("too many patterns",
            head + words + "'patterns':[" + times(30, "{'regex':'zz'},") + "{'regex':'a patter+n'}]");
        row("unknown severity", head + words + "'patterns':[{'regex':'a patter+n','severity':'HIGH'}]");
        row("confidence over one", head + words + "'patterns':[{'regex':'a patter+n','confidence':7}]");
        row("message too long", "'name':'n','level':'HARD_BLOCK','violation_message':'" + times(3000, "m") +
                                    "'," + words + pattern);
        row("no message", "'name':'n','level':'HARD_BLOCK'," + words + pattern);
        row("invisible name",
            "'name':'\u200b','level':'HARD_BLOCK','violation_message':'m'," + words + pattern);
        row("language that is none",
            "'name':{'no tag':'x','en':'n'},'level':'HARD_BLOCK','violation_message':'m'," + words + pattern);
        row("priority out of range", head + "'priority':5000," + words + pattern);
        row("unknown phase", head + "'check_phases':['LATER']," + words + pattern);
        row("unknown field", head + "'colour':'red'," + words + pattern);
        row("id of another", "'id':'good'," + head + words + pattern);
        row("id too long", "'id':'" + times(150, "i") + "'," + head + words + pattern);
    }

    void storedRules_holdAsFarAsCanBeJudgedByThem()
    {
        QFETCH(const QByteArray, fields);
        const QJsonObject file = fileWith(fields);
        QVERIFY(!RuleSet::make(file, RuleLimits()).has_value());
        const auto rules = RuleSet::makeOfStored(file);
        QVERIFY(rules.has_value());
        QCOMPARE((*rules)->document(), QJsonDocument(file).toJson(QJsonDocument::Compact));
        for (const char* text : {"a good word", "has a patterrrn in it"}) {
            const auto judgement = judge(**rules, {QString::fromLatin1(text), {}, {}}, Policy());
            QVERIFY2(judgement->status == prism::protocol::CheckStatus::Blocked, text);
            QVERIFY(!judgement->violations.front().principleName.isEmpty());
        }
        const auto passed = judge(**rules, {QStringLiteral("nothing of it"), {}, {}}, Policy());
        QVERIFY(passed->status == prism::protocol::CheckStatus::Pass);
    }

    void storedRulesThatAreTakenNow_haveNoObjections()
    {
        const auto rules = RuleSet::makeOfStored(builtInFile());
        QVERIFY(rules.has_value());
        QCOMPARE((*rules)->objections(), QStringList());
    }

    void tooManyPrinciplesOrPatterns_areRefused()
    {
        RuleLimits limits;
        limits.principles = 1;
        const auto two = RuleSet::make(fileWith("'name':'n'"), limits);
        QVERIFY(!two.has_value());
        QCOMPARE(two.error().code, ErrorCode::TooLong);
        const auto three = RuleSet::make(
            parse("{'principles':[{'id':'x','name':'n','level':'ADVISORY','violation_message':'m',"
                  "'patterns':[{'regex':'a'},{'regex':'b'},{'regex':'c'}]}]}"),
            limits);
        QVERIFY(!three.has_value());
        QCOMPARE(three.error().details,
                 QStringList(QStringLiteral("principles: have 3 patterns together, at most 2 are allowed")));
    }

    void whatTakesLongToCompileOrToTry_isRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("regex");
        QTest::addColumn<int>("regexSteps");
        QTest::addColumn<int>("steps");
        QTest::addColumn<QString>("detail");
        const QString place = QStringLiteral("principles[1].patterns[1].regex: ");
        QTest::newRow("fits exactly") << QByteArray("ab") << 1000 << 100'000 << QString();
        QTest::newRow("many steps") << QByteArray("x.{500}y") << 1000 << 100'000
                                    << place + QStringLiteral("is too large: it has ");
        QTest::newRow("letters of all scripts") << QByteArray("(\\\\pL{1,9})x") << 2000 << 100'000
                                                << place + QStringLiteral("is too large: it has ");
        QTest::newRow("more than can be compiled")
            << QByteArray("(?i)(\\\\pL{1,8}){1,9}q") << 2000 << 100'000
            << place + QStringLiteral("is too large: it has 10922 or more");
        QTest::newRow("the set") << QByteArray("x.{50}y") << 1000 << 100
                                 << place + QStringLiteral(
                                                "makes the set too large: with the patterns before it");
    }

    void whatTakesLongToCompileOrToTry_isRefusedByName()
    {
        QFETCH(const QByteArray, regex);
        QFETCH(const int, regexSteps);
        QFETCH(const int, steps);
        QFETCH(const QString, detail);
        RuleLimits limits;
        limits.regexSteps = regexSteps;
        limits.steps = steps;
        const auto rules = RuleSet::make(fileWith(patternWith("'regex':'" + regex + "'")), limits);
        const QStringList details = rules ? QStringList(QString()) : rules.error().details;
        QVERIFY2(details.size() == 1 && details.first().startsWith(detail),
                 qPrintable(details.join(QLatin1Char('\n'))));
    }

    void limits_areCountedToTheStep()
    {
        RuleLimits limits;
        const int all = (*RuleSet::make(fileWith(patternWith("'regex':'x.{9}y'")), limits))->steps();
        const int one = all - (*RuleSet::make(fileWith(patternWith("'regex':'fine'")), limits))->steps();
        QVERIFY(one > 0);
        limits.steps = all;
        QVERIFY(RuleSet::make(fileWith(patternWith("'regex':'x.{9}y'")), limits).has_value());
        limits.steps = all - 1;
        QVERIFY(!RuleSet::make(fileWith(patternWith("'regex':'x.{9}y'")), limits).has_value());
    }

    void compiling_isBrokenOff()
    {
        int asked = 0;
        const auto rules =
            RuleSet::make(fileWith(patternWith("'regex':'a'")), RuleLimits(), [&] { return ++asked == 2; });
        QCOMPARE(rules.error().code, ErrorCode::Unavailable);
        QCOMPARE(asked, 2);
    }

    void text_isThatOfTheLanguageWanted()
    {
        LocalizedText text;
        text.add(QStringLiteral("zh-CN"), QStringLiteral("c"));
        text.add(QStringLiteral("en"), QStringLiteral("e"));
        const auto in = [&](const char* language) { return text.in({QString::fromLatin1(language)}); };
        QCOMPARE(in("zh"), QStringLiteral("c"));
        QCOMPARE(in("ZH-cn"), QStringLiteral("c"));
        QCOMPARE(in("en-GB"), QStringLiteral("e"));
        QCOMPARE(in("fr"), QStringLiteral("e"));
        QCOMPARE(text.in({QStringLiteral("fr"), QStringLiteral("zh")}), QStringLiteral("c"));
        QCOMPARE(text.in({}), QStringLiteral("e"));
        QCOMPARE(LocalizedText().in({}), QString());
    }

    void text_isFoundByTheClosestLanguage_data()
    {
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QString>("found");
        const auto row = [](const QStringList& wanted, const char* found) {
            QTest::newRow(qPrintable(wanted.join(QLatin1Char(' ')))) << wanted << QString::fromLatin1(found);
        };
        const auto text = [](const char* language) { return QString::fromLatin1(language); };
        row({text("ZH-tw")}, "zh-TW");
        row({text("zh-cn")}, "zh-CN");
        row({text("zh-TW-x-y")}, "zh-TW");
        row({text("zh-Hant-TW")}, "zh-CN");
        row({text("zh")}, "zh-CN");
        row({text("pt-BR")}, "pt");
        row({text("pt-BR-abl1943")}, "pt");
        row({text("en-GB-oed")}, "en-GB");
        row({text("en-US")}, "en");
        row({text("fr"), text("ZH-TW")}, "zh-TW");
        row({text("fr")}, "en");
        row({text("e")}, "en");
        row({text("-")}, "en");
    }

    void text_isFoundByTheClosestLanguage()
    {
        QFETCH(QStringList, wanted);
        LocalizedText text;
        for (const char* language : {"zh-CN", "zh-TW", "pt", "en-GB", "en"})
            text.add(QString::fromLatin1(language), QString::fromLatin1(language));
        QTEST(text.in(wanted), "found");
    }

    void builtInRules_speakBothLanguages()
    {
        const auto rules = builtInRules();
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().details.join(QLatin1Char('\n'))));
        QVERIFY(!(*rules)->principles().empty());
        for (const Principle& principle : (*rules)->principles()) {
            QVERIFY(principle.message.in({QStringLiteral("en")}) !=
                    principle.message.in({QStringLiteral("zh")}));
            QVERIFY(principle.name.in({QStringLiteral("en")}) != principle.name.in({QStringLiteral("zh")}));
        }
    }

    void book_keepsTheNewerEdition()
    {
        const RuleSetPtr rules = *builtInRules();
        RuleBook book({3, {}, {}, rules});
        book.publish({2, {}, {}, rules});
        QCOMPARE(book.current().version, 3);
        book.publish({4, {}, 2, rules});
        QCOMPARE(book.current().version, 4);
        QCOMPARE(book.current().restoredFrom, std::optional<qint64>(2));

        RuleBook begun({3, {}, {}, nullptr});
        begun.publish({2, {}, {}, rules});
        QVERIFY(!begun.current().rules);
        begun.publish({3, {}, {}, rules});
        QVERIFY(begun.current().rules);
    }
};

PRISM_TEST(TestRuleSet)

} // namespace tst_rule_set

#include "tst_rule_set.moc"
