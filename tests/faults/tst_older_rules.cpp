#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <sqlite3.h>

namespace tst_older_rules {

using namespace prism::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray principles = "/api/v1/gateway/principles";

QJsonObject rulesWith(const QJsonObject& fields)
{
    QJsonObject principle{{u"id"_s, u"P"_s},
                          {u"name"_s, u"n"_s},
                          {u"level"_s, u"HARD_BLOCK"_s},
                          {u"keywords"_s, QJsonArray{u"alpha"_s}},
                          {u"violation_message"_s, u"no"_s}};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        principle.insert(field.key(), field.value());
    return {{u"principles"_s, QJsonArray{principle}}};
}

/// As a program took it that took more.
void store(const QString& database, const QJsonObject& rules)
{
    const QByteArray document = toBytes(rules);
    sqlite3* handle = nullptr;
    sqlite3_stmt* statement = nullptr;
    QCOMPARE(sqlite3_open(qPrintable(database), &handle), SQLITE_OK);
    QCOMPARE(sqlite3_prepare_v2(handle, "UPDATE rule_versions SET document = ?", -1, &statement, nullptr),
             SQLITE_OK);
    sqlite3_bind_text(statement, 1, document.constData(), int(document.size()), SQLITE_STATIC);
    QCOMPARE(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
}

} // namespace

/// Rules that an older program stored and that nobody could put there now.
class TestOlderRules : public ServerTest
{
    Q_OBJECT

private slots:
    void cleanup() { stopServer(); }

    void rulesOfAnOlderProgram_areServedAndJudgedBy_data()
    {
        QTest::addColumn<QJsonObject>("fields");
        QTest::newRow("blank keyword") << QJsonObject{{u"keywords"_s, QJsonArray{u" "_s, u"alpha"_s}}};
        QTest::newRow("unknown field") << QJsonObject{{u"colour"_s, u"red"_s}};
        QTest::newRow("pattern that is none")
            << QJsonObject{{u"patterns"_s, QJsonArray{QJsonObject{{u"regex"_s, u"(?=x)"_s}}}}};
        QTest::newRow("invisible name") << QJsonObject{{u"name"_s, u"\u200b"_s}};
    }

    void rulesOfAnOlderProgram_areServedAndJudgedBy()
    {
        QFETCH(const QJsonObject, fields);
        startServer();
        QCOMPARE(m_client->put(principles, rulesWith({})).status, 200);
        QCOMPARE(m_server->terminate(), 0);
        const QJsonObject older = rulesWith(fields);
        store(m_server->dataDir() + u"/prism.db"_s, older);
        m_server->expectWarning(u"the stored rules hold, though they would not be taken now: principles"_s);
        QVERIFY(m_server->restart());
        m_client = std::make_unique<RestClient>(m_server->httpUrl());
        QCOMPARE(m_client->get(principles).data()["rules"_L1].toObject(), older);
        QCOMPARE(m_client->get(principles + "/versions/1").data()["rules"_L1].toObject(), older);
        const auto verdict = [this](const QString& intent) {
            const QJsonObject question{{u"intent"_s, intent}};
            return m_client->post("/api/v1/gateway/check", question).data()["status"_L1].toString();
        };
        QTRY_COMPARE(verdict(u"the alpha"_s), u"BLOCKED"_s);
        QCOMPARE(verdict(u"the beta"_s), u"PASS"_s);
        QCOMPARE(m_client->put(principles, older).status, 400);
        QCOMPARE(m_client->post(principles + "/versions/1/restore", QByteArray()).status, 200);
        QCOMPARE(m_client->get(principles).data()["rules"_L1].toObject(), older);
        QCOMPARE(verdict(u"the alpha"_s), u"BLOCKED"_s);
    }
};

PRISM_TEST(TestOlderRules)

} // namespace tst_older_rules

#include "tst_older_rules.moc"
