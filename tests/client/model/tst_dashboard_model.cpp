#include "shared/protocol/envelope.h"
#include "tests/client/model/dashboard_model_test.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

namespace tst_dashboard_model {

using namespace prism;
using namespace std::chrono_literals;
using model::DashboardModel;
using protocol::Period;
using test::StubAnswer;
using test::StubRequest;

/// The numbers, where they are asked for.
class TestDashboardModel : public QObject, private test::DashboardModelTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void refresh_bringsTheNumbers();
    void refresh_ofUnchangedNumbers_confirmsThem();
    void noteEvents_lone_fetchesAtOnce();
    void noteEvents_burst_fetchesFewTimesAndIncludesTheLast();
    void noteEvents_afterEachAnswer_keepsThePace();
    void noteEvents_whileAnAnswerIsUnderWay_fetchesAgainOnlyIfItLacksThem();
    void startOver_forgetsWhatWasWanted();
    void setPeriod_keepsTheOldNumbersUntilTheNewCome();
    void setPeriod_ignoresTheLateAnswerOfTheFormer();
    void failure_keepsTheNumbersAndIsTold();
    void failure_whileLive_isTriedAgain();
    void answer_thatIsNoDashboard_isAFailure();
    void age_whileLive_isZero();
    void age_afterPushIsLost_growsFromWhatWasHeardLast();
    void age_inAStreamWithoutEnd_isThatOfTheLatestAnswer();
    void stale_onlyAfterAMomentOfGrace();
    void idle_whileLive_refreshesNowAndThen();
};

void TestDashboardModel::refresh_bringsTheNumbers()
{
    m_server->publish();
    create();
    QVERIFY(!m_model->dashboard());
    QVERIFY(!m_model->age());
    QVERIFY(!m_model->isStale());
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    QCOMPARE(*m_model->dashboard(), m_server->dashboard(Period::Week));
}

void TestDashboardModel::refresh_ofUnchangedNumbers_confirmsThem()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_now = net::Clock().elapsed() + 1h;
    m_model->refresh();
    QTRY_COMPARE(m_server->notModified, 1);
    m_now = *m_now + 5s;
    QTRY_COMPARE(*m_model->age(), 5s);
    QVERIFY(m_model->dashboard());
}

void TestDashboardModel::noteEvents_lone_fetchesAtOnce()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_now = net::Clock().elapsed() + 1h; // long after the first one
    const auto event = m_server->publish();
    m_model->noteEvents({m_server->epoch, event.seq});
    QTRY_COMPARE(m_model->dashboard()->summary.totalChecks, 1);
    QCOMPARE(requests(), 2);
}

void TestDashboardModel::noteEvents_burst_fetchesFewTimesAndIncludesTheLast()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    QElapsedTimer elapsed;
    elapsed.start();
    for (int i = 0; i < 1'000; ++i) {
        const auto event = m_server->publish();
        m_model->noteEvents({m_server->epoch, event.seq});
        if (i % 10 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_model->dashboard()->summary.totalChecks, 1'000);
    const qint64 allowed = 3 + elapsed.elapsed() / 50; // twenty a second, and the ends
    QVERIFY2(requests() <= allowed, qPrintable(QStringLiteral("%1 > %2").arg(requests()).arg(allowed)));
}

void TestDashboardModel::noteEvents_afterEachAnswer_keepsThePace()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    connect(m_model.get(), &DashboardModel::changed, this, [this] {
        const auto event = m_server->publish();
        m_model->noteEvents({m_server->epoch, event.seq});
    });
    QElapsedTimer elapsed;
    elapsed.start();
    m_model->refresh();
    m_server->publish();
    m_model->noteEvents({m_server->epoch, 1});
    QTRY_VERIFY(requests() >= 12);
    QVERIFY2(elapsed.elapsed() >= 9 * 50, qPrintable(QString::number(elapsed.elapsed())));
}

void TestDashboardModel::noteEvents_whileAnAnswerIsUnderWay_fetchesAgainOnlyIfItLacksThem()
{
    create();
    m_model->refresh();
    const auto event = m_server->publish(); // before the request arrives: the answer has it
    m_model->noteEvents({m_server->epoch, event.seq});
    QTRY_COMPARE(m_model->dashboard() ? m_model->dashboard()->position.seq : -1, 1);
    m_model->setLive(true, 0ms);
    QTRY_COMPARE(*m_model->age(), 0ms);
    QCOMPARE(requests(), 1);

    m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
        m_server->override = {};
        const auto old = protocol::toJson(m_server->dashboard(Period::Week));
        const auto late = m_server->publish();
        m_model->noteEvents({m_server->epoch, late.seq}); // the answer does not have this one
        return StubAnswer{200, protocol::successEnvelope(old, QStringLiteral("1"), protocol::now())};
    };
    m_model->refresh();
    QTRY_COMPARE(m_model->dashboard()->position.seq, 2);
    QCOMPARE(requests(), 3);
}

/// The same log, put back to an earlier state.
void TestDashboardModel::startOver_forgetsWhatWasWanted()
{
    create();
    m_server->publish();
    m_model->noteEvents({m_server->epoch, 20});
    m_model->setLive(true, 0ms);
    QTRY_VERIFY(requests() >= 3);
    m_model->startOver();
    QTRY_COMPARE(*m_model->age(), 0ms);
    const int settled = requests();
    m_server->publish();
    m_model->noteEvents({m_server->epoch, 2});
    QTRY_COMPARE(m_model->dashboard()->position.seq, 2);
    QVERIFY(requests() <= settled + 1);
}

