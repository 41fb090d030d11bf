#include "client/model/record_fields.h"
#include "client/model/record_removal.h"
#include "client/model/record_run.h"
#include "client/net/api.h"
#include "tests/support/server_test.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_record_actions {

using namespace prism;
using model::RecordRemoval;
using model::RecordRun;

/// Running and deleting a record on a real server.
class TestRecordActions : public test::ServerTest
{
    Q_OBJECT

private slots:
    void initTestCase() { startServer(); }
    void init() { m_api = std::make_unique<net::Api>(m_server->httpUrl(), net::Options()); }
    void cleanup() { m_api.reset(); }
    void cleanupTestCase() { stopServer(); }

    void run_bringsItsMetrics();
    void run_ofWhatCannotBeComputed_saysWhy();
    void removed_comesBackWithItsContent();
    void removedTwice_isOnceAndCanComeBack();
    void secondUndo_bringsItBackOnceMore();
    void removal_ofAnOlderVersion_isRefused();

private:
    protocol::Record create(const QByteArray& body);
    QJsonObject stored(const QString& id);

    std::unique_ptr<net::Api> m_api;
};

namespace {

const QByteArray path("/api/v1/analytics/records");
const QByteArray described(R"({"type":"custom","name":"%1","description":"as it was",)"
                           R"("config":{"metrics":["violations"],"period":"week"}})");

} // namespace

protocol::Record TestRecordActions::create(const QByteArray& body)
{
    return protocol::recordFromJson(m_client->post(path, body).data().toObject())
        .value_or(protocol::Record());
}

QJsonObject TestRecordActions::stored(const QString& id)
{
    return m_client->get(path + '/' + id.toLatin1()).data().toObject();
}

void TestRecordActions::run_bringsItsMetrics()
{
    QCOMPARE(
        m_client->post("/api/v1/gateway/checks", QByteArray("{\"status\":\"PASS\",\"duration\":8}")).status /
            100,
        2);
    const protocol::Record record = create("{\"type\":\"adhoc\",\"name\":\"runs\",\"config\":{\"metrics\":["
                                           "\"avgDuration\",\"totalChecks\"],\"period\":"
                                           "\"today\"}}");
    RecordRun run(*m_api);
    run.run(record);
    QVERIFY(run.isRunning());
    QTRY_VERIFY(run.result());
    QVERIFY(!run.isRunning());
    QVERIFY(run.result()->period == protocol::Period::Today);
    const QList<protocol::MetricValue> expected{{QStringLiteral("totalChecks"), 1},
                                                {QStringLiteral("avgDuration"), std::nullopt}};
    QVERIFY(run.result()->metrics == expected);
    run.close();
    QVERIFY(!run.result());
}

void TestRecordActions::run_ofWhatCannotBeComputed_saysWhy()
{
    const protocol::Record record =
        create("{\"type\":\"adhoc\",\"name\":\"cannot\",\"config\":{\"metrics\":[\"happiness\"]}}");
    RecordRun run(*m_api);
    run.run(record);
    QTRY_VERIFY(run.error());
    QVERIFY(run.error()->details.join(u' ').contains(QStringLiteral("happiness")));
    QVERIFY(!run.result());
}

void TestRecordActions::removed_comesBackWithItsContent()
{
    const protocol::Record record = create(QByteArray(described).replace("%1", QTest::currentTestFunction()));
    RecordRemoval removal(*m_api);
    QSignalSpy restored(&removal, &RecordRemoval::restored);
    removal.remove(record);
    QTRY_VERIFY(removal.removed());
    QVERIFY(stored(record.id).isEmpty());
    removal.undo();
    QTRY_COMPARE(restored.count(), 1);
    QVERIFY(!removal.removed());
    const auto again = restored[0][0].value<protocol::Record>();
    QVERIFY(model::RecordFields::of(again) == model::RecordFields::of(record));
    QVERIFY(!stored(again.id).isEmpty());
}

/// As with a double click over a slow connection.
void TestRecordActions::removedTwice_isOnceAndCanComeBack()
{
    const protocol::Record record = create(QByteArray(described).replace("%1", QTest::currentTestFunction()));
    RecordRemoval removal(*m_api);
    QSignalSpy removed(&removal, &RecordRemoval::removedRecord);
    QSignalSpy failed(&removal, &RecordRemoval::failed);
    removal.remove(record);
    removal.remove(record);
    QTRY_VERIFY(removal.removed());
    QCOMPARE(removal.removed()->id, record.id);
    removal.remove(record); // once more, and heard: it is gone
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(removed.count(), 1);
}

/// Under the key of the first undo the server would answer as it did then, and store nothing.
void TestRecordActions::secondUndo_bringsItBackOnceMore()
{
    protocol::Record record = create(QByteArray(described).replace("%1", QTest::currentTestFunction()));
    RecordRemoval removal(*m_api);
    QSignalSpy restored(&removal, &RecordRemoval::restored);
    for (int times = 1; times <= 2; ++times) {
        removal.remove(record);
        QTRY_VERIFY(removal.removed());
        QVERIFY(stored(record.id).isEmpty());
        removal.undo();
        QTRY_COMPARE(restored.count(), times);
        record = restored.last()[0].value<protocol::Record>();
        QVERIFY(!stored(record.id).isEmpty());
    }
}

void TestRecordActions::removal_ofAnOlderVersion_isRefused()
{
    const protocol::Record record = create(QByteArray(described).replace("%1", QTest::currentTestFunction()));
    const QJsonObject theirs{{QStringLiteral("description"), QStringLiteral("theirs")}};
    QCOMPARE(m_client->put(path + '/' + record.id.toLatin1(), theirs).status, 200);
    RecordRemoval removal(*m_api);
    QSignalSpy failed(&removal, &RecordRemoval::failed);
    removal.remove(record);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][1].value<protocol::Error>().code, protocol::ErrorCode::VersionConflict);
    QVERIFY(!removal.removed());
    QVERIFY(!stored(record.id).isEmpty());
}

PRISM_TEST(TestRecordActions)

} // namespace tst_record_actions

#include "tst_record_actions.moc"
