#include "server/rules/judge.h"
#include "server/rules/rule_book.h"
#include "tests/support/test_program.h"
#include "tests/unit/rules/rules_of.h"

#include <QJsonArray>
#include <QTest>

#include <thread>

namespace tst_judge {

using namespace prism::rules;
using namespace prism::test;
using prism::protocol::CheckStatus;
using prism::protocol::ErrorCode;
using prism::protocol::Severity;
using namespace Qt::StringLiterals;

/// What the rules say of a text by what was found in it.
class TestJudge : public QObject
{
    Q_OBJECT

private slots:
    void checkLevel_changesWhatALevelMeans_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("strict");
        QTest::addColumn<QString>("standard");
        QTest::addColumn<QString>("relaxed");
        QTest::newRow("hard block") << u"HARD_BLOCK"_s << u"BLOCK"_s << u"BLOCK"_s << u"BLOCK"_s;
        QTest::newRow("mandatory") << u"MANDATORY"_s << u"BLOCK"_s << u"WARNING"_s << u"INFO"_s;
        QTest::newRow("advisory") << u"ADVISORY"_s << u"WARNING"_s << u"INFO"_s << QString();
    }

    void checkLevel_changesWhatALevelMeans()
    {
        QFETCH(QString, level);
        const RuleSetPtr rules = rulesOf({principle(u"p"_s, level, keywords({u"word"_s}))});
        const auto severity = [&](CheckLevel checkLevel) {
            const Judgement judgement = judged(rules, u"a word"_s, checkLevel);
            return judgement.violations.empty() ? QString()
                                                : QString(toString(judgement.violations.front().severity));
        };
        QTEST(severity(CheckLevel::Strict), "strict");
        QTEST(severity(CheckLevel::Standard), "standard");
        QTEST(severity(CheckLevel::Relaxed), "relaxed");
    }

    void patternsSeverity_countsInsteadOfTheLevels()
    {
        const RuleSetPtr rules =
            rulesOf({principle(u"soft"_s, u"HARD_BLOCK"_s, pattern(u"one"_s, {{u"severity"_s, u"INFO"_s}})),
                     principle(u"hard"_s, u"ADVISORY"_s, pattern(u"two"_s, {{u"severity"_s, u"BLOCK"_s}}))});
        QCOMPARE(toString(judged(rules, u"one"_s).status), toString(CheckStatus::Pass));
        QCOMPARE(judged(rules, u"one"_s).violations.size(), 1U);
        QCOMPARE(judged(rules, u"one"_s, CheckLevel::Relaxed).violations.size(), 0U);
        QCOMPARE(toString(judged(rules, u"two"_s).status), toString(CheckStatus::Blocked));
        QCOMPARE(toString(judged(rules, u"two"_s, CheckLevel::Relaxed).status),
                 toString(CheckStatus::Warning));
    }

    void doubtfulPattern_countsOnlyWhereTheLevelAllowsIt()
    {
        const auto found = [](double confidence, CheckLevel level) {
            const RuleSetPtr rules = rulesOf(
                {principle(u"p"_s, u"MANDATORY"_s, pattern(u"one"_s, {{u"confidence"_s, confidence}}))});
            return !judged(rules, u"one"_s, level).violations.empty();
        };
        QVERIFY(found(0, CheckLevel::Strict));
        QVERIFY(!found(0.49, CheckLevel::Standard));
        QVERIFY(found(0.5, CheckLevel::Standard));
        QVERIFY(!found(0.79, CheckLevel::Relaxed));
        QVERIFY(found(0.8, CheckLevel::Relaxed));
    }

    void phase_choosesThePrinciples()
    {
        QJsonObject planned = keywords({u"word"_s});
        planned.insert(u"check_phases"_s, QJsonArray{u"PLAN"_s, u"BUILD"_s});
        const RuleSetPtr rules = rulesOf({principle(u"planned"_s, u"MANDATORY"_s, planned),
                                          principle(u"always"_s, u"MANDATORY"_s, keywords({u"word"_s})),
                                          principle(u"pattern"_s, u"MANDATORY"_s, [&] {
                                              QJsonObject both = pattern(u"wor"_s);
                                              both.insert(u"check_phases"_s, QJsonArray{u"VERIFY"_s});
                                              return both;
                                          }())});
        const auto ids = [&](std::optional<Phase> phase) {
            QStringList list;
            for (const auto& violation : judged(rules, u"word"_s, CheckLevel::Standard, phase).violations)
                list.append(violation.principleId);
            return list;
        };
        QCOMPARE(ids(std::nullopt), (QStringList{u"planned"_s, u"always"_s, u"pattern"_s}));
        QCOMPARE(ids(Phase::Build), (QStringList{u"planned"_s, u"always"_s}));
        QCOMPARE(ids(Phase::Verify), (QStringList{u"always"_s, u"pattern"_s}));
        QCOMPARE(judged(rules, u"word"_s, CheckLevel::Standard, Phase::Learn).principles, 1);
    }

