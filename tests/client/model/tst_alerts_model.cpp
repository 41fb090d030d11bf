#include "client/model/alerts_model.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace prism;
using model::Alert;
using model::AlertsModel;
using protocol::AlertSeverity;

class TestAlertsModel : public QObject
{
    Q_OBJECT

private slots:
    void fromJson_readsAnAlert();
    void fromJson_withoutIdOrTime_isNothing();
    void add_keepsTheNewestFirst();
    void add_knownId_updatesItsRow();
    void add_beyondCapacity_dropsTheOldest();
    void merge_addsOnlyWhatIsMissing();
    void acknowledge_isKnownFromThenOn();
    void acknowledgement_isNotLostToOlderNews();
    void worstUnacknowledged_passesOverTheAcknowledged();
    void doubted_stayUntilTheNextAnswer();
    void json_readsBackAsItWas();
};

namespace {

Alert alertAt(int second)
{
    Alert alert;
    alert.id = QString::number(second);
    alert.message = QStringLiteral("Checks are slow");
    alert.time = protocol::fromMillis(1'770'000'000'000 + second * 1'000);
    return alert;
}

QJsonObject jsonAt(int second)
{
    return {{QLatin1String("id"), QString::number(second)},
            {QLatin1String("message"), QStringLiteral("Checks are slow")},
            {QLatin1String("severity"), QStringLiteral("high")},
            {QLatin1String("metric"), QStringLiteral("avgCheckTime")},
            {QLatin1String("value"), 80.5},
            {QLatin1String("timestamp"), protocol::toIso(alertAt(second).time)}};
}

QStringList ids(const AlertsModel& model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(model.alert(row).id);
    return list;
}

} // namespace

void TestAlertsModel::fromJson_readsAnAlert()
{
    AlertsModel model;
    model.merge({jsonAt(3)});
    const QModelIndex index = model.index(0);
    QCOMPARE(index.data().toString(), QStringLiteral("Checks are slow"));
    QCOMPARE(index.data(AlertsModel::IdRole).toString(), QStringLiteral("3"));
    QCOMPARE(index.data(AlertsModel::SeverityRole).value<AlertSeverity>(), AlertSeverity::High);
    QCOMPARE(index.data(AlertsModel::MetricRole).toString(), QStringLiteral("avgCheckTime"));
    QCOMPARE(index.data(AlertsModel::ValueRole).toDouble(), 80.5);
    QVERIFY(!index.data(AlertsModel::ExpectedRole).isValid());
    QCOMPARE(index.data(AlertsModel::TimeRole).toDateTime().toMSecsSinceEpoch(), 1'770'000'003'000);
}

void TestAlertsModel::fromJson_withoutIdOrTime_isNothing()
{
    QJsonObject json = jsonAt(1);
    json.remove(QLatin1String("id"));
    QVERIFY(!Alert::fromJson(json));
    json = jsonAt(1);
    json.insert(QLatin1String("timestamp"), QStringLiteral("yesterday"));
    QVERIFY(!Alert::fromJson(json));
}

void TestAlertsModel::add_keepsTheNewestFirst()
{
    AlertsModel model;
    QAbstractItemModelTester tester(&model);
    for (const int second : {2, 5, 1, 4})
        model.add(alertAt(second));
    QCOMPARE(ids(model).join(u' '), QStringLiteral("5 4 2 1"));
}

void TestAlertsModel::add_knownId_updatesItsRow()
{
    AlertsModel model;
    QAbstractItemModelTester tester(&model);
    model.add(alertAt(1));
    model.add(alertAt(2));
    QSignalSpy changed(&model, &AlertsModel::dataChanged);
    model.add(alertAt(1));
    QVERIFY(changed.isEmpty());
    Alert worse = alertAt(1);
    worse.severity = AlertSeverity::High;
    model.add(worse);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.alert(1).severity, AlertSeverity::High);
}

void TestAlertsModel::add_beyondCapacity_dropsTheOldest()
{
    AlertsModel model(nullptr, 3);
    QAbstractItemModelTester tester(&model);
    for (int second = 10; second < 15; ++second)
        model.add(alertAt(second));
    model.add(alertAt(1));
    QCOMPARE(ids(model).join(u' '), QStringLiteral("14 13 12"));
}

