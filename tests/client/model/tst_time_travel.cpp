#include "client/model/forecast_model.h"
#include "client/model/time_travel.h"
#include "client/model/trends_model.h"
#include "client/model/workspace.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace tst_time_travel {

using namespace prism;
using namespace std::chrono_literals;
using model::TimeTravel;
using model::TrendsModel;
using protocol::Period;
using protocol::Timestamp;
using test::StubAnswer;
using test::StubRequest;

namespace {

const QLatin1String numbersPath("/api/v1/analytics/dashboard");

StubAnswer success(const QJsonValue& data)
{
    return {.body =
                QJsonDocument(QJsonObject{{QStringLiteral("success"), true}, {QStringLiteral("data"), data}})
                    .toJson()};
}

QString valueOf(const StubRequest& request, const char* name)
{
    return request.query.queryItemValue(QString::fromLatin1(name));
}

} // namespace

/// The dashboard of another moment, and what is drawn beside the numbers.
class TestTimeTravel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void goTo_bringsThatMomentsNumbers();
    void goTo_showsAlertsUpToThatMoment();
    void goTo_showsChecksRetrosAndWhatElseHappenedBefore();
    void goingOn_endsAtTheLastMoment();
    void aSlowServer_makesItStaleAfterAMoment();
    void failure_isToldAndKeepsWhatIsShown();
    void historyThatFails_isNotAnotherMomentsAndComesWithReload_data();
    void historyThatFails_isNotAnotherMomentsAndComesWithReload();
    void entryOfANewerServer_hidesNoOther();
    void feedLiveAgain_reloads();
    void leave_forgetsEverything();
    void liveEvents_changeNothing();
    void trends_areOfThePeriodAskedFor();
    void trends_areFetchedAtAPace();
    void forecast_isOfThePeriodAskedFor();
    void forecast_ofADay_isNone();

private:
    StubAnswer answer(const StubRequest& request) const;

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<model::ActivityModel> m_live;
    std::unique_ptr<TimeTravel> m_travel;
    net::Options m_options;
    const Timestamp m_now = *protocol::fromIso(u"2026-02-07T12:00:00Z");
};

void TestTimeTravel::init()
{
    m_options = {};
    m_options.timing.trendGap = 40ms;
    m_options.timing.grace = 60ms;
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const StubRequest& request) { return std::optional(answer(request)); };
    m_api = std::make_unique<net::Api>(m_server->url(), m_options);
    m_live = std::make_unique<model::ActivityModel>(m_options);
    m_travel = std::make_unique<TimeTravel>(*m_api, *m_live, m_options);
}

void TestTimeTravel::cleanup()
{
    m_travel.reset();
    m_live.reset();
    m_api.reset();
    m_server.reset();
}

/// A server on which there is one check a minute, one alert an hour, and the number of checks is the hour.
StubAnswer TestTimeTravel::answer(const StubRequest& request) const
{
    const auto at = protocol::fromIso(valueOf(request, "at"));
    const QString period = valueOf(request, "period");
    if (request.path == numbersPath) {
        protocol::Dashboard dashboard;
        dashboard.period = *protocol::periodFromString(period);
        dashboard.generatedAt = at.value_or(m_now);
        dashboard.summary.totalChecks = (at.value_or(m_now).time_since_epoch() % 24h) / 1h;
        for (int hour = 0; hour < 24; ++hour) {
            protocol::Alert alert;
            alert.id = QString::number(hour);
            alert.message = QStringLiteral("alert");
            alert.metric = QStringLiteral("violations");
            alert.timestamp = m_now - hour * 1h;
            dashboard.alerts.append(alert);
        }
        return success(protocol::toJson(dashboard));
    }
    if (request.path.contains(QStringLiteral("/trends/"))) {
        protocol::TrendReport report;
        report.period = *protocol::periodFromString(period);
        report.trend.points = {{m_now - 48h, at ? 1.0 : 2.0, false}, {m_now - 24h, 3, true}};
        return success(protocol::toJson(report));
    }
    if (request.path.endsWith(QStringLiteral("/forecast"))) {
        protocol::ForecastReport report;
        report.period = *protocol::periodFromString(valueOf(request, "historicalPeriod"));
        report.steps = {{.value = 12}};
        return success(protocol::toJson(report));
    }
    const Timestamp to = protocol::fromIso(valueOf(request, "to")).value_or(m_now);
    const bool checks = request.path.endsWith(QStringLiteral("/checks"));
    QJsonArray list;
    for (int minute = checks ? 0 : 1; minute < 6; minute += checks ? 1 : 4) {
        const Timestamp time = to - 1ms - minute * 1min;
        QJsonObject entry{{QStringLiteral("id"), protocol::toIso(time)},
                          {QStringLiteral("duration"), 5},
                          {QStringLiteral("timestamp"), protocol::toIso(time)}};
        if (checks)
            entry.insert(QStringLiteral("status"), QStringLiteral("WARNING"));
        else
            entry.insert(QStringLiteral("type"), QStringLiteral("quick"));
        list.append(entry);
    }
    return success(list);
}

