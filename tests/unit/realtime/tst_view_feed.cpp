#include "server/realtime/view_feed.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <atomic>

namespace tst_view_feed {

using namespace prism::realtime;
using prism::protocol::Period;
using prism::protocol::Result;
using prism::protocol::TrendMetric;
using namespace std::chrono_literals;

namespace {

const Part week{Part::Kind::Dashboard, Period::Week};
const Part checks{Part::Kind::Trend, Period::Week, TrendMetric::Checks};

} // namespace

class ViewFeedTest : public QObject
{
    Q_OBJECT

    std::mutex m_mutex;
    std::vector<UpdatePtr> m_delivered;
    std::atomic<int> m_computed{0};
    std::atomic<quint64> m_contents{1};
    std::atomic<bool> m_fails{false};
    std::atomic<int> m_failures{0};

    std::unique_ptr<ViewFeed> feed(const ViewPace& pace)
    {
        const auto source = [this](const Part& part) -> Result<Update> {
            if (m_fails && part == week) {
                ++m_failures;
                return prism::protocol::Failure(
                    prism::protocol::Error{prism::protocol::ErrorCode::Unavailable, {}, {}});
            }
            ++m_computed;
            return Update{part, "{}", m_contents};
        };
        return std::make_unique<ViewFeed>([source] { return source; }, pace,
                                          [this](const UpdatePtr& update) {
                                              const std::lock_guard lock(m_mutex);
                                              m_delivered.push_back(update);
                                          });
    }

    int delivered(const Part& part)
    {
        const std::lock_guard lock(m_mutex);
        return int(std::ranges::count_if(m_delivered, [&](const auto& each) { return each->part == part; }));
    }

private slots:
    void init()
    {
        m_delivered.clear();
        m_computed = 0;
        m_fails = false;
        m_failures = 0;
        m_contents = 1;
    }

    void sameContents_areNoNews()
    {
        const auto feed = this->feed({.dashboards = 1ms, .clock = 1h});
        const auto look = feed->look(week);
        QTRY_COMPARE(delivered(week), 1);
        feed->changed();
        QTRY_COMPARE(m_computed.load(), 2);
        m_contents = 2;
        feed->changed();
        QTRY_COMPARE(delivered(week), 2);
        QCOMPARE(m_computed.load(), 3);
    }

    void newLooker_isToldThoughNothingChanged()
    {
        const auto feed = this->feed({.dashboards = 1ms, .clock = 1h});
        const auto one = feed->look(week);
        QTRY_COMPARE(delivered(week), 1);
        const auto other = feed->look(week);
        QTRY_COMPARE(delivered(week), 2);
    }

    void whatFails_isTriedAgainLater()
    {
        m_fails = true;
        const auto feed = this->feed({.dashboards = 1ms, .charts = 1ms, .clock = 1h, .retry = 1h});
        const auto look = feed->look(week);
        const auto witness = feed->look(checks);
        for (int i = 1; i < 6; ++i) {
            QTRY_COMPARE(delivered(checks), i);
            ++m_contents;
            feed->changed();
        }
        QCOMPARE(m_failures.load(), 1);
        QCOMPARE(delivered(week), 0);
    }

    void whatFailed_comesWithoutAnotherChange()
    {
        m_fails = true;
        const auto feed = this->feed({.dashboards = 1ms, .clock = 1h, .retry = 10ms});
        const auto look = feed->look(week);
        QTRY_VERIFY(m_failures >= 2);
        m_fails = false;
        QTRY_COMPARE(delivered(week), 1);
    }

    void askingAgain_computesNothing()
    {
        const auto feed = this->feed({.dashboards = 1ms, .clock = 1h});
        const auto one = feed->look(checks);
        QTRY_COMPARE(delivered(checks), 1);
        for (int i = 2; i < 10; ++i) {
            const auto other = feed->look(checks);
            QTRY_COMPARE(delivered(checks), i);
        }
        QCOMPARE(m_computed.load(), 1);
    }

    void time_movesWhatNobodyWrites()
    {
        const auto feed = this->feed({.dashboards = 1ms, .clock = 20ms});
        const auto look = feed->look(week);
        QTRY_COMPARE(delivered(week), 1);
        m_contents = 2;
        QTRY_COMPARE(delivered(week), 2);
    }

    void charts_comeAtAPaceOfTheirOwn()
    {
        const auto feed = this->feed({.dashboards = 1ms, .charts = 1h, .clock = 1h});
        const auto numbers = feed->look(week);
        const auto chart = feed->look(checks);
        QTRY_VERIFY(delivered(week) == 1 && delivered(checks) == 1);
        for (int i = 2; i < 6; ++i) {
            m_contents = quint64(i);
            feed->changed();
            QTRY_COMPARE(delivered(week), i);
        }
        QCOMPARE(delivered(checks), 1);
        const auto other = feed->look(checks); // and at once for who has none
        QTRY_COMPARE(delivered(checks), 2);
    }

    void nobodyLooks_nothingIsComputed()
    {
        const auto feed = this->feed({.dashboards = 1ms, .clock = 5ms});
        auto look = feed->look(week);
        QTRY_COMPARE(delivered(week), 1);
        look.reset();
        const auto witness = feed->look(checks);
        QTRY_COMPARE(delivered(checks), 1);
        const int before = delivered(week);
        m_contents = 2;
        feed->changed();
        QTRY_COMPARE(delivered(checks), 2);
        QCOMPARE(delivered(week), before);
    }
};

PRISM_TEST(ViewFeedTest)

} // namespace tst_view_feed

#include "tst_view_feed.moc"
