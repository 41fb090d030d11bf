#include "tests/report/report_test.h"
#include "tests/support/test_program.h"

#include <QJsonObject>
#include <QTest>

namespace tst_context {

using namespace prism::test;
using namespace Qt::StringLiterals;

using Variables = QList<std::pair<const char*, QString>>;

/// Who ran what where is known from the CI system, else from Git; flags win.
class ContextTest : public ReportTest
{
    Q_OBJECT

private:
    void git(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_tool->folder());
        process.setProcessEnvironment(m_tool->environment());
        process.start(u"git"_s, arguments);
        const ToolResult result = ReportTool::finish(process);
        QVERIFY2(result.code == 0, result.errors);
    }

    QString answerOfGit(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_tool->folder());
        process.setProcessEnvironment(m_tool->environment());
        process.start(u"git"_s, arguments);
        return QString::fromUtf8(ReportTool::finish(process).output).trimmed();
    }

    void makeClone() const
    {
        git({u"init"_s, u"-q"_s, u"-b"_s, u"topic/ä"_s});
        git({u"remote"_s, u"add"_s, u"origin"_s, u"git@example.org:team/checkout.git"_s});
        git({u"config"_s, u"user.name"_s, u"Ana \"A\" Müller"_s});
        git({u"config"_s, u"user.email"_s, u"ana@example.org"_s});
        git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"first"_s});
    }

    void compareContext(const QString& project, const QString& branch, const QString& commit,
                        const QString& user)
    {
        QCOMPARE(m_tool->run({u"run"_s, u"--"_s, u"true"_s}).code, 0);
        const QJsonObject told = check();
        QCOMPARE(told[u"project"].toString(), project);
        QCOMPARE(told[u"branch"].toString(), branch);
        QCOMPARE(told[u"commit"].toString(), commit);
        QCOMPARE(told[u"user"].toString(), user);
    }

