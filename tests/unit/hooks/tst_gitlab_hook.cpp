#include "tests/support/test_program.h"
#include "tests/unit/hooks/told_lines.h"

namespace tst_gitlab_hook {

using namespace prism;
using namespace Qt::StringLiterals;
using hooks::Provider;

namespace {

const QJsonValue gone(QJsonValue::Undefined);

QJsonObject mergeRequest(int source)
{
    return {{u"iid"_s, 12}, {u"source_project_id"_s, source}, {u"target_project_id"_s, 1}};
}

} // namespace

/// What is made of GitLab's events.
class TestGitlabHook : public QObject
{
    Q_OBJECT

private slots:
    void pipeline_isRead()
    {
        QCOMPARE(test::toldLines(Provider::Gitlab, {}, test::payload("gitlab_pipeline")),
                 u"pipeline/31 0\n"
                 "told 2026-11-20T15:26:29.000Z, ended 2026-11-20T15:26:29.000Z, 63000 ms\n"
                 "PASS shop/checkout | pipeline | main | bcbb5ec | ana\n"
                 "https://gitlab.example/shop/checkout/-/pipelines/31"_s);
    }

    void job_isRead()
    {
        QCOMPARE(test::toldLines(Provider::Gitlab, {}, test::payload("gitlab_job")),
                 u"job/2366/unit tests 1977\n"
                 "told 2026-11-20T15:26:29.000Z, ended 2026-11-20T15:26:29.000Z, 139250 ms\n"
                 "BLOCKED shop/checkout | unit tests | main | 95d49d1 | ana\n"
                 "https://gitlab.example/shop/checkout/-/jobs/1977"_s);
    }

    void awkwardPipeline_isReadAsFarAsItGoes()
    {
        const QString rest = u" shop/checkout | pipeline | main | bcbb5ec | ana"_s;
        std::vector<test::Awkwardness> rows{
            {u"object_attributes.status"_s, u"failed"_s, 2, u"BLOCKED"_s + rest},
            {u"object_attributes.detailed_status"_s, u"passed with warnings"_s, 2, u"WARNING"_s + rest},
            {u"object_attributes.url"_s, gone, 3, u"https://gitlab.example/shop/checkout/-/pipelines/31"_s},
            {u"object_attributes.finished_at"_s, u"2026-11-20T16:26:29.5+01:00"_s, 1,
             u"told 2026-11-20T15:26:29.500Z, ended 2026-11-20T15:26:29.500Z, 63000 ms"_s},
            {u"object_attributes.duration"_s, QJsonValue::Null, 1,
             u"told 2026-11-20T15:26:29.000Z, ended 2026-11-20T15:26:29.000Z, ? ms"_s},
            {u"merge_request"_s, QJsonValue::Null, 2, u"PASS"_s + rest},
            {u"merge_request"_s, mergeRequest(1), 2, u"PASS"_s + rest},
            {u"merge_request"_s, mergeRequest(2), 2, // from a fork, whose main branch is not this one's
             u"PASS shop/checkout | pipeline | merge-requests/12 | bcbb5ec | ana"_s},
            {u"project"_s, gone, 2, u"PASS  | pipeline | main | bcbb5ec | ana"_s},
            {u"object_attributes"_s, gone, 0, u"refused: object_attributes: is required"_s},
            {u"object_kind"_s, gone, 0, u"refused: object_kind: is required"_s},
            {u"object_kind"_s, u"push"_s, 0,
             u"ignored: of GitLab's events those of pipelines and jobs are read"_s},
        };
        for (const char* state :
             {"created", "pending", "running", "manual", "scheduled", "canceled", "skipped"})
            rows.push_back({u"object_attributes.status"_s, QLatin1String(state), 0,
                            u"ignored: \"%1\" is no result"_s.arg(QLatin1String(state))});
        test::compareAwkward(Provider::Gitlab, {}, test::payload("gitlab_pipeline"), rows);
    }

    void awkwardJob_isReadAsFarAsItGoes()
    {
        test::compareAwkward(
            Provider::Gitlab, {}, test::payload("gitlab_job"),
            {
                {u"build_status"_s, u"success"_s, 2,
                 u"PASS shop/checkout | unit tests | main | 95d49d1 | ana"_s},
                {u"build_allow_failure"_s, true, 2,
                 u"WARNING shop/checkout | unit tests | main | 95d49d1 | ana"_s},
                {u"build_status"_s, u"running"_s, 0, u"ignored: \"running\" is no result"_s},
                {u"build_status"_s, u"canceled"_s, 0, u"ignored: \"canceled\" is no result"_s},
                {u"project"_s, gone, 2, u"BLOCKED Shop/Checkout | unit tests | main | 95d49d1 | ana"_s},
                {u"project"_s, gone, 3, u"https://gitlab.example/shop/checkout/-/jobs/1977"_s},
                {u"build_id"_s, gone, 0, u"refused: build_id: is required"_s},
                {u"build_duration"_s, -1, 0, u"refused: build_duration: must be from 0 to 1000000000"_s},
            });
    }
};

PRISM_TEST(TestGitlabHook)

} // namespace tst_gitlab_hook

#include "tst_gitlab_hook.moc"