void TestDashboardModel::setPeriod_keepsTheOldNumbersUntilTheNewCome()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    QSignalSpy chosen(m_model.get(), &DashboardModel::periodChanged);
    m_model->setPeriod(Period::Year);
    m_model->setPeriod(Period::Year);
    QCOMPARE(chosen.size(), 1);
    QVERIFY(m_model->period() == Period::Year);
    QVERIFY(m_model->dashboard());
    QVERIFY(m_model->dashboard()->period == Period::Week);
    QTRY_VERIFY(m_model->dashboard()->period == Period::Year);
}

void TestDashboardModel::setPeriod_ignoresTheLateAnswerOfTheFormer()
{
    create();
    QSignalSpy changed(m_model.get(), &DashboardModel::changed);
    m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
        m_server->override = {};
        m_model->setPeriod(Period::Month); // before the answer for the week is sent
        return std::nullopt;
    };
    m_model->refresh(); // week
    QTRY_COMPARE(requests(), 2);
    QTRY_VERIFY(m_model->dashboard());
    QVERIFY(m_model->dashboard()->period == Period::Month);
    QVERIFY(!changed.wait(100));
    QCOMPARE(changed.size(), 1);
}

void TestDashboardModel::failure_keepsTheNumbersAndIsTold()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_server->goAway();
    QSignalSpy told(m_model.get(), &DashboardModel::lastErrorChanged);
    m_model->refresh();
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(m_model->lastError());
    QVERIFY(m_model->dashboard());
    QVERIFY(m_server->listenAgain());
    m_model->refresh();
    QTRY_COMPARE(told.size(), 2);
    QVERIFY(!m_model->lastError());
}

void TestDashboardModel::failure_whileLive_isTriedAgain()
{
    create();
    m_model->setLive(true, 0ms);
    m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
        m_server->override = {};
        return StubAnswer{500, "broken"};
    };
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    QVERIFY(!m_model->lastError());
    QCOMPARE(requests(), 2);
}

void TestDashboardModel::answer_thatIsNoDashboard_isAFailure()
{
    create();
    m_server->override = [](const StubRequest&) {
        return StubAnswer{200, R"({"success":true,"data":{"summary":7},"meta":{}})"};
    };
    m_model->refresh();
    QTRY_VERIFY(m_model->lastError());
    QVERIFY(!m_model->dashboard());
}

void TestDashboardModel::age_whileLive_isZero()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_model->setLive(true, 0ms);
    m_now = net::Clock().elapsed() + 1h;
    QCOMPARE(*m_model->age(), 0ms);
    QVERIFY(!m_model->isStale());
}

void TestDashboardModel::age_afterPushIsLost_growsFromWhatWasHeardLast()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_model->setLive(true, 0ms);
    const auto heard = net::Clock().elapsed() + 10s;
    m_now = heard + 25s; // the silence it took to notice
    m_model->setLive(false, heard);
    QCOMPARE(*m_model->age(), 25s);
    QVERIFY(m_model->isStale());
    m_model->refresh();
    QTRY_COMPARE(*m_model->age(), 0ms); // polled
    QVERIFY(!m_model->isStale());
}

void TestDashboardModel::age_inAStreamWithoutEnd_isThatOfTheLatestAnswer()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_model->setLive(true, 0ms);
    m_now = net::Clock().elapsed() + 1h;
    const auto happen = [this] {
        const auto event = m_server->publish();
        m_model->noteEvents({m_server->epoch, event.seq});
    };
    // No answer ever has the latest event.
    connect(m_model.get(), &DashboardModel::changed, this, [this, happen] {
        m_now = *m_now + 300ms;
        happen();
    });
    happen();
    QTRY_VERIFY(requests() >= 12);
    QVERIFY(!m_model->isStale());
    QVERIFY(*m_model->age() >= 300ms && *m_model->age() <= 600ms);
}

void TestDashboardModel::stale_onlyAfterAMomentOfGrace()
{
    create();
    m_model->refresh();
    QTRY_VERIFY(m_model->dashboard());
    m_model->setLive(true, 0ms);
    m_now = net::Clock().elapsed() + 1h;
    m_server->override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    m_model->noteEvents({m_server->epoch, 1});
    QVERIFY(!m_model->isStale());
    m_now = *m_now + 999ms;
    QVERIFY(!m_model->isStale());
    m_now = *m_now + 1ms;
    QVERIFY(m_model->isStale());
    QSignalSpy told(m_model.get(), &DashboardModel::freshnessChanged);
    QVERIFY(told.wait(3'000)); // goes on by itself while the age grows
}

void TestDashboardModel::idle_whileLive_refreshesNowAndThen()
{
    m_options.timing.refreshInterval = 30ms;
    create();
    m_model->setLive(true, 0ms);
    QTRY_VERIFY(requests() >= 3);
    m_model->setLive(false, 0ms);
    const int before = requests();
    QSignalSpy nothing(m_model.get(), &DashboardModel::changed);
    QVERIFY(!nothing.wait(150));
    QVERIFY(requests() <= before + 1);
}

PRISM_TEST(TestDashboardModel)

} // namespace tst_dashboard_model

#include "tst_dashboard_model.moc"
