#include "shared/protocol/timestamp.h"
#include "tests/support/rest_client.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <sqlite3.h>

namespace tst_database_check {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int done = 0, failed = 1, mended = 3;

} // namespace

/// Counting everything anew from the command line.
class TestDatabaseCheck : public ServerTest
{
    Q_OBJECT

private slots:
    /// Three days of checks with marks, in any order, and retrospectives.
    void init()
    {
        startServer();
        QJsonArray checks;
        const auto now = prism::protocol::now();
        for (int i = 0; i < 300; ++i) {
            QJsonArray violations;
            for (int j = 0; j < i % 4; ++j)
                violations.append(QJsonObject{{u"principleId"_s, u"P%1"_s.arg(j)},
                                              {u"severity"_s, j > 1 ? u"BLOCK"_s : u"WARNING"_s}});
            checks.append(QJsonObject{
                {u"id"_s, QString::number(i)},
                {u"status"_s, i % 4 > 2 ? u"BLOCKED"_s : u"PASS"_s},
                {u"duration"_s, 0.5 * i}, // whose sum is the same in any order
                {u"user"_s, u"user %1"_s.arg(i % 7)},
                {u"session"_s, u"session %1"_s.arg(i % 11)},
                {u"project"_s, u"project %1"_s.arg(i % 2)},
                {u"gate"_s, u"gate %1"_s.arg(i % 3)},
                {u"timestamp"_s, prism::protocol::toIso(now - std::chrono::minutes((i * 37) % 300 * 14))},
                {u"violations"_s, violations}});
        }
        QCOMPARE(m_client->post("/api/v1/gateway/checks", checks).status, 201);
        const QJsonObject retro{{u"type"_s, u"quick"_s}, {u"duration"_s, 1234.5}, {u"user"_s, u"ana"_s}};
        QCOMPARE(m_client->post("/api/v1/retros", retro).status, 201);
        for (const char* path : {"/3/violations/0", "/7/violations/2"})
            QCOMPARE(m_client
                         ->send("PATCH", QByteArray("/api/v1/gateway/checks") + path,
                                {{"Content-Type", "application/json"}}, R"({"falsePositive":true})")
                         .status,
                     200);
        QTRY_VERIFY(isFolded());
    }

    void cleanup() { stopServer(); }

    void soundDatabase_isLeftAsItIs()
    {
        const QByteArray before = dashboard();
        QCOMPARE(m_server->terminate(), 0);
        const ProgramResult checked = check();
        QCOMPARE(checked.exitCode, done);
        QVERIFY2(checked.output.contains("everything is counted as it is stored"),
                 checked.output.constData());
        QCOMPARE(check().exitCode, done);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(dashboard(), before);
    }

