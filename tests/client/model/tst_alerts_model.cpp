#include "client/model/alerts_model.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

namespace tst_alerts_model {

using namespace prism;
using model::AlertsModel;
using protocol::Alert;
using protocol::AlertSeverity;

class TestAlertsModel : public QObject
{
    Q_OBJECT

private slots:
    void roles_giveWhatAnAlertSays();
    void add_keepsTheNewestFirst();
    void add_knownId_updatesItsRow();
    void add_beyondCapacity_dropsTheOldest();
    void merge_addsOnlyWhatIsMissing();
    void acknowledge_isKnownFromThenOn();
    void acknowledgement_isNotLostToOlderNews();
    void news_areTakenByWhatIsLater_data();
    void news_areTakenByWhatIsLater();
    void worstUnacknowledged_passesOverTheAcknowledged();
    void doubted_stayUntilTheNextAnswer();
};

namespace {

Alert alertAt(int second)
{
    Alert alert;
    alert.id = QString::number(second);
    alert.message = QStringLiteral("Checks are slow");
    alert.timestamp = protocol::fromMillis(1'770'000'000'000 + second * 1'000);
    return alert;
}

Alert graveAt(int second)
{
    Alert alert = alertAt(second);
    alert.severity = AlertSeverity::High;
    alert.kind = protocol::AlertKind::PerformanceDegradation;
    alert.metric = QStringLiteral("avgCheckTime");
    alert.value = 80.5;
    alert.expected = 20;
    return alert;
}

QStringList ids(const AlertsModel& model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list.append(model.alert(row).id);
    return list;
}

} // namespace

void TestAlertsModel::roles_giveWhatAnAlertSays()
{
    AlertsModel model;
    model.merge({graveAt(3)});
    const QModelIndex index = model.index(0);
    QCOMPARE(index.data().toString(), QStringLiteral("Checks are slow"));
    QCOMPARE(index.data(AlertsModel::IdRole).toString(), QStringLiteral("3"));
    QCOMPARE(index.data(AlertsModel::SeverityRole).value<AlertSeverity>(), AlertSeverity::High);
    QCOMPARE(index.data(AlertsModel::MetricRole).toString(), QStringLiteral("avgCheckTime"));
    QCOMPARE(index.data(AlertsModel::ValueRole).toDouble(), 80.5);
    QCOMPARE(index.data(AlertsModel::ExpectedRole).toDouble(), 20);
    QCOMPARE(index.data(AlertsModel::KindRole).value<protocol::AlertKind>(),
             protocol::AlertKind::PerformanceDegradation);
    QCOMPARE(index.data(AlertsModel::TimeRole).toDateTime().toMSecsSinceEpoch(), 1'770'000'003'000);
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
    model.merge({graveAt(2), graveAt(1)});
    QSignalSpy inserted(&model, &AlertsModel::rowsInserted);
    model.merge({graveAt(3), graveAt(2), graveAt(1)});
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
    model.acknowledge(QStringLiteral("1"), {QStringLiteral("ana"), at});
    model.acknowledge(QStringLiteral("unknown"), {QStringLiteral("ana"), at});
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
    model.merge({graveAt(1)});
    model.acknowledge(QStringLiteral("1"), {QStringLiteral("ana"), alertAt(5).timestamp});
    model.merge({graveAt(1)}); // an answer that was under way meanwhile
    QCOMPARE(model.unacknowledged(), 0);
    QCOMPARE(model.alert(0).acknowledgement->by, QStringLiteral("ana"));
}

/// In whatever order answers and events come in.
void TestAlertsModel::news_areTakenByWhatIsLater_data()
{
    using State = protocol::AlertState;
    QTest::addColumn<QList<Alert>>("news");
    QTest::addColumn<State>("state");
    QTest::addColumn<AlertSeverity>("severity");
    const auto news = [](State state, AlertSeverity severity, int hour = 0) {
        Alert alert = alertAt(1);
        alert.state = state;
        alert.severity = severity;
        alert.bucket = alert.timestamp + std::chrono::hours(hour);
        if (state == State::Acknowledged)
            alert.acknowledgement = protocol::Acknowledgement{QStringLiteral("ana"), alert.timestamp};
        return alert;
    };
    const auto row = [](const char* name, const QList<Alert>& list, State state, AlertSeverity severity) {
        QTest::newRow(name) << list << state << severity;
    };
    const Alert open = news(State::Open, AlertSeverity::Medium);
    const Alert seen = news(State::Acknowledged, AlertSeverity::Medium);
    const Alert graver = news(State::Open, AlertSeverity::High);
    const Alert over = news(State::Resolved, AlertSeverity::Medium);
    const Alert again = news(State::Open, AlertSeverity::Medium, 5);
    row("graver opens again", {seen, graver}, State::Open, AlertSeverity::High);
    row("older than graver", {graver, seen}, State::Open, AlertSeverity::High);
    row("older than seen", {seen, open}, State::Acknowledged, AlertSeverity::Medium);
    row("over", {seen, over}, State::Resolved, AlertSeverity::Medium);
    row("older than its end", {over, open}, State::Resolved, AlertSeverity::Medium);
    row("goes on after its end", {over, again}, State::Open, AlertSeverity::Medium);
    row("goes on milder than before", {news(State::Resolved, AlertSeverity::High), again}, State::Open,
        AlertSeverity::Medium);
    row("older than its going on", {again, over}, State::Open, AlertSeverity::Medium);
}

void TestAlertsModel::news_areTakenByWhatIsLater()
{
    QFETCH(QList<Alert>, news);
    QFETCH(protocol::AlertState, state);
    QFETCH(AlertSeverity, severity);
    AlertsModel model;
    for (const Alert& alert : news)
        model.add(alert);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.alert(0).state, state);
    QCOMPARE(model.alert(0).severity, severity);
    QCOMPARE(model.unacknowledged(), state == protocol::AlertState::Open ? 1 : 0);
    model.doubtAll(); // of another database, say
    model.merge({news.first()});
    QCOMPARE(model.alert(0).severity, news.first().severity);
}

void TestAlertsModel::worstUnacknowledged_passesOverTheAcknowledged()
{
    AlertsModel model;
    QVERIFY(!model.worstUnacknowledged());
    model.add(alertAt(1));
    model.merge({graveAt(2)});
    QCOMPARE(*model.worstUnacknowledged(), AlertSeverity::High);
    model.acknowledge(QStringLiteral("2"), {QString(), alertAt(5).timestamp});
    QCOMPARE(*model.worstUnacknowledged(), AlertSeverity::Medium);
    model.acknowledge(QStringLiteral("1"), {QString(), alertAt(5).timestamp});
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
    model.merge({graveAt(1), graveAt(4)});
    QCOMPARE(ids(model).join(u' '), QStringLiteral("4 3 1"));
    model.merge({});
    QCOMPARE(model.rowCount(), 3);
}

PRISM_TEST(TestAlertsModel)

} // namespace tst_alerts_model

#include "tst_alerts_model.moc"
