#include "server/service/alerts.h"
#include "server/service/settings.h"
#include "server/store/tables/alert_table.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Alert;
using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::ErrorCode;
using service::Alerts;
using service::AlertSeen;

namespace {

Alert spike(AlertSeverity severity)
{
    Alert alert;
    alert.kind = AlertKind::ViolationSpike;
    alert.metric = u"violations"_s;
    alert.bucket = std::chrono::floor<std::chrono::hours>(protocol::now());
    alert.id = protocol::alertId(alert.kind, "violations"_L1, alert.bucket);
    alert.message = u"Many violations."_s;
    alert.severity = severity;
    alert.timestamp = protocol::now();
    return alert;
}

} // namespace

/// How alerts are raised and acknowledged, and what is said of it.
class TestServiceAlerts : public QObject, protected test::ServiceTest
{
    Q_OBJECT

    AlertSeverity severity()
    {
        return store::AlertTable(*m_database).find(spike(AlertSeverity::Low).id)->severity;
    }

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void alert_isRaisedOnceAndAgainWhenItIsGraver()
    {
        for (int time = 0; time < 2; ++time)
            QVERIFY(carryOut(Alerts::raise, spike(AlertSeverity::Medium)).value());
        QCOMPARE(takeAnnounced(), QStringList{u"alert"_s});
        QVERIFY(carryOut(Alerts::raise, spike(AlertSeverity::High)).value());
        QCOMPARE(lastData()["severity"_L1].toString(), u"high"_s);
        QCOMPARE(takeAnnounced(), QStringList{u"alert"_s});
        QCOMPARE(count("alerts"), 1);
        QCOMPARE(severity(), AlertSeverity::High);
    }

    void mutedAlert_isNotRaised()
    {
        store::SettingsBook book{protocol::Settings()};
        const protocol::Mute mute{AlertKind::ViolationSpike, protocol::now() + 1h};
        QVERIFY(carryOut(service::Settings(book), &service::Settings::mute, mute).has_value());
        takeAnnounced();
        QVERIFY(!carryOut(Alerts::raise, spike(AlertSeverity::High)).value());
        QCOMPARE(count("alerts"), 0);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void firstAcknowledgement_staysAndIsAnnounced()
    {
        const Alert alert = spike(AlertSeverity::High);
        QVERIFY(carryOut(Alerts::raise, alert).has_value());
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
#include "tst_service_alerts.moc"
