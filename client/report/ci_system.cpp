#include "client/report/ci_system.h"

#include "client/report/git_folder.h"

#include <QUrl>

#include <array>

namespace prism::report {

using protocol::Check;

namespace {

QString variable(const char* name)
{
    return qEnvironmentVariable(name);
}

/// The first that is said.
template <typename... Names>
QString variable(const char* name, Names... others)
{
    const QString text = variable(name);
    return text.isEmpty() ? variable(others...) : text;
}

bool isTrue(const char* name)
{
    return variable(name).compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
}

/// "refs/heads/main" and "origin/main" are main.
QString branchOf(QString name)
{
    for (const QLatin1String beginning : {QLatin1String("refs/heads/"), QLatin1String("origin/")}) {
        if (name.startsWith(beginning))
            name.remove(0, beginning.size());
    }
    return name.startsWith(QLatin1String("refs/")) ? QString() : name;
}

Check ofGitHub()
{
    Check run;
    run.project = GitFolder::nameOf(variable("GITHUB_REPOSITORY"));
    run.branch = variable("GITHUB_HEAD_REF");
    if (run.branch.isEmpty() && variable("GITHUB_REF_TYPE") != QLatin1String("tag"))
        run.branch = variable("GITHUB_REF_NAME");
    run.commit = variable("GITHUB_SHA");
    run.user = variable("GITHUB_ACTOR");
    if (const QString id = variable("GITHUB_RUN_ID"); !id.isEmpty())
        run.url = QStringLiteral("%1/%2/actions/runs/%3")
                      .arg(variable("GITHUB_SERVER_URL"), variable("GITHUB_REPOSITORY"), id);
    if (const QString attempt = variable("GITHUB_RUN_ATTEMPT"); !run.url.isEmpty() && attempt.toInt() > 1)
        run.url += QStringLiteral("/attempts/") + attempt;
    return run;
}

Check ofGitLab()
{
    Check run;
    run.project = variable("CI_PROJECT_NAME");
    run.branch = variable("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH");
    run.commit = variable("CI_COMMIT_SHA");
    run.user = variable("GITLAB_USER_LOGIN");
    run.url = variable("CI_JOB_URL", "CI_PIPELINE_URL");
    return run;
}

Check ofJenkins()
{
    Check run;
    run.project = GitFolder::nameOf(variable("GIT_URL", "JOB_NAME"));
    run.branch = branchOf(variable("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"));
    run.commit = variable("GIT_COMMIT");
    run.user = variable("BUILD_USER_ID", "CHANGE_AUTHOR");
    run.url = variable("BUILD_URL");
    return run;
}

Check ofBuildkite()
{
    Check run;
    run.project = GitFolder::nameOf(variable("BUILDKITE_REPO", "BUILDKITE_PIPELINE_SLUG"));
    run.branch = variable("BUILDKITE_BRANCH");
    run.commit = variable("BUILDKITE_COMMIT");
    if (run.commit == QLatin1String("HEAD")) // until the agent knows which it is
        run.commit.clear();
    run.user = variable("BUILDKITE_BUILD_CREATOR");
    run.url = variable("BUILDKITE_BUILD_URL");
    if (const QString job = variable("BUILDKITE_JOB_ID"); !run.url.isEmpty() && !job.isEmpty())
        run.url += u'#' + job;
    return run;
}

Check ofAzure()
{
    Check run;
    run.project = GitFolder::nameOf(variable("BUILD_REPOSITORY_NAME"));
    run.branch = branchOf(variable("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"));
    run.commit = variable("SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION");
    run.user = variable("BUILD_REQUESTEDFOR");
    if (const QString id = variable("BUILD_BUILDID"); !id.isEmpty())
        run.url = variable("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI") +
                  QString::fromLatin1(QUrl::toPercentEncoding(variable("SYSTEM_TEAMPROJECT"))) +
                  QStringLiteral("/_build/results?buildId=") + id;
    return run;
}

Check ofBitbucket()
{
    Check run;
    run.project = variable("BITBUCKET_REPO_SLUG");
    run.branch = variable("BITBUCKET_BRANCH");
    run.commit = variable("BITBUCKET_COMMIT");
    run.url = QStringLiteral("https://bitbucket.org/%1/pipelines/results/%2")
                  .arg(variable("BITBUCKET_REPO_FULL_NAME"), variable("BITBUCKET_BUILD_NUMBER"));
    return run;
}

struct CiSystem
{
    bool (*isHere)();
    Check (*context)();
};

constexpr std::array<CiSystem, 6> systems{
    {{[] { return isTrue("GITHUB_ACTIONS"); }, ofGitHub},
     {[] { return isTrue("GITLAB_CI"); }, ofGitLab},
     {[] { return isTrue("BUILDKITE"); }, ofBuildkite},
     {[] { return isTrue("TF_BUILD"); }, ofAzure},
     {[] { return !variable("BITBUCKET_BUILD_NUMBER").isEmpty(); }, ofBitbucket},
     {[] { return !variable("JENKINS_URL").isEmpty(); }, ofJenkins}}};

} // namespace

std::optional<Check> contextOfCiSystem()
{
    for (const CiSystem& system : systems) {
        if (!system.isHere())
            continue;
        Check run = system.context();
        run.origin = protocol::CheckOrigin::Ci;
        return run;
    }
    return std::nullopt;
}

bool isOnCiSystem()
{
    const QString said = variable("CI").toLower();
    return !said.isEmpty() && said != QLatin1String("false") && said != QLatin1String("0");
}

} // namespace prism::report