private slots:
    void ciSystems_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QStringList>("expected"); // project, branch, commit, user, url
        const QString sha = QString(40, u'a');
        QTest::newRow("GitHub, a push") << Variables{{"GITHUB_ACTIONS", u"true"_s},
                                                     {"GITHUB_REPOSITORY", u"team/shop"_s},
                                                     {"GITHUB_REF_NAME", u"main"_s},
                                                     {"GITHUB_REF_TYPE", u"branch"_s},
                                                     {"GITHUB_SHA", sha},
                                                     {"GITHUB_ACTOR", u"bo"_s},
                                                     {"GITHUB_SERVER_URL", u"https://github.com"_s},
                                                     {"GITHUB_RUN_ID", u"7"_s},
                                                     {"GITHUB_RUN_ATTEMPT", u"1"_s}}
                                        << QStringList{u"shop"_s, u"main"_s, sha, u"bo"_s,
                                                       u"https://github.com/team/shop/actions/runs/7"_s};
        QTest::newRow("GitHub, a pull request, again")
            << Variables{{"GITHUB_ACTIONS", u"true"_s},
                         {"GITHUB_REPOSITORY", u"team/shop"_s},
                         {"GITHUB_REF_NAME", u"12/merge"_s},
                         {"GITHUB_HEAD_REF", u"topic"_s},
                         {"GITHUB_SHA", sha},
                         {"GITHUB_ACTOR", u"bo"_s},
                         {"GITHUB_SERVER_URL", u"https://github.com"_s},
                         {"GITHUB_RUN_ID", u"7"_s},
                         {"GITHUB_RUN_ATTEMPT", u"2"_s}}
            << QStringList{u"shop"_s, u"topic"_s, sha, u"bo"_s,
                           u"https://github.com/team/shop/actions/runs/7/attempts/2"_s};
        QTest::newRow("GitHub, a tag")
            << Variables{{"GITHUB_ACTIONS", u"true"_s}, {"GITHUB_REPOSITORY", u"team/shop"_s},
                         {"GITHUB_REF_NAME", u"v1"_s},  {"GITHUB_REF_TYPE", u"tag"_s},
                         {"GITHUB_SHA", sha},           {"GITHUB_ACTOR", u"bo"_s}}
            << QStringList{u"shop"_s, QString(), sha, u"bo"_s, QString()};
        QTest::newRow("GitLab") << Variables{{"GITLAB_CI", u"true"_s},
                                             {"CI_PROJECT_NAME", u"shop"_s},
                                             {"CI_COMMIT_BRANCH", u"main"_s},
                                             {"CI_COMMIT_SHA", sha},
                                             {"GITLAB_USER_LOGIN", u"bo"_s},
                                             {"CI_JOB_URL", u"https://gitlab.example/team/shop/-/jobs/9"_s}}
                                << QStringList{u"shop"_s, u"main"_s, sha, u"bo"_s,
                                               u"https://gitlab.example/team/shop/-/jobs/9"_s};
        QTest::newRow("GitLab, a merge request")
            << Variables{{"GITLAB_CI", u"true"_s},
                         {"CI_PROJECT_NAME", u"shop"_s},
                         {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", u"topic"_s},
                         {"CI_COMMIT_SHA", sha},
                         {"GITLAB_USER_LOGIN", u"bo"_s}}
            << QStringList{u"shop"_s, u"topic"_s, sha, u"bo"_s, QString()};
        QTest::newRow("Jenkins") << Variables{{"JENKINS_URL", u"https://ci.example/"_s},
                                              {"GIT_URL", u"https://git.example/team/shop.git"_s},
                                              {"GIT_BRANCH", u"origin/main"_s},
                                              {"GIT_COMMIT", sha},
                                              {"BUILD_USER_ID", u"bo"_s},
                                              {"BUILD_URL", u"https://ci.example/job/shop/3/"_s}}
                                 << QStringList{u"shop"_s, u"main"_s, sha, u"bo"_s,
                                                u"https://ci.example/job/shop/3/"_s};
        QTest::newRow("Buildkite") << Variables{{"BUILDKITE", u"true"_s},
                                                {"BUILDKITE_REPO", u"git@github.com:team/shop.git"_s},
                                                {"BUILDKITE_BRANCH", u"main"_s},
                                                {"BUILDKITE_COMMIT", sha},
                                                {"BUILDKITE_BUILD_CREATOR", u"bo"_s},
                                                {"BUILDKITE_BUILD_URL",
                                                 u"https://buildkite.com/team/shop/builds/5"_s},
                                                {"BUILDKITE_JOB_ID", u"j1"_s}}
                                   << QStringList{u"shop"_s, u"main"_s, sha, u"bo"_s,
                                                  u"https://buildkite.com/team/shop/builds/5#j1"_s};
        QTest::newRow("Azure") << Variables{{"TF_BUILD", u"True"_s},
                                            {"BUILD_REPOSITORY_NAME", u"team/shop"_s},
                                            {"BUILD_SOURCEBRANCH", u"refs/heads/main"_s},
                                            {"BUILD_SOURCEVERSION", sha},
                                            {"BUILD_REQUESTEDFOR", u"bo"_s},
                                            {"SYSTEM_COLLECTIONURI", u"https://dev.azure.com/team/"_s},
                                            {"SYSTEM_TEAMPROJECT", u"My Shop"_s},
                                            {"BUILD_BUILDID", u"11"_s}}
                               << QStringList{
                                      u"shop"_s, u"main"_s, sha, u"bo"_s,
                                      u"https://dev.azure.com/team/My%20Shop/_build/results?buildId=11"_s};
        QTest::newRow("Bitbucket") << Variables{{"BITBUCKET_BUILD_NUMBER", u"13"_s},
                                                {"BITBUCKET_REPO_SLUG", u"shop"_s},
                                                {"BITBUCKET_REPO_FULL_NAME", u"team/shop"_s},
                                                {"BITBUCKET_BRANCH", u"main"_s},
                                                {"BITBUCKET_COMMIT", sha}}
                                   << QStringList{u"shop"_s, u"main"_s, sha, u"ana"_s,
                                                  u"https://bitbucket.org/team/shop/pipelines/results/13"_s};
        QTest::newRow("another") << Variables{}
                                 << QStringList{u"work"_s, QString(), QString(), u"ana"_s, QString()};
    }

    void ciSystems()
    {
        QFETCH(const Variables, variables);
        QFETCH(const QStringList, expected);
        m_tool->set("CI", u"true"_s);
        for (const auto& [name, value] : variables)
            m_tool->set(name, value);
        QCOMPARE(m_tool->run({u"run"_s, u"--"_s, u"true"_s}).errors, QByteArray());
        // It was waited for.
        const QJsonObject told = m_client->get("/api/v1/gateway/checks").data()[0].toObject();
        QStringList found;
        for (const QLatin1String field : {"project"_L1, "branch"_L1, "commit"_L1, "user"_L1, "url"_L1})
            found.append(told[field].toString());
        QCOMPARE(found, expected);
        QCOMPARE(told[u"origin"].toString(), u"ci"_s);
    }

    void clone_saysWhatItIs()
    {
        makeClone();
        compareContext(u"checkout"_s, u"topic/ä"_s, answerOfGit({u"rev-parse"_s, u"HEAD"_s}),
                       u"Ana \"A\" Müller"_s);
    }

    void cloneWithPackedBranches_inAFolderOfIt()
    {
        makeClone();
        git({u"branch"_s, u"topic/ä-2"_s});
        git({u"pack-refs"_s, u"--all"_s});
        const QString commit = answerOfGit({u"rev-parse"_s, u"HEAD"_s});
        QDir(m_tool->folder()).mkpath(u"a/b"_s);
        m_tool->setFolder(m_tool->folder() + u"/a/b"_s);
        compareContext(u"checkout"_s, u"topic/ä"_s, commit, u"Ana \"A\" Müller"_s);
    }

    void furtherWorktree_hasItsOwnBranch()
    {
        makeClone();
        git({u"worktree"_s, u"add"_s, u"-q"_s, u"-b"_s, u"other"_s, u"../other"_s});
        m_tool->setFolder(m_tool->home() + u"/other"_s);
        compareContext(u"checkout"_s, u"other"_s, answerOfGit({u"rev-parse"_s, u"HEAD"_s}),
                       u"Ana \"A\" Müller"_s);
    }

    void detachedHead_hasNoBranch()
    {
        makeClone();
        git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        compareContext(u"checkout"_s, QString(), answerOfGit({u"rev-parse"_s, u"HEAD"_s}),
                       u"Ana \"A\" Müller"_s);
    }

    void cloneWithoutCommitOrAddress_isNamedByItsFolder()
    {
        git({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s});
        compareContext(u"work"_s, u"main"_s, QString(), u"ana"_s);
    }

    void damagedClone_isPassedOver_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("HEAD leads out") << u"HEAD"_s << QByteArray("ref: refs/heads/../../../../etc/passwd");
        QTest::newRow("HEAD is empty") << u"HEAD"_s << QByteArray();
        QTest::newRow("HEAD is endless") << u"HEAD"_s << QByteArray(100'000, 'a');
        QTest::newRow("settings are nonsense")
            << u"config"_s << QByteArray("[remote \"origin\n\\\nurl\n=\n[[[");
        QTest::newRow("settings are endless") << u"config"_s << QByteArray(2'000'000, '[');
    }

    void damagedClone_isPassedOver()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, content);
        makeClone();
        m_tool->write(u".git/"_s + file, content);
        QCOMPARE(m_tool->run({u"run"_s, u"--"_s, u"true"_s}).errors, QByteArray());
        QCOMPARE(check()[u"status"].toString(), u"PASS"_s);
    }

    void flags_win()
    {
        makeClone();
        m_tool->set("GITLAB_CI", u"true"_s);
        m_tool->set("CI_PROJECT_NAME", u"shop"_s);
        QCOMPARE(m_tool
                     ->run({u"run"_s, u"--project"_s, u"p"_s, u"--branch=b"_s, u"--commit"_s, u"c"_s,
                            u"--user"_s, u"u"_s, u"--session"_s, u"s"_s, u"--run-url"_s, u"https://x"_s,
                            u"--origin"_s, u"agent"_s, u"--"_s, u"true"_s})
                     .code,
                 0);
        const QJsonObject told = check();
        QStringList found;
        for (const QLatin1String field :
             {"project"_L1, "branch"_L1, "commit"_L1, "user"_L1, "session"_L1, "url"_L1, "origin"_L1})
            found.append(told[field].toString());
        QCOMPARE(found, (QStringList{u"p"_s, u"b"_s, u"c"_s, u"u"_s, u"s"_s, u"https://x"_s, u"agent"_s}));
    }

    /// A name that is longer than the server takes is no reason to lose a result.
    void longTexts_areCut()
    {
        const QString text(5'000, u'ä');
        QCOMPARE(m_tool
                     ->run({u"run"_s, u"--project"_s, text, u"--branch"_s, text, u"--commit"_s, text,
                            u"--user"_s, text, u"--session"_s, text, u"--run-url"_s, text, u"--gate"_s, text,
                            u"--"_s, u"true"_s})
                     .code,
                 0);
        const QJsonObject told = check();
        QCOMPARE(told[u"project"].toString(), text.left(100));
        QCOMPARE(told[u"gate"].toString(), text.left(200));
        QCOMPARE(m_tool->refused().size(), 0);
    }
};

PRISM_TEST(ContextTest)

} // namespace tst_context

#include "tst_context.moc"