void TestTimeTravel::goTo_bringsThatMomentsNumbers()
{
    QSignalSpy moved(m_travel.get(), &TimeTravel::moved);
    QVERIFY(!m_travel->at());
    m_travel->goTo(m_now - 3h, Period::Week);
    QCOMPARE(moved.size(), 1);
    QVERIFY(*m_travel->at() == m_now - 3h);
    QTRY_VERIFY(m_travel->dashboard());
    QCOMPARE(m_travel->dashboard()->summary.totalChecks, 9);
    m_travel->setPeriod(Period::Month);
    QTRY_VERIFY(m_travel->dashboard()->period == Period::Month);
    QTRY_VERIFY(m_travel->trends().trend(TrendsModel::Users, Period::Month));
    QCOMPARE(*m_travel->trends().trend(TrendsModel::Users, Period::Month)->points.first().value, 1.0);
    QTRY_VERIFY(m_travel->forecast().forecast() && m_travel->forecast().forecast()->period == Period::Month);
}

void TestTimeTravel::goTo_showsAlertsUpToThatMoment()
{
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_COMPARE(m_travel->alerts().rowCount(), 21);
    QVERIFY(m_travel->alerts().alert(0).timestamp == m_now - 3h);
    m_travel->goTo(m_now - 3h - 1min, Period::Week);
    QTRY_COMPARE(m_travel->alerts().rowCount(), 20);
}

void TestTimeTravel::goTo_showsChecksRetrosAndWhatElseHappenedBefore()
{
    const auto record = [this](protocol::Seq seq, std::chrono::minutes ago) {
        return protocol::Event{QString(protocol::event_type::recordCreated), seq,
                               QJsonObject{{QStringLiteral("id"), QString::number(seq)}}, m_now - ago};
    };
    protocol::Event check = m_server->eventAt(3);
    check.timestamp = m_now - 5h;
    m_live->replace({record(1, 300min), record(2, 181min), check, record(4, 179min)});
    m_travel->goTo(m_now - 3h, Period::Week);
    // Six checks and two retrospectives from the server, two records from the table; its check is no second
    // one.
    QTRY_COMPARE(m_travel->activity().rowCount(), 6 + 2 + 2);
    for (int row = 1; row < m_travel->activity().rowCount(); ++row)
        QVERIFY(m_travel->activity().entry(row).time <= m_travel->activity().entry(row - 1).time);
    QVERIFY(m_travel->activity().entry(0).time == m_now - 3h);
    QCOMPARE(m_travel->activity().entry(0).status, model::ActivityStatus::Warning);
}