    void principleWithSeveralMatches_isOneViolationAsGraveAsTheGravest()
    {
        QJsonObject both = keywords({u"one"_s, u"three"_s});
        both.insert(
            u"patterns"_s,
            QJsonArray{QJsonObject{{u"regex"_s, u"two"_s},
                                   {u"severity"_s, u"BLOCK"_s},
                                   {u"message"_s, QJsonObject{{u"en"_s, u"two!"_s}, {u"zh"_s, u"二"_s}}}}});
        const RuleSetPtr rules = rulesOf({principle(u"p"_s, u"ADVISORY"_s, both)});
        const Judgement judgement =
            judged(rules, u"one two three one"_s, CheckLevel::Standard, {}, {u"zh"_s});
        QCOMPARE(judgement.violations.size(), 1U);
        QCOMPARE(toString(judgement.violations.front().severity), toString(Severity::Block));
        QCOMPARE(judgement.violations.front().message, u"二"_s);
        QCOMPARE(judgement.matches.size(), 3U);
        QCOMPARE(judged(rules, u"one"_s).violations.front().message, u"not p"_s);
    }

    void sameKeywordOfTwoPrinciples_breaksBoth()
    {
        const RuleSetPtr rules = rulesOf({principle(u"a"_s, u"ADVISORY"_s, keywords({u"Word"_s})),
                                          principle(u"b"_s, u"HARD_BLOCK"_s, keywords({u"word"_s}))});
        const Judgement judgement = judged(rules, u"WORD"_s);
        QCOMPARE(judgement.violations.size(), 2U);
        QCOMPARE(judgement.violations.front().principleId, u"b"_s);
        QCOMPARE(toString(judgement.status), toString(CheckStatus::Blocked));
    }

    void moreThanACheckMayHave_isLeftOutAndCounted()
    {
        QJsonArray principles;
        for (int i = 0; i < 250; ++i)
            principles.append(principle(QString::number(i), i == 249 ? u"HARD_BLOCK"_s : u"MANDATORY"_s,
                                        keywords({u"word"_s})));
        const Judgement judgement = judged(rulesOf(principles), u"word"_s);
        QCOMPARE(judgement.violations.size(), 100U);
        QCOMPARE(judgement.violationsLeftOut, 150);
        QCOMPARE(judgement.violations.front().principleId, u"249"_s);
        QCOMPARE(judgement.matches.size(), 200U);
        QCOMPARE(judgement.matchesLeftOut, 50);
    }

    void timeout_givesNoVerdict()
    {
        const RuleSetPtr rules = rulesOf({principle(u"p"_s, u"MANDATORY"_s, keywords({u"word"_s}))});
        const auto judgement =
            judge(*rules, {u"word"_s, {}, {}}, {CheckLevel::Standard, std::chrono::milliseconds(0)});
        QVERIFY(!judgement.has_value());
        QCOMPARE(judgement.error().code, ErrorCode::Unavailable);
    }

    void longMatch_isShownInPart()
    {
        const RuleSetPtr rules = rulesOf({principle(u"p"_s, u"MANDATORY"_s, pattern(u"x+(?:😀)+"_s))});
        const Judgement judgement = judged(rules, QString(199, u'x') + u"😀😀"_s);
        QCOMPARE(judgement.matches.front().length, 201);
        QCOMPARE(judgement.matches.front().text, QString(199, u'x'));
    }

    void manyThreads_judgeByOneSet()
    {
        const RuleSetPtr rules = *builtInRules();
        std::vector<int> blocked(4, 0);
        std::vector<std::thread> threads;
        for (int& count : blocked)
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    count += judged(rules, u"please rm -rf / now %1"_s.arg(i)).status == CheckStatus::Blocked;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(blocked, std::vector<int>(4, 200));
    }
};

PRISM_TEST(TestJudge)

} // namespace tst_judge

#include "tst_judge.moc"
