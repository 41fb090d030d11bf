#include "server/alerting/failing_gates.h"
#include "tests/support/test_program.h"
#include "tests/unit/alerting/fake_history.h"

#include <QTest>

namespace tst_failing_gates {

using namespace prism::alerting;
using namespace prism::protocol;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Timestamp someTime = *fromIso(u"2026-03-27T10:20:00Z");

} // namespace

/// When a gate that is BLOCKED raises an alert, and when that is over.
class TestFailingGates : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_history.emplace(someTime - 24h);
        m_settings = {};
    }

    void gate_raisesAnAlertAfterItsTime()
    {
        block(u"unit"_s, someTime);
        QVERIFY(judge(someTime + 30min - 1ms).empty());
        const std::vector<Alert> alerts = judge(someTime + 30min);
        QCOMPARE(alerts.size(), 1U);
        const Alert& alert = alerts.front();
        QCOMPARE(alert.kind, AlertKind::GateFailing);
        QCOMPARE(alert.project, u"shop"_s);
        QCOMPARE(alert.gate, u"unit"_s);
        QCOMPARE(alert.state, AlertState::Open);
        QCOMPARE(alert.severity, AlertSeverity::Medium);
        QCOMPARE(alert.since, std::optional(someTime));
        QCOMPARE(alert.checks, std::optional<qint64>(3));
        QCOMPARE(
            messageOf(alert),
            u"The gate unit of shop has been BLOCKED since 2026-03-27T10:20:00.000Z, 3 checks in a row."_s);
        QVERIFY(judge(someTime + 31min).empty()); // nothing is new
    }

    void alert_getsGraverAndEndsWhenTheGatePasses()
    {
        block(u"unit"_s, someTime);
        const QString id = judge(someTime + 30min).at(0).id;
        QVERIFY(judge(someTime + 4h - 1ms).empty());
        const auto graver = judge(someTime + 4h);
        QCOMPARE(graver.size(), 1U);
        QCOMPARE(graver[0].severity, AlertSeverity::High);
        QCOMPARE(graver[0].id, id);
        pass(u"unit"_s, someTime + 5h);
        const auto over = judge(someTime + 5h + 1s);
        QCOMPARE(over.size(), 1U);
        QCOMPARE(over[0].state, AlertState::Resolved);
        QCOMPARE(over[0].resolvedAt, std::optional(someTime + 5h));
        QCOMPARE(over[0].since, std::optional(someTime));
        QVERIFY(judge(someTime + 6h).empty());

        block(u"unit"_s, someTime + 7h); // within a day it goes on
        QCOMPARE(judge(someTime + 7h + 30min).at(0).id, id);
        pass(u"unit"_s, someTime + 8h);
        QCOMPARE(judge(someTime + 8h).size(), 1U);
        block(u"unit"_s, someTime + 40h);
        QVERIFY(judge(someTime + 41h).at(0).id != id);
    }

    void eachGate_hasItsOwn()
    {
        block(u"unit"_s, someTime);
        block(u"lint"_s, someTime);
        const auto alerts = judge(someTime + 1h);
        QCOMPARE(alerts.size(), 2U);
        QVERIFY(alerts[0].id != alerts[1].id);
        pass(u"unit"_s, someTime + 2h);
        const auto over = judge(someTime + 2h);
        QCOMPARE(over.size(), 1U);
        QCOMPARE(over[0].gate, u"unit"_s);
    }

    void gateThatIsGone_endsItsAlert()
    {
        block(u"unit"_s, someTime);
        QCOMPARE(judge(someTime + 1h).size(), 1U);
        m_history->gates.clear();
        const auto over = judge(someTime + 2h);
        QCOMPARE(over.size(), 1U);
        QCOMPARE(over[0].resolvedAt, std::optional(someTime + 2h));
    }

    void gatesThatAreNotCountedYet_areNotJudged()
    {
        block(u"unit"_s, someTime);
        m_history->gatesAreUncounted = true;
        QVERIFY(judge(someTime + 1h).empty());
        m_history->gatesAreUncounted = false;
        QCOMPARE(judge(someTime + 1h).size(), 1U);
    }

    void itsTime_isASetting()
    {
        m_settings.gateFailingMinutes = 5;
        block(u"unit"_s, someTime);
        QVERIFY(judge(someTime + 4min).empty());
        QCOMPARE(judge(someTime + 5min).size(), 1U);
        QCOMPARE(judge(someTime + 40min).at(0).severity, AlertSeverity::High);
    }

    /// So that nobody waits for the next minute.
    void nextOne_isKnownBeforeItsTime()
    {
        QVERIFY(!next(someTime));
        block(u"unit"_s, someTime);
        block(u"lint"_s, someTime + 10min);
        QCOMPARE(next(someTime + 1min), std::optional(someTime + 30min));
        QCOMPARE(next(someTime + 30min), std::optional(someTime + 40min));
        QVERIFY(!next(someTime + 40min));
    }

private:
    GateState& gate(const QString& name)
    {
        for (GateState& each : m_history->gates) {
            if (each.name.gate == name)
                return each;
        }
        m_history->gates.push_back({{u"shop"_s, name}});
        return m_history->gates.back();
    }

    void block(const QString& name, Timestamp since)
    {
        gate(name).status = CheckStatus::Blocked;
        gate(name).since = since;
        gate(name).streak = 3;
    }

    void pass(const QString& name, Timestamp since)
    {
        gate(name).status = CheckStatus::Pass;
        gate(name).since = since;
    }

    std::optional<Timestamp> next(Timestamp now)
    {
        return FailingGates(*m_history, m_settings, now).next().value();
    }

    /// What has become of the alerts, which is kept as the writer does.
    std::vector<Alert> judge(Timestamp now)
    {
        const auto alerts = FailingGates(*m_history, m_settings, now).alerts();
        if (!alerts)
            return {};
        for (const Alert& alert : *alerts) {
            std::erase_if(m_history->gateAlerts, [&](const Alert& each) { return each.id == alert.id; });
            m_history->gateAlerts.push_back(alert);
        }
        return *alerts;
    }

    std::optional<FakeHistory> m_history;
    AlertSettings m_settings;
};

PRISM_TEST(TestFailingGates)

} // namespace tst_failing_gates

#include "tst_failing_gates.moc"
