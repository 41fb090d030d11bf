#include "tests/support/test_program.h"
#include "tests/unit/hooks/told_lines.h"

namespace tst_sonarqube_hook {

using namespace prism;
using namespace Qt::StringLiterals;
using hooks::Provider;

namespace {

const QJsonValue gone(QJsonValue::Undefined);
const QString analysis = u"analysis/main/1795167988000 0"_s;

} // namespace

/// What is made of SonarQube's quality gates.
class TestSonarqubeHook : public QObject
{
    Q_OBJECT

private slots:
    void qualityGate_isRead()
    {
        QCOMPARE(test::toldLines(Provider::Sonarqube, {}, test::payload("sonarqube")),
                 analysis + u"\ntold 2026-11-20T09:46:28.000Z, ended 2026-11-20T09:46:28.000Z, ? ms\n"
                            "BLOCKED checkout | Sonar way | main | c739069 | \n"
                            "https://sonar.example/dashboard?id=checkout&branch=main\n"
                            "BLOCK new_coverage: 70.9 is less than 80"_s);
    }

    /// Somebody's judgement of an issue changed how the gate ends: there was no task, and it is told later.
    void changedGate_isOfTheSameAnalysis()
    {
        const QJsonObject changed =
            test::with(test::with(test::with(test::payload("sonarqube"), u"taskId"_s, gone), u"changedAt"_s,
                                  u"2026-11-21T08:00:00+0000"_s),
                       u"qualityGate.status"_s, u"OK"_s);
        const QString lines = test::toldLines(Provider::Sonarqube, {}, changed);
        QCOMPARE(lines.section(u'\n', 0, 2),
                 analysis + u"\ntold 2026-11-21T08:00:00.000Z, ended 2026-11-20T09:46:28.000Z, ? ms\n"
                            "PASS checkout | Sonar way | main | c739069 | "_s);
    }

    void awkwardGate_isReadAsFarAsItGoes()
    {
        const QJsonObject warning{{u"metric"_s, u"coverage"_s},
                                  {u"operator"_s, u"GREATER_THAN"_s},
                                  {u"value"_s, u"4"_s},
                                  {u"status"_s, u"WARN"_s},
                                  {u"warningThreshold"_s, u"3"_s}};
        test::compareAwkward(Provider::Sonarqube, {}, test::payload("sonarqube"),
                             {
                                 {u"qualityGate.status"_s, u"WARN"_s, 2,
                                  u"WARNING checkout | Sonar way | main | c739069 | "_s},
                                 {u"qualityGate.conditions"_s, QJsonArray{warning}, 4,
                                  u"WARNING coverage: 4 is greater than 3"_s},
                                 {u"qualityGate.conditions"_s, gone, 4, QString()},
                                 {u"branch"_s, gone, 2, u"BLOCKED checkout | Sonar way |  | c739069 | "_s},
                                 {u"branch"_s, gone, 3, u"https://sonar.example/dashboard?id=checkout"_s},
                                 {u"analysedAt"_s, gone, 0, u"task/AVh21JS2JepAEhwQ-b3u 0"_s},
                                 {u"status"_s, u"FAILED"_s, 0,
                                  u"ignored: the analysis ended with \"FAILED\" and has no result"_s},
                                 {u"qualityGate"_s, gone, 0, u"ignored: the project has no quality gate"_s},
                                 {u"qualityGate.status"_s, u"NONE"_s, 0, u"ignored: \"NONE\" is no result"_s},
                                 {u"project"_s, gone, 0, u"refused: project: is required"_s},
                                 {u"qualityGate.conditions"_s, QJsonArray{7}, 0,
                                  u"refused: qualityGate.conditions[0]: must be an object"_s},
                             });
    }
};

PRISM_TEST(TestSonarqubeHook)

} // namespace tst_sonarqube_hook

#include "tst_sonarqube_hook.moc"