void TestAlertsModel::merge_addsOnlyWhatIsMissing()
{
    AlertsModel model;
    QAbstractItemModelTester tester(&model);
    model.merge({jsonAt(2), jsonAt(1), QStringLiteral("no alert")});
    QSignalSpy inserted(&model, &AlertsModel::rowsInserted);
    model.merge({jsonAt(3), jsonAt(2), jsonAt(1)});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(ids(model).join(u' '), QStringLiteral("3 2 1"));
}

void TestAlertsModel::acknowledge_isKnownFromThenOn()
{
    AlertsModel model;
    QAbstractItemModelTester tester(&model);
    model.add(alertAt(1));
    model.add(alertAt(2));
    QCOMPARE(model.unacknowledged(), 2);
    QSignalSpy changed(&model, &AlertsModel::dataChanged);
    const protocol::Timestamp at = protocol::fromMillis(1'770'000'100'000);
    model.acknowledge(QStringLiteral("1"), QStringLiteral("ana"), at);
    model.acknowledge(QStringLiteral("unknown"), QStringLiteral("ana"), at);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.unacknowledged(), 1);
    const QModelIndex index = model.index(1);
    QVERIFY(index.data(AlertsModel::AcknowledgedRole).toBool());
    QCOMPARE(index.data(AlertsModel::AcknowledgedByRole).toString(), QStringLiteral("ana"));
    QCOMPARE(index.data(AlertsModel::AcknowledgedAtRole).toDateTime().toMSecsSinceEpoch(), 1'770'000'100'000);
    QVERIFY(!model.index(0).data(AlertsModel::AcknowledgedRole).toBool());
}

void TestAlertsModel::acknowledgement_isNotLostToOlderNews()
{
    AlertsModel model;
    model.merge({jsonAt(1)});
    model.acknowledge(QStringLiteral("1"), QStringLiteral("ana"), alertAt(5).time);
    model.merge({jsonAt(1)}); // an answer that was under way meanwhile
    QCOMPARE(model.unacknowledged(), 0);
    QCOMPARE(model.alert(0).acknowledgedBy, QStringLiteral("ana"));
}

void TestAlertsModel::worstUnacknowledged_passesOverTheAcknowledged()
{
    AlertsModel model;
    QVERIFY(!model.worstUnacknowledged());
    model.add(alertAt(1));
    model.merge({jsonAt(2)});
    QCOMPARE(*model.worstUnacknowledged(), AlertSeverity::High);
    model.acknowledge(QStringLiteral("2"), {}, alertAt(5).time);
    QCOMPARE(*model.worstUnacknowledged(), AlertSeverity::Medium);
    model.acknowledge(QStringLiteral("1"), {}, alertAt(5).time);
    QVERIFY(!model.worstUnacknowledged());
}

void TestAlertsModel::doubted_stayUntilTheNextAnswer()
{
    AlertsModel model;
    QAbstractItemModelTester tester(&model);
    for (const int second : {1, 2, 3})
        model.add(alertAt(second));
    model.doubtAll();
    QCOMPARE(model.rowCount(), 3);
    model.add(alertAt(3)); // pushed meanwhile
    model.merge({jsonAt(1), jsonAt(4)});
    QCOMPARE(ids(model).join(u' '), QStringLiteral("4 3 1"));
    model.merge({});
    QCOMPARE(model.rowCount(), 3);
}

void TestAlertsModel::json_readsBackAsItWas()
{
    QJsonObject json = jsonAt(3);
    json.insert(QLatin1String("kind"), QStringLiteral("performance_degradation"));
    json.insert(QLatin1String("expected"), 20);
    json.insert(QLatin1String("acknowledgedBy"), QStringLiteral("ana"));
    json.insert(QLatin1String("acknowledgedAt"), QStringLiteral("2026-02-02T03:00:00.000Z"));
    AlertsModel model;
    model.merge({json});
    QCOMPARE(model.alert(0).kind, model::AlertKind::PerformanceDegradation);
    QCOMPARE(model.toJson(), QJsonArray{json});
    QVERIFY(Alert::fromJson(alertAt(1).toJson()) == alertAt(1));
}

PRISM_TEST(TestAlertsModel)
#include "tst_alerts_model.moc"