/// As a slider that is dragged: whatever is asked on the way, the end is right.
void TestTimeTravel::goingOn_endsAtTheLastMoment()
{
    for (int i = 100; i >= 5; --i) {
        m_travel->goTo(m_now - i * 15min, Period::Week);
        if (i % 7 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_VERIFY(m_travel->dashboard() && m_travel->dashboard()->generatedAt == m_now - 75min);
    QVERIFY2(m_server->requests(numbersPath) < 40,
             qPrintable(QString::number(m_server->requests(numbersPath))));
    QTRY_VERIFY(m_travel->activity().rowCount() > 0 && m_travel->activity().entry(0).time == m_now - 75min);
    QVERIFY(!m_travel->isStale());
}

void TestTimeTravel::aSlowServer_makesItStaleAfterAMoment()
{
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_VERIFY(m_travel->dashboard());
    QVERIFY(!m_travel->isStale());
    m_server->override = [](const StubRequest&) { return StubAnswer{.silent = true}; };
    m_travel->goTo(m_now - 4h, Period::Week);
    QVERIFY(!m_travel->isStale());
    QTRY_VERIFY(m_travel->isStale());
    QCOMPARE(m_travel->dashboard()->summary.totalChecks, 9);
}

void TestTimeTravel::failure_isToldAndKeepsWhatIsShown()
{
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_VERIFY(m_travel->dashboard());
    QSignalSpy failed(m_travel.get(), &TimeTravel::failed);
    m_server->override = [](const StubRequest&) { return StubAnswer{500, "broken"}; };
    m_travel->goTo(m_now - 4h, Period::Week);
    QTRY_COMPARE(failed.size(), 3); // numbers, checks, retrospectives
    QVERIFY(m_travel->dashboard());
    QTRY_VERIFY(m_travel->isStale());
}

void TestTimeTravel::historyThatFails_isNotAnotherMomentsAndComesWithReload_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<int>("others");
    QTest::newRow("checks") << QStringLiteral("/checks") << 2;
    QTest::newRow("retrospectives") << QStringLiteral("/retros") << 6;
}

void TestTimeTravel::historyThatFails_isNotAnotherMomentsAndComesWithReload()
{
    QFETCH(const QString, list);
    QFETCH(const int, others);
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_COMPARE(m_travel->activity().rowCount(), 8);
    QVERIFY(m_travel->activity().entry(0).seq < 1); // no place in the log

    QSignalSpy failed(m_travel.get(), &TimeTravel::failed);
    m_server->override = [this, list](const StubRequest& request) {
        return request.path.endsWith(list) ? StubAnswer{500, "broken"} : answer(request);
    };
    m_travel->goTo(m_now - 4h, Period::Week);
    QTRY_COMPARE(failed.size(), 1);
    QTRY_COMPARE(m_travel->activity().rowCount(), others);
    for (int row = 0; row < others; ++row)
        QVERIFY(m_travel->activity().entry(row).time <= m_now - 4h);
    QTRY_VERIFY(m_travel->dashboard()->generatedAt == m_now - 4h);
    QVERIFY(m_travel->isStale());

    m_server->override = [this](const StubRequest& request) { return std::optional(answer(request)); };
    m_travel->reload();
    QTRY_COMPARE(m_travel->activity().rowCount(), 8);
    QVERIFY(!m_travel->isStale());
}

void TestTimeTravel::entryOfANewerServer_hidesNoOther()
{
    m_server->override = [this](const StubRequest& request) {
        StubAnswer usual = answer(request);
        if (request.path.endsWith(QStringLiteral("/checks")))
            usual.body.replace("\"status\": \"WARNING\"", "\"status\": \"POSTPONED\"");
        return std::optional(usual);
    };
    QSignalSpy failed(m_travel.get(), &TimeTravel::failed);
    m_travel->goTo(m_now - 4h, Period::Week);
    QTRY_VERIFY(m_travel->dashboard() && m_travel->dashboard()->generatedAt == m_now - 4h);
    QTRY_VERIFY(m_travel->activity().rowCount() > 0); // what is no check
    QVERIFY(!m_travel->isStale());
    QCOMPARE(failed.size(), 0);
}

void TestTimeTravel::feedLiveAgain_reloads()
{
    const QString checks = QStringLiteral("/api/v1/gateway/checks");
    m_server->override = {};
    m_options.timing.firstRetry = 20ms;
    m_options.jitter = [] { return 1.0; };
    model::Workspace workspace(m_server->url(), Period::Week, m_options);
    workspace.start();
    QTRY_COMPARE(workspace.feed().state(), net::FeedState::Live);
    workspace.timeTravel().goTo(m_now - 3h, Period::Week);
    QTRY_COMPARE(m_server->requests(checks), 1);
    m_server->closeSessions();
    QTRY_COMPARE(m_server->requests(checks), 2);
    workspace.reload();
    QTRY_COMPARE(m_server->requests(checks), 3);
}

void TestTimeTravel::leave_forgetsEverything()
{
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_VERIFY(m_travel->dashboard() && m_travel->activity().rowCount() > 0);
    m_travel->goTo(m_now - 4h, Period::Week);
    m_travel->leave(); // while answers are under way
    QVERIFY(!m_travel->at());
    QVERIFY(!m_travel->dashboard());
    QCOMPARE(m_travel->activity().rowCount(), 0);
    QCOMPARE(m_travel->alerts().rowCount(), 0);
    QSignalSpy changed(m_travel.get(), &TimeTravel::changed);
    QVERIFY(!changed.wait(150));
}

void TestTimeTravel::liveEvents_changeNothing()
{
    m_travel->goTo(m_now - 3h, Period::Week);
    QTRY_VERIFY(m_travel->activity().rowCount() == 8);
    QSignalSpy rows(&m_travel->activity(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&m_travel->activity(), &QAbstractItemModel::rowsInserted);
    m_live->append({m_server->eventAt(1), m_server->eventAt(2)});
    QTRY_COMPARE(m_live->rowCount(), 2);
    QCOMPARE(rows.size() + inserted.size(), 0);
}

void TestTimeTravel::trends_areOfThePeriodAskedFor()
{
    TrendsModel trends(*m_api, m_options);
    trends.follow(Period::Week);
    QTRY_VERIFY(trends.trend(TrendsModel::Checks, Period::Week));
    QVERIFY(!trends.trend(TrendsModel::Checks, Period::Month));
    trends.follow(Period::Month);
    QTRY_VERIFY(trends.trend(TrendsModel::CheckTime, Period::Month));
    QVERIFY(m_server->requests(QStringLiteral("/api/v1/analytics/trends/avgCheckTime")) > 0);
}

void TestTimeTravel::trends_areFetchedAtAPace()
{
    m_options.timing.trendGap = 10s;
    std::chrono::milliseconds now = 1h;
    m_options.clock.elapsed = [&now] { return now; };
    TrendsModel trends(*m_api, m_options);
    const QString path = QStringLiteral("/api/v1/analytics/trends/checks");
    trends.follow(Period::Week);
    QTRY_COMPARE(m_server->requests(path), 1);
    QTRY_VERIFY(trends.trend(TrendsModel::Checks, Period::Week));
    for (int i = 0; i < 50; ++i)
        trends.follow(Period::Week);
    QSignalSpy changed(&trends, &TrendsModel::changed);
    QVERIFY(!changed.wait(80) || m_server->requests(path) == 1);
    QCOMPARE(m_server->requests(path), 1);
    now += 10s;
    trends.follow(Period::Week);
    QTRY_COMPARE(m_server->requests(path), 2);
}

void TestTimeTravel::forecast_isOfThePeriodAskedFor()
{
    model::ForecastModel forecast(*m_api, m_options);
    forecast.follow(Period::Year);
    QTRY_VERIFY(forecast.forecast());
    QVERIFY(forecast.forecast()->period == Period::Year);
    QCOMPARE(*forecast.forecast()->steps.first().value, 12.0);
    QVERIFY(!forecast.forecast()->steps.first().lower80);
}

void TestTimeTravel::forecast_ofADay_isNone()
{
    model::ForecastModel forecast(*m_api, m_options);
    forecast.follow(Period::Week);
    QTRY_VERIFY(forecast.forecast());
    forecast.follow(Period::Today);
    QVERIFY(!forecast.forecast());
}

PRISM_TEST(TestTimeTravel)

} // namespace tst_time_travel

#include "tst_time_travel.moc"
