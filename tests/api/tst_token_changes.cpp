#include "tests/api/signed_in_test.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

namespace tst_token_changes {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

QJsonArray numbered(int count)
{
    QJsonArray names;
    for (int i = 0; i < count; ++i)
        names.append(QString::number(i));
    return names;
}

} // namespace

/// How tokens are made, listed, made anew and revoked, and what is kept of them.
class TestTokenChanges : public SignedInTest
{
    Q_OBJECT

private slots:
    void init()
    {
        startSignedIn({u"--max-tokens"_s, u"8"_s});
        QVERIFY(!m_admin.isEmpty());
    }

    void cleanup() { stopServer(); }

    void restAndSubCommand_doTheSame()
    {
        const HttpResponse made = m_client->post(
            tokensPath, parseJson(R"({"name": "pipeline", "role": "reporter", "expiresInDays": 2})"),
            bearer(m_admin));
        QCOMPARE(made.status, 201);
        QCOMPARE(made.header("cache-control"), "no-store");
        const QByteArray token = made.data()[u"token"_s].toString().toLatin1();
        QCOMPARE(made.data()[u"createdBy"_s].toString(), u"the admin"_s);
        QCOMPARE(m_client->post(checksPath, parseJson(R"({"status": "PASS"})"), bearer(token)).status, 201);
        QCOMPARE(ask(token).data()[u"name"_s].toString(), u"pipeline"_s);

        const ProgramResult list = run({u"list"_s});
        QVERIFY2(list.output.contains(idOf(token) + "  reporter"), list.output);
        const QByteArray rotated = lineOf(run({u"rotate"_s, QString::fromLatin1(idOf(token))}), "token");
        QVERIFY(rotated != token && idOf(rotated) == idOf(token));
        QCOMPARE(ask(token).status, 200); // for a day
        QCOMPARE(ask(rotated).status, 200);
        QVERIFY(!ask(rotated).data()[u"previousUntil"_s].toString().isEmpty());
        QCOMPARE(m_client
                     ->post(tokensPath + '/' + idOf(token) + "/rotate", parseJson(R"({"overlapHours": 0})"),
                            bearer(m_admin))
                     .status,
                 200);
        QCOMPARE(ask(token).status, 401);
        QCOMPARE(ask(rotated).status, 401);

        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(token), bearer(m_admin)).status, 200);
        QCOMPARE(m_client->remove(tokensPath + '/' + idOf(token), bearer(m_admin)).status, 404);
        QVERIFY(!run({u"list"_s}).output.contains("pipeline"));
    }

    void subCommand_saysForHowLong()
    {
        const ProgramResult made =
            run({u"create"_s, u"--name"_s, u"x"_s, u"--role"_s, u"viewer"_s, u"--expires-days"_s, u"7"_s});
        const QDateTime expires =
            QDateTime::fromString(QString::fromLatin1(lineOf(made, "expires")), Qt::ISODateWithMs);
        QCOMPARE(QDateTime::currentDateTimeUtc().daysTo(expires), 7);
    }

    void tokens_outliveTheServer()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QCOMPARE(ask(viewer).data()[u"role"_s].toString(), u"viewer"_s);
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(run({u"revoke"_s, QString::fromLatin1(idOf(viewer))}).exitCode, 0);
        QVERIFY(m_server->restart(ServerProcess::Port::Same));
        QCOMPARE(ask(viewer).status, 401);
    }

    void use_isWrittenDown()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const auto used = [&] {
            const QJsonArray all = ask(m_admin, tokensPath).data()[u"tokens"_s].toArray();
            for (const auto& token : all) {
                if (token[u"name"_s].toString() == u"the viewer"_s)
                    return token[u"usedAt"_s].toString();
            }
            return u"no such token"_s;
        };
        QCOMPARE(used(), QString());
        QCOMPARE(ask(viewer).status, 200);
        QTRY_VERIFY(used().endsWith(u":00.000Z"_s));
    }

    void secrets_areNowhere()
    {
        const QByteArray viewer = made(u"viewer"_s);
        QCOMPARE(ask(viewer).status, 200);
        const HttpResponse keyed =
            m_client->post(tokensPath, parseJson(R"({"name": "x", "role": "viewer"})"),
                           bearer(m_admin) + RestClient::Headers{{"Idempotency-Key", "again"}});
        QCOMPARE(keyed.status, 400);
        QVERIFY(!run({u"list"_s}).output.contains(viewer.split('_').value(2)));
        QCOMPARE(m_server->terminate(), 0);
        QByteArray everything = m_server->log().toUtf8();
        const QDir folder(m_server->dataDir());
        const QFileInfoList files = folder.entryInfoList(QDir::Files);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo& file : files) {
            QFile content(file.filePath());
            QVERIFY(content.open(QIODevice::ReadOnly));
            everything += content.readAll();
        }
        QVERIFY(everything.contains(idOf(viewer)));
        for (const QByteArray& token : {viewer, m_admin}) {
            const QByteArray secret = token.split('_').value(2);
            QVERIFY(!everything.contains(secret));
            QVERIFY(!everything.contains(QByteArray::fromHex(secret)));
        }
    }

    void secondRotation_isRefusedWhileTheFirstHolds()
    {
        const QByteArray viewer = made(u"viewer"_s);
        const QByteArray path = tokensPath + '/' + idOf(viewer) + "/rotate";
        const auto rotate = [&](const char* body) {
            return m_client->post(path, parseJson(body), bearer(m_admin));
        };
        const QByteArray second = rotate("{}").data()[u"token"_s].toString().toLatin1();
        const HttpResponse refused = rotate("{}");
        QCOMPARE(refused.status, 409);
        QVERIFY(refused.body.contains("overlap of 0 hours"));
        QCOMPARE(ask(viewer).status, 200);
        QCOMPARE(ask(second).status, 200);
        QCOMPARE(rotate(R"({"overlapHours": 0})").status, 200);
        QCOMPARE(ask(second).status, 401);
        QCOMPARE(rotate("{}").status, 200);
    }

    void whatIsBeyondItsLimits_isRefused_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const QJsonObject& more, const QString& field) {
            QTest::newRow(name) << more << field;
        };
        row("all is well", {}, {});
        row("longest name", {{u"name"_s, QString(100, u'n')}}, {});
        row("name too long", {{u"name"_s, QString(101, u'n')}}, u"name"_s);
        row("blank name", {{u"name"_s, u" "_s}}, u"name"_s);
        row("no day", {{u"expiresInDays"_s, 0}}, u"expiresInDays"_s);
        row("one day", {{u"expiresInDays"_s, 1}}, {});
        row("ten years", {{u"expiresInDays"_s, 3'650}}, {});
        row("longer", {{u"expiresInDays"_s, 3'651}}, u"expiresInDays"_s);
        row("half a day", {{u"expiresInDays"_s, 0.5}}, u"expiresInDays"_s);
        row("anyone", {{u"role"_s, u"anyone"_s}}, u"role"_s);
        row("somebody", {{u"role"_s, u"somebody"_s}}, u"role"_s);
        row("no such field", {{u"colour"_s, 1}}, u"colour"_s);
        row("a project", {{u"projects"_s, QJsonArray{u"web"_s}}}, {});
        row("projects that are no list", {{u"projects"_s, u"web"_s}}, u"projects"_s);
        row("no project", {{u"projects"_s, QJsonArray()}}, u"projects"_s);
        row("project without a name", {{u"projects"_s, QJsonArray{u"web"_s, u" "_s}}}, u"projects"_s);
        row("name of a project too long", {{u"projects"_s, QJsonArray{QString(101, u'p')}}}, u"projects"_s);
        row("most projects", {{u"projects"_s, numbered(20)}}, {});
        row("more", {{u"projects"_s, numbered(21)}}, u"projects"_s);
        row("an admin of a project", {{u"role"_s, u"admin"_s}, {u"projects"_s, QJsonArray{u"web"_s}}},
            u"projects"_s);
    }

    void whatIsBeyondItsLimits_isRefused()
    {
        QFETCH(const QJsonObject, more);
        QFETCH(const QString, field);
        QJsonObject body{{u"name"_s, u"x"_s}, {u"role"_s, u"viewer"_s}};
        for (auto each = more.begin(); each != more.end(); ++each)
            body.insert(each.key(), each.value());
        const HttpResponse answer = m_client->post(tokensPath, body, bearer(m_admin));
        QCOMPARE(answer.status, field.isEmpty() ? 201 : 400);
        QVERIFY2(answer.details().startsWith(field), qPrintable(answer.details()));
    }

    void tokens_areSoMany()
    {
        int status = 201;
        int count = 1;
        for (; count < 20 && status == 201; ++count)
            status =
                m_client->post(tokensPath, parseJson(R"({"name": "x", "role": "viewer"})"), bearer(m_admin))
                    .status;
        QCOMPARE(status, 429);
        QCOMPARE(count - 1, 8);
    }

    void nonsense_isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing") << QStringList() << 2;
        QTest::newRow("unknown") << QStringList{u"borrow"_s} << 2;
        QTest::newRow("more") << QStringList{u"list"_s, u"all"_s} << 2;
        QTest::newRow("revoke what") << QStringList{u"revoke"_s} << 2;
        QTest::newRow("no role") << QStringList{u"create"_s, u"--name"_s, u"x"_s} << 1;
        QTest::newRow("no name") << QStringList{u"create"_s, u"--role"_s, u"viewer"_s} << 1;
        QTest::newRow("no such role")
            << QStringList{u"create"_s, u"--name"_s, u"x"_s, u"--role"_s, u"anyone"_s} << 1;
        QTest::newRow("no day") << QStringList{u"create"_s, u"--name"_s,         u"x"_s, u"--role"_s,
                                               u"viewer"_s, u"--expires-days"_s, u"0"_s}
                                << 1;
        QTest::newRow("no number of days")
            << QStringList{u"create"_s, u"--name"_s,         u"x"_s,  u"--role"_s,
                           u"viewer"_s, u"--expires-days"_s, u"ten"_s}
            << 1;
        QTest::newRow("no such token") << QStringList{u"revoke"_s, u"x"_s} << 1;
        QTest::newRow("nothing to rotate") << QStringList{u"rotate"_s, u"x"_s} << 1;
    }

    void nonsense_isRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        const ProgramResult result = run(arguments);
        QCOMPARE(result.exitCode, code);
        QVERIFY(!result.errors.isEmpty());
    }
};

PRISM_TEST(TestTokenChanges)

} // namespace tst_token_changes

#include "tst_token_changes.moc"
