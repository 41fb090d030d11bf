#include "server/store/migrations.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/alert_writer.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

namespace tst_alert_writer {

using namespace prism::store;
using namespace prism::protocol;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 2 / 7} + 12h};

Alert spike(AlertSeverity severity, Timestamp hour = noon)
{
    Alert alert;
    alert.kind = AlertKind::ViolationSpike;
    alert.metric = QStringLiteral("violations");
    alert.id = alertId(alert.kind, QLatin1String("violations"), hour);
    alert.since = hour;
    alert.checks = 70;
    alert.limitMs = 250.5;
    alert.severity = severity;
    alert.value = severity == AlertSeverity::High ? 40 : 20;
    alert.expected = 3;
    alert.bucket = hour;
    alert.timestamp = hour + 5min;
    return alert;
}

} // namespace

/// The alerts as they are kept.
class AlertWriterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriteConnection> m_database;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto database = sqlite::WriteConnection::open(m_folder->filePath(QStringLiteral("t.db")));
        QVERIFY(database.has_value());
        m_database = std::move(*database);
        QVERIFY(migrate(*m_database).has_value());
    }

    void cleanup()
    {
        m_database.reset();
        m_folder.reset();
    }

    void id_isMadeOfKindMetricAndBucket()
    {
        QCOMPARE(spike(AlertSeverity::High).id, QStringLiteral("violation_spike-violations-20260207T1200Z"));
    }

    void put_isStoredAsItIs()
    {
        AlertWriter table(*m_database);
        Alert alert = spike(AlertSeverity::Medium);
        QVERIFY(table.put(alert).has_value());
        QCOMPARE(table.find(alert.id).value(), alert);
        QCOMPARE(alertFromJson(toJson(alert)).value(), alert);
        QCOMPARE(table.find(QStringLiteral("x")).error().code, ErrorCode::NotFound);
        alert.value = 30;
        alert.severity = AlertSeverity::High;
        alert.state = AlertState::Resolved;
        alert.resolvedAt = noon + 1h;
        alert.acknowledgement = Acknowledgement{QStringLiteral("ana"), noon + 6min};
        alert.bucket += 1h;
        QVERIFY(table.put(alert).has_value());
        QCOMPARE(table.list({}).value().alerts, QList<Alert>{alert});
        QCOMPARE(alertFromJson(toJson(alert)).value(), alert);
    }

    void last_isTheNewestOfItsKindWithFacts()
    {
        AlertWriter table(*m_database);
        QVERIFY(!table.last(AlertKind::ViolationSpike).value());
        Alert older = spike(AlertSeverity::High, noon + 2h);
        older.since.reset();
        older.message = QStringLiteral("Many violations.");
        Alert other = spike(AlertSeverity::High, noon + 3h);
        other.kind = AlertKind::QualityDrop;
        for (const Alert& alert :
             {spike(AlertSeverity::Medium, noon + 1h), spike(AlertSeverity::High, noon), older, other})
            QVERIFY(table.put(alert).has_value());
        QCOMPARE(table.last(AlertKind::ViolationSpike).value(),
                 std::optional(spike(AlertSeverity::Medium, noon + 1h)));
    }

    void acknowledged_keepsTheFirst()
    {
        AlertWriter table(*m_database);
        const Alert alert = spike(AlertSeverity::Medium);
        QVERIFY(table.put(alert).has_value());
        QVERIFY(table.acknowledge(alert.id, {QStringLiteral("ana"), noon + 6min}).value());
        QCOMPARE(table.find(alert.id)->state, AlertState::Acknowledged);
        QVERIFY(!table.acknowledge(alert.id, {QStringLiteral("bob"), noon + 7min}).value());
        const Acknowledgement first{QStringLiteral("ana"), noon + 6min};
        QCOMPARE(table.find(alert.id)->acknowledgement, std::optional(first));
        QCOMPARE(table.acknowledge(QStringLiteral("x"), first).error().code, ErrorCode::NotFound);
    }

    void list_isFilteredAndPaged()
    {
        AlertWriter table(*m_database);
        for (int i = 0; i < 5; ++i)
            QVERIFY(table.put(spike(i % 2 == 0 ? AlertSeverity::High : AlertSeverity::Medium, noon + i * 1h))
                        .has_value());
        QVERIFY(table.acknowledge(spike(AlertSeverity::High).id, {{}, noon}).has_value());
        AlertQuery query;
        query.severity = AlertSeverity::High;
        query.limit = 2;
        const AlertPage first = table.list(query).value();
        QCOMPARE(first.alerts.size(), 2);
        QCOMPARE(first.alerts[0].bucket, noon + 4h);
        query.after = first.next;
        const AlertPage second = table.list(query).value();
        QCOMPARE(second.alerts.size(), 1);
        QVERIFY(!second.next);
        QCOMPARE(second.alerts[0].acknowledgement->by, QString());

        AlertQuery others;
        others.acknowledged = true;
        QCOMPARE(table.list(others)->alerts.size(), 1);
        others.acknowledged = false;
        QCOMPARE(table.list(others)->alerts.size(), 4);
        others.acknowledged.reset();
        others.state = AlertState::Open;
        QCOMPARE(table.list(others)->alerts.size(), 4);
        others.kind = AlertKind::UsageDrop;
        QCOMPARE(table.list(others)->alerts.size(), 0);
        AlertQuery spans;
        spans.metric = QStringLiteral("violations");
        spans.from = noon + 1h;
        spans.to = noon + 3h;
        QCOMPARE(table.list(spans)->alerts.size(), 2);
    }
};

PRISM_TEST(AlertWriterTest)

} // namespace tst_alert_writer

#include "tst_alert_writer.moc"
