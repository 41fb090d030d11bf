#include "tests/client/model/dashboard_model_test.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_dashboard_told {

using namespace prism;
using namespace std::chrono_literals;
using model::DashboardModel;
using protocol::Period;
using test::StubAnswer;
using test::StubRequest;

/// The numbers, where the server tells them by itself.
class TestDashboardTold : public QObject, private test::DashboardModelTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void told_isNotAsked();
    void told_butNotOfTheLatest_isAskedAfterASilence();
    void told_ofTheLatestInTime_isNotAsked();
    void told_ofLess_keepsWhatIsShown();
    void told_ofAnotherPeriod_isPassedOver();
    void told_whileNotLive_isPassedOver();
    void setPeriod_whileTold_waitsAndThenAsks();
    void setPeriod_whileTold_isOldUntilItIsToldAgain();
    void told_anewOfTheSameEvents_isShown();
    void told_ofAllButTheLatest_isAskedAfterASilence();
    void told_passesOverWhatWasAskedBefore();
    void told_beforeItsEvent_isNotOld();
    void live_butNeverTold_isAsked();
    void told_inAStreamWithoutEnd_isAsOldAsWhatWasToldBefore();

private:
    /// Live, told of what there is, and of no more.
    void beTold()
    {
        create();
        m_model->setLive(true, 0ms);
        m_model->tell(m_server->dashboard(Period::Week));
        QVERIFY(m_model->isTold());
        QCOMPARE(*m_model->age(), 0ms);
    }
};

void TestDashboardTold::told_isNotAsked()
{
    m_options.timing.tellLimit = 10s;
    m_options.timing.refreshInterval = 20ms;
    beTold();
    for (int i = 1; i <= 3; ++i) {
        m_server->publish();
        m_model->noteEvents({m_server->epoch, i});
        QVERIFY(m_model->age().has_value());
        m_model->tell(m_server->dashboard(Period::Week));
        QCOMPARE(m_model->dashboard()->summary.totalChecks, i);
        QCOMPARE(*m_model->age(), 0ms);
    }
    QSignalSpy nothing(m_model.get(), &DashboardModel::changed);
    QVERIFY(!nothing.wait(200));
    QCOMPARE(requests(), 0);
}

void TestDashboardTold::told_butNotOfTheLatest_isAskedAfterASilence()
{
    m_options.timing.tellLimit = 50ms;
    beTold();
    const auto event = m_server->publish();
    m_model->noteEvents({m_server->epoch, event.seq});
    QTRY_COMPARE(m_model->dashboard()->summary.totalChecks, 1);
    QCOMPARE(requests(), 1);
    QVERIFY(!m_model->isTold()); // from now on it asks by itself
    m_model->noteEvents({m_server->epoch, m_server->publish().seq});
    QTRY_COMPARE(m_model->dashboard()->summary.totalChecks, 2);
    m_model->tell(m_server->dashboard(Period::Week)); // until it is told again
    QVERIFY(m_model->isTold());
}

void TestDashboardTold::told_ofTheLatestInTime_isNotAsked()
{
    m_options.timing.tellLimit = 50ms;
    beTold();
    m_model->noteEvents({m_server->epoch, m_server->publish().seq});
    m_model->tell(m_server->dashboard(Period::Week));
    QSignalSpy nothing(m_model.get(), &DashboardModel::changed);
    QVERIFY(!nothing.wait(200));
    QCOMPARE(requests(), 0);
    QVERIFY(m_model->isTold());
}

void TestDashboardTold::told_ofLess_keepsWhatIsShown()
{
    beTold();
    const protocol::Dashboard before = m_server->dashboard(Period::Week);
    m_server->publish();
    m_model->tell(m_server->dashboard(Period::Week));
    m_model->tell(before);
    QCOMPARE(m_model->dashboard()->summary.totalChecks, 1);
    protocol::Dashboard elsewhere = before;
    elsewhere.position.epoch = QStringLiteral("another");
    m_model->tell(elsewhere);
    QCOMPARE(m_model->dashboard()->summary.totalChecks, 0);
}

void TestDashboardTold::told_ofAnotherPeriod_isPassedOver()
{
    beTold();
    m_server->publish();
    m_model->tell(m_server->dashboard(Period::Month));
    QVERIFY(m_model->dashboard()->period == Period::Week);
    QCOMPARE(m_model->dashboard()->summary.totalChecks, 0);
}