    void wrongCounts_areMendedAndSaid_data()
    {
        QTest::addColumn<QByteArray>("damage");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* name, const char* damage, const char* said) {
            QTest::newRow(name) << QByteArray(damage) << QByteArray(said);
        };
        row("a quarter is gone",
            "DELETE FROM quarter_rollups WHERE scope = 0 AND start IN (SELECT MIN(start) FROM "
            "quarter_rollups WHERE scope = 0)",
            "the counts of 1 quarters of an hour and of 0 days, 0 gates");
        row("a project's quarter is gone",
            "DELETE FROM quarter_rollups WHERE scope = 1 AND start IN (SELECT MIN(start) FROM "
            "quarter_rollups "
            "WHERE scope = 1)",
            "the counts of 1 quarters of an hour and of 0 days, 0 gates");
        row("a quarter is another's",
            "UPDATE quarter_rollups SET figures = (SELECT other.figures FROM quarter_rollups AS other "
            "WHERE other.figures <> quarter_rollups.figures LIMIT 1) "
            "WHERE start IN (SELECT MIN(start) FROM quarter_rollups)",
            "mended: ");
        row("a day is gone",
            "DELETE FROM day_rollups WHERE scope = 0 AND start IN (SELECT MAX(start) FROM day_rollups WHERE "
            "scope = 0)",
            "the counts of 0 quarters of an hour and of 1 days, 0 gates");
        row("principles are gone", "DELETE FROM principle_counts WHERE grain = 0", "0 gates");
        row("a quarter's bytes", "UPDATE quarter_rollups SET content = zeroblob(20) WHERE scope = 0",
            "mended: ");
        row("a project's bytes", "UPDATE quarter_rollups SET figures = x'00' WHERE scope = 1", "mended: ");
        row("a day's bytes", "UPDATE day_rollups SET content = zeroblob(20)", "mended: ");
        row("principles' bytes", "UPDATE principle_counts SET counts = x'0102'", "mended: ");
        row("what waits to be summed up",
            "UPDATE rollup_deltas SET content = x'00' WHERE ordinal = (SELECT MAX(ordinal) FROM "
            "rollup_deltas);"
            "UPDATE rollup_progress SET folded = folded - 1",
            "mended: ");
        row("what waits of a project",
            "UPDATE scope_deltas SET content = x'00' WHERE ordinal = (SELECT folded FROM scopes WHERE id = "
            "scope);"
            "UPDATE scopes SET folded = folded - 1",
            "mended: ");
        row("a gate", "UPDATE gates SET status = 'WARNING', streak = 99 WHERE ordinal = 1",
            "the counts of 0 quarters of an hour and of 0 days, 1 gates");
        row("all gates", "DELETE FROM gates", "6 gates");
    }

    void wrongCounts_areMendedAndSaid()
    {
        QFETCH(const QByteArray, damage);
        QFETCH(const QByteArray, said);
        const QByteArray before = dashboard();
        const QByteArray gates = toBytes(m_client->get("/api/v1/gates").data());
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(check().exitCode, done);
        QVERIFY(execute(damage));
        const ProgramResult checked = check();
        QVERIFY2(checked.exitCode == mended, checked.errors.constData());
        QVERIFY2(checked.output.startsWith("mended: ") && checked.output.contains(said),
                 checked.output.constData());
        QCOMPARE(check().exitCode, done);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(dashboard(), before);
        QCOMPARE(toBytes(m_client->get("/api/v1/gates").data()), gates);
    }

    void damage_keepsNoOtherZoneFromBeingMended()
    {
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(check().exitCode, done);
        QVERIFY(execute("UPDATE quarter_rollups SET content = zeroblob(20) WHERE scope = 0"));
        m_server->setArguments({u"--timezone"_s, u"Asia/Tokyo"_s});
        QVERIFY(!m_server->restart());
        QVERIFY2(m_server->log().contains(u"prism-server check"_s), qPrintable(m_server->log()));
        QCOMPARE(check({u"--timezone"_s, u"Asia/Tokyo"_s}).exitCode, mended);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        const HttpResponse all = m_client->get("/api/v1/analytics/dashboard?period=all");
        QCOMPARE(all.data()[u"summary"_s][u"totalChecks"_s].toInt(), 300);
    }

    void damagedProject_hindersNobodyElse()
    {
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(check().exitCode, done);
        QVERIFY(execute("UPDATE quarter_rollups SET content = zeroblob(20) WHERE scope = 1"));
        QVERIFY(execute("UPDATE day_rollups SET content = zeroblob(20) WHERE scope = 1"));
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        for (int i = 0; i < 400; ++i) {
            const QJsonObject more{{u"status"_s, u"PASS"_s}, {u"project"_s, u"project %1"_s.arg(i % 2)}};
            QCOMPARE(m_client->post("/api/v1/gateway/checks", more).status, 201);
        }
        const auto total = [this](const QByteArray& of) {
            return m_client->get("/api/v1/analytics/dashboard?period=all" + of)
                .data()[u"summary"_s][u"totalChecks"_s]
                .toInt();
        };
        QCOMPARE(total({}), 700);
        QCOMPARE(total("&project=project%201"), 350);
        QCOMPARE(m_client->get("/api/v1/analytics/dashboard?period=all&project=project%200").status, 503);
        QTRY_VERIFY(m_server->log().contains(u"cannot be summed up"_s));
        QCOMPARE(m_server->terminate(), 0);
        QCOMPARE(check().exitCode, mended);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(total("&project=project%200"), 350);
    }

    void databaseOfARunningServer_isRefused()
    {
        const ProgramResult refused = check();
        QCOMPARE(refused.exitCode, failed);
        QVERIFY2(refused.errors.contains("prism-server: "), refused.errors.constData());
        QVERIFY(m_client->get("/health").status == 200);
    }

    void moreArguments_areRefused()
    {
        constexpr int misused = 2;
        QCOMPARE(ServerProcess::run({u"check"_s, u"x"_s}).exitCode, misused);
    }

private:
    ProgramResult check(const QStringList& options = {}) const
    {
        return ServerProcess::run(QStringList{u"--data-dir"_s, m_server->dataDir()} + options +
                                  QStringList{u"check"_s});
    }

    /// Whether all deltas of everything, a mark among them that takes from a bucket, are in their buckets,
    /// and the oldest of both projects.
    bool isFolded() const
    {
        sqlite3* database = nullptr;
        sqlite3_stmt* statement = nullptr;
        const QByteArray file = (m_server->dataDir() + u"/prism.db"_s).toUtf8();
        bool isSo = sqlite3_open_v2(file.constData(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK;
        isSo = isSo && sqlite3_prepare_v2(database,
                                          "SELECT COUNT(DISTINCT scope) = 3 AND NOT EXISTS (SELECT 1 FROM "
                                          "rollup_deltas, rollup_progress WHERE ordinal > folded) FROM "
                                          "quarter_rollups",
                                          -1, &statement, nullptr) == SQLITE_OK;
        isSo = isSo && sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1;
        sqlite3_finalize(statement);
        sqlite3_close(database);
        return isSo;
    }

    /// As another program that opens the database file.
    bool execute(const QByteArray& sql) const
    {
        sqlite3* database = nullptr;
        const QByteArray file = (m_server->dataDir() + u"/prism.db"_s).toUtf8();
        const bool isDone = sqlite3_open(file.constData(), &database) == SQLITE_OK &&
                            sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK &&
                            sqlite3_changes(database) > 0;
        sqlite3_close(database);
        return isDone;
    }

    /// What is counted, without when and where that was.
    QByteArray dashboard()
    {
        QJsonObject counted = m_client->get("/api/v1/analytics/dashboard?period=all").data().toObject();
        for (const QString& field : {u"generatedAt"_s, u"epoch"_s, u"seq"_s, u"alerts"_s})
            counted.remove(field);
        return toBytes(counted);
    }
};

PRISM_TEST(TestDatabaseCheck)

} // namespace tst_database_check

#include "tst_database_check.moc"
