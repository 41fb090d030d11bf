#include "server/service/alerts.h"
#include "server/service/settings.h"
#include "server/store/tables/alert_writer.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

namespace tst_service_alerts {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Alert;
using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::AlertState;
using protocol::ErrorCode;
using service::Alerts;
using service::AlertSeen;

namespace {

Alert spike(AlertSeverity severity, AlertState state = AlertState::Open)
{
    Alert alert;
    alert.kind = AlertKind::ViolationSpike;
    alert.metric = u"violations"_s;
    alert.bucket = std::chrono::floor<std::chrono::hours>(protocol::now());
    alert.id = protocol::alertId(alert.kind, "violations"_L1, alert.bucket);
    alert.value = 40;
    alert.expected = 3.5;
    alert.since = alert.bucket;
    alert.checks = 100;
    alert.severity = severity;
    alert.state = state;
    if (state == AlertState::Resolved)
        alert.resolvedAt = alert.bucket + 1h;
    alert.timestamp = protocol::now();
    return alert;
}

} // namespace

/// How alerts are raised, end and are acknowledged, and what is said of it.
class TestServiceAlerts : public QObject, protected test::ServiceTest
{
    Q_OBJECT

    Alert stored() { return store::AlertReader(*m_database).find(spike(AlertSeverity::Low).id).value(); }

    void acknowledge()
    {
        QVERIFY(carryOut(Alerts::acknowledge,
                         AlertSeen{spike(AlertSeverity::Low).id, {u"ann"_s, protocol::now()}})
                    .has_value());
        takeAnnounced();
    }

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    /// From before to after, by what is noted: what is announced, and who has to look.
    void note_tellsWhatIsNew_data()
    {
        using Severity = AlertSeverity;
        QTest::addColumn<QList<Alert>>("notes");
        QTest::addColumn<bool>("isSeen"); ///< before the last of them
        QTest::addColumn<bool>("isTold"); ///< the last
        QTest::addColumn<QString>("state");
        const Alert medium = spike(Severity::Medium), high = spike(Severity::High);
        const Alert over = spike(Severity::Medium, AlertState::Resolved);
        Alert more = medium;
        more.value = 50;
        QTest::newRow("new") << QList{medium} << false << true << u"open"_s;
        QTest::newRow("the same again") << QList{medium, medium} << false << false << u"open"_s;
        QTest::newRow("its value follows") << QList{medium, more} << true << false << u"acknowledged"_s;
        QTest::newRow("graver") << QList{medium, high} << false << true << u"open"_s;
        QTest::newRow("graver than what was seen") << QList{medium, high} << true << true << u"open"_s;
        QTest::newRow("less grave") << QList{high, medium} << true << false << u"acknowledged"_s;
        QTest::newRow("over") << QList{medium, over} << false << true << u"resolved"_s;
        QTest::newRow("seen and over") << QList{medium, over} << true << true << u"resolved"_s;
        QTest::newRow("over twice") << QList{medium, over, over} << false << false << u"resolved"_s;
        QTest::newRow("goes on after its end") << QList{medium, over, medium} << true << true << u"open"_s;
        QTest::newRow("over before it began") << QList{over} << false << false << QString();
    }

    void note_tellsWhatIsNew()
    {
        QFETCH(QList<Alert>, notes);
        QFETCH(bool, isSeen);
        QFETCH(bool, isTold);
        QFETCH(QString, state);
        for (qsizetype i = 0; i + 1 < notes.size(); ++i)
            QVERIFY(carryOut(Alerts::note, notes[i]).value());
        if (isSeen)
            acknowledge();
        takeAnnounced();
        QVERIFY(carryOut(Alerts::note, notes.last()).value());
        if (isTold)
            QCOMPARE(lastData()["state"_L1].toString(), state);
        QCOMPARE(takeAnnounced(), isTold ? QStringList{u"alert"_s} : QStringList());
        QCOMPARE(count("alerts"), state.isEmpty() ? 0 : 1);
        if (state.isEmpty())
            return;
        QCOMPARE(protocol::nameOf(protocol::alertStateNames, stored().state), state);
        QCOMPARE(stored().value, notes.last().value);
        QCOMPARE(stored().timestamp <= notes.first().timestamp, true);
        QCOMPARE(stored().isAcknowledged(), isSeen && state != u"open"_s);
    }

    void gravestSeverity_staysWhileItLasts()
    {
        for (const AlertSeverity each : {AlertSeverity::High, AlertSeverity::Medium})
            QVERIFY(carryOut(Alerts::note, spike(each)).value());
        QCOMPARE(stored().severity, AlertSeverity::High);
        QVERIFY(carryOut(Alerts::note, spike(AlertSeverity::Medium, AlertState::Resolved)).value());
        QCOMPARE(stored().severity, AlertSeverity::High);
        QVERIFY(carryOut(Alerts::note, spike(AlertSeverity::Medium)).value());
        QCOMPARE(stored().severity, AlertSeverity::Medium);
    }

    void mutedAlert_isNotRaised()
    {
        store::SettingsBook book{protocol::Settings()};
        const protocol::Mute mute{AlertKind::ViolationSpike, protocol::now() + 1h};
        QVERIFY(carryOut(service::Settings(book), &service::Settings::mute, mute).has_value());
        takeAnnounced();
        QVERIFY(!carryOut(Alerts::note, spike(AlertSeverity::High)).value());
        QCOMPARE(count("alerts"), 0);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void mutedAlert_endsAndGetsNoGraver()
    {
        store::SettingsBook book{protocol::Settings()};
        const protocol::Mute mute{AlertKind::ViolationSpike, protocol::now() + 1h};
        QVERIFY(carryOut(Alerts::note, spike(AlertSeverity::Medium)).value());
        QVERIFY(carryOut(service::Settings(book), &service::Settings::mute, mute).has_value());
        takeAnnounced();
        QVERIFY(!carryOut(Alerts::note, spike(AlertSeverity::High)).value());
        QCOMPARE(takeAnnounced(), QStringList());
        QVERIFY(carryOut(Alerts::note, spike(AlertSeverity::Medium, AlertState::Resolved)).value());
        QCOMPARE(takeAnnounced(), QStringList{u"alert"_s});
        QCOMPARE(stored().severity, AlertSeverity::Medium);
    }

    void firstAcknowledgement_staysAndIsAnnounced()
    {
        const Alert alert = spike(AlertSeverity::High);
        QVERIFY(carryOut(Alerts::note, alert).has_value());
        takeAnnounced();
        const auto first = carryOut(Alerts::acknowledge, AlertSeen{alert.id, {u"ann"_s, protocol::now()}});
        QVERIFY(first.has_value());
        QCOMPARE(lastData()["by"_L1].toString(), u"ann"_s);
        QCOMPARE(lastData()["alert"_L1].toObject(), QJsonDocument::fromJson(first->json).object());
        QCOMPARE(takeAnnounced(), QStringList{u"alert:acknowledged"_s});
        const auto second = carryOut(Alerts::acknowledge, AlertSeen{alert.id, {u"bob"_s, protocol::now()}});
        QCOMPARE(second->json, first->json);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void acknowledgementOfNoAlert_isRefused()
    {
        const auto refused = carryOut(Alerts::acknowledge, AlertSeen{u"none"_s, {{}, protocol::now()}});
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QCOMPARE(takeAnnounced(), QStringList());
    }
};

PRISM_TEST(TestServiceAlerts)

} // namespace tst_service_alerts

#include "tst_service_alerts.moc"