void TestDashboardTold::told_whileNotLive_isPassedOver()
{
    create();
    m_model->tell(m_server->dashboard(Period::Week));
    QVERIFY(!m_model->dashboard());
    m_model->setLive(true, 0ms);
    m_model->tell(m_server->dashboard(Period::Week));
    m_model->setLive(false, 0ms);
    QVERIFY(!m_model->isTold());
}

void TestDashboardTold::setPeriod_whileTold_waitsAndThenAsks()
{
    m_options.timing.tellLimit = 100ms;
    beTold();
    m_model->setPeriod(Period::Month);
    QCOMPARE(requests(), 0);
    m_model->tell(m_server->dashboard(Period::Month));
    QVERIFY(m_model->dashboard()->period == Period::Month);
    m_model->setPeriod(Period::Year);
    QTRY_VERIFY(m_model->dashboard()->period == Period::Year);
    QCOMPARE(requests(), 1);
}

void TestDashboardTold::setPeriod_whileTold_isOldUntilItIsToldAgain()
{
    m_options.timing.tellLimit = 10s;
    m_now = 1h;
    beTold();
    m_model->setPeriod(Period::Month);
    m_now = *m_now + 5s;
    QCOMPARE(*m_model->age(), 5s);
    m_model->tell(m_server->dashboard(Period::Month));
    QCOMPARE(*m_model->age(), 0ms);
}

/// Windows move with time, and what is usual is learnt, without an event.
void TestDashboardTold::told_anewOfTheSameEvents_isShown()
{
    beTold();
    protocol::Dashboard later = m_server->dashboard(Period::Week);
    later.summary.totalChecks = 7;
    m_model->tell(later);
    QCOMPARE(m_model->dashboard()->summary.totalChecks, 7);
}

void TestDashboardTold::told_ofAllButTheLatest_isAskedAfterASilence()
{
    m_options.timing.tellLimit = 50ms;
    beTold();
    m_model->noteEvents({m_server->epoch, m_server->publish().seq});
    const protocol::Dashboard first = m_server->dashboard(Period::Week);
    m_model->noteEvents({m_server->epoch, m_server->publish().seq});
    m_model->tell(first); // and nothing more
    QTRY_COMPARE(m_model->dashboard()->summary.totalChecks, 2);
    QCOMPARE(requests(), 1);
}

/// An answer about the week that comes when the month was told says nothing.
void TestDashboardTold::told_passesOverWhatWasAskedBefore()
{
    m_options.timing.tellLimit = 10s;
    beTold();
    m_server->override = [](const StubRequest&) { return StubAnswer{.late = true}; };
    m_model->refresh();
    QTRY_COMPARE(m_server->late(), 1);
    m_model->setPeriod(Period::Month);
    m_model->tell(m_server->dashboard(Period::Month));
    QSignalSpy changed(m_model.get(), &DashboardModel::changed);
    m_server->sendLate();
    QVERIFY(!changed.wait(200));
    QVERIFY(m_model->dashboard()->period == Period::Month);
}

void TestDashboardTold::told_beforeItsEvent_isNotOld()
{
    m_options.timing.tellLimit = 50ms;
    beTold();
    const auto event = m_server->publish();
    m_model->tell(m_server->dashboard(Period::Week));
    m_model->noteEvents({m_server->epoch, event.seq});
    QCOMPARE(*m_model->age(), 0ms);
    QSignalSpy changed(m_model.get(), &DashboardModel::changed);
    QVERIFY(!changed.wait(200));
    QCOMPARE(requests(), 0);
}

void TestDashboardTold::live_butNeverTold_isAsked()
{
    m_options.timing.tellLimit = 30ms;
    create();
    m_model->setLive(true, 0ms);
    QTRY_VERIFY(m_model->dashboard());
}

void TestDashboardTold::told_inAStreamWithoutEnd_isAsOldAsWhatWasToldBefore()
{
    m_options.timing.tellLimit = 10s;
    m_now = 1h;
    beTold();
    for (int i = 0; i < 5; ++i) {
        const protocol::Dashboard dashboard = m_server->dashboard(Period::Week);
        m_now = *m_now + 300ms;
        m_model->noteEvents({m_server->epoch, m_server->publish().seq}); // no update has it
        m_model->tell(dashboard);
        QVERIFY(*m_model->age() <= 600ms);
    }
    QVERIFY(*m_model->age() >= 300ms || *m_model->age() == 0ms);
    QVERIFY(!m_model->isStale());
    QCOMPARE(requests(), 0);
}

PRISM_TEST(TestDashboardTold)

} // namespace tst_dashboard_told

#include "tst_dashboard_told.moc"
