#include "server/alerting/watch.h"
#include "server/store/migrations.h"
#include "server/store/tables/alert_table.h"
#include "server/store/tables/settings_table.h"
#include "server/store/writing/writer.h"
#include "tests/support/test_program.h"
#include "tests/unit/alerting/fake_history.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace prism;
using namespace prism::alerting;
using namespace prism::test;
using namespace std::chrono_literals;
using protocol::Alert;
using protocol::AlertKind;
using protocol::AlertSeverity;

namespace {

/// A Saturday in the northern summer, half past three in the afternoon in Berlin.
constexpr Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 7 / 4} + 13h + 30min};

constexpr Timestamp longAgo = now - std::chrono::days(100);

/// Counts what the writer publishes.
class EventCounter : public store::CommitSink
{
public:
    std::atomic<int> count = 0;

    void committed(const store::Commit&) override {}
    void publish(const std::vector<store::StoredEvent>& events) override { count += int(events.size()); }
    void settled() override {}
};

} // namespace

/// What the watch raises, with a writer and a database, a clock of the test's and a history of the test's.
class WatchTest : public QObject
{
    Q_OBJECT

    /// The watch's view of a history that the test changes.
    class SharedHistory : public FakeHistory
    {
    public:
        SharedHistory(WatchTest& test)
            : FakeHistory(longAgo)
            , m_test(test)
        {
        }

        protocol::Result<void> begin() override
        {
            const std::lock_guard lock(m_test.m_mutex);
            hours = m_test.m_history.hours;
            days = m_test.m_history.days;
            ++m_test.m_passes;
            return {};
        }

        protocol::Result<analytics::Bucket> bucket(const analytics::Span& span) override
        {
            if (m_test.m_unreadable)
                return protocol::Failure({protocol::ErrorCode::Unavailable, QStringLiteral("no disk")});
            return FakeHistory::bucket(span);
        }

    private:
        WatchTest& m_test;
    };

    std::mutex m_mutex;
    FakeHistory m_history{longAgo};
    std::atomic<int> m_passes = 0;
    std::atomic<bool> m_unreadable = false;
    std::atomic<qint64> m_now = 0;
    EventCounter m_events;
    const QTimeZone m_zone = QTimeZone::utc();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_reader;
    std::unique_ptr<store::WriteQueue> m_writes;
    std::unique_ptr<store::SettingsBook> m_settings;
    std::unique_ptr<Watch> m_watch;
    std::unique_ptr<store::Writer> m_writer;

    void setClock(Timestamp t) { m_now = protocol::toMillis(t); }

    /// Says that so many violations happened in the running hour.
    void report(qint64 violations)
    {
        {
            const std::lock_guard lock(m_mutex);
            const Timestamp hour = hourOf(protocol::fromMillis(m_now), m_zone).from;
            m_history.hours[hour] = bucketOf({.violations = violations});
        }
        m_watch->wake();
    }

    /// Returns when everything that was reported has been examined, and what was raised is stored.
    bool settle()
    {
        const int before = m_passes;
        m_watch->wake();
        return QTest::qWaitFor([&] { return m_passes >= before + 2 || (m_watch->wake(), false); }) &&
               QTest::qWaitFor([&] { return m_writes->level().waiting.jobs == 0; }) && flush();
    }

    /// Returns when the writer has done what was queued before.
    bool flush()
    {
        std::atomic<bool> done = false;
        m_writes->submit<bool>([](store::Transaction&) { return true; },
                               [&](const protocol::Result<bool>&) { done = true; });
        return QTest::qWaitFor([&] { return done.load(); });
    }

    QList<Alert> alerts() { return store::AlertTable(*m_reader).list({})->alerts; }

    void startWatch()
    {
        m_watch = std::make_unique<Watch>(
            *m_writes, *m_settings, m_zone, [this] { return std::make_unique<SharedHistory>(*this); },
            [this] { return protocol::fromMillis(m_now); }, Watch::Pace{1ms, 1ms, 1s});
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(QStringLiteral("t.db"));
        {
            const auto database = store::Database::open(file, store::Database::Mode::ReadWrite);
            QVERIFY(store::migrate(**database).has_value());
        }
        m_reader = std::move(*store::Database::open(file, store::Database::Mode::ReadOnly));
        m_history.hours.clear();
        m_history.days.clear();
        m_passes = 0;
        m_unreadable = false;
        m_events.count = 0;
        setClock(now);
        m_writes = std::make_unique<store::WriteQueue>(store::Weight{100, 100, 100'000});
        m_settings = std::make_unique<store::SettingsBook>(protocol::Settings());
        startWatch();
        m_writer = std::make_unique<store::Writer>(*m_writes, file, 0, m_zone, m_events);
    }

    void cleanup()
    {
        m_writer.reset();
        m_watch.reset();
        m_reader.reset();
        m_folder.reset();
    }

    void spike_isRaisedOnce()
    {
        report(7);
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].severity, AlertSeverity::High);
        QCOMPARE(alerts()[0].timestamp, now);
        report(8);
        report(100);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].value, 7.0);
        QCOMPARE(m_events.count.load(), 1);
    }

    void spikeOfTheNextHour_isAnotherAlert()
    {
        report(7);
        QTRY_COMPARE(alerts().size(), 1);
        setClock(now + 1h);
        report(7);
        QTRY_COMPARE(alerts().size(), 2);
    }

    void graverSpike_isRaisedAgainAsTheSame()
    {
        report(5);
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].severity, AlertSeverity::Medium);
        report(9);
        QTRY_COMPARE(alerts()[0].severity, AlertSeverity::High);
        report(30);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].value, 9.0);
        QCOMPARE(m_events.count.load(), 2);
    }

    void restarted_doesNotRaiseAgain()
    {
        report(7);
        QTRY_COMPARE(alerts().size(), 1);
        m_watch.reset();
        startWatch();
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 1);
        QCOMPARE(m_events.count.load(), 1);
    }

    void mutedKind_isSilentUntilThen()
    {
        protocol::Settings settings;
        settings.mutes = {{AlertKind::ViolationSpike, now + 10min}};
        m_settings->publish(settings);
        report(7);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
        setClock(now + 10min);
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 1);
    }

    /// The mute is on disk, and the watch has not heard of it.
    void muteThatComesBetween_isObeyed()
    {
        protocol::Settings settings;
        settings.mutes = {{AlertKind::ViolationSpike, now + 10min}};
        m_writes->submit<bool>(
            [settings](store::Transaction& transaction) -> protocol::Result<bool> {
                return store::SettingsTable(transaction.database()).setSettings(settings).has_value();
            },
            [](const protocol::Result<bool>&) {});
        QVERIFY(flush());
        report(7);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
    }

    void hourThatIsOver_isExaminedOnceMore()
    {
        QVERIFY(settle());
        {
            const std::lock_guard lock(m_mutex);
            m_history.hours[hourOf(now, m_zone).from] = bucketOf({.violations = 7});
            setClock(hourOf(now, m_zone).to + 1s);
        }
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].bucket, hourOf(now, m_zone).from);
        {
            const std::lock_guard lock(m_mutex);
            m_history.hours[hourOf(now, m_zone).from] = bucketOf({.p95 = 9000});
        }
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 1); // late data raises nothing
    }

    void dayThatIsOver_isExaminedForPeopleOnce()
    {
        const Span day = dayOf(now, m_zone);
        {
            const std::lock_guard lock(m_mutex);
            for (const Span& before : daysBefore(day, 4, 7, m_zone))
                m_history.days[before.from] = bucketOf({.checks = 100}, 12);
            m_history.days[day.from] = bucketOf({.checks = 10}, 5);
        }
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
        setClock(day.to + 999ms);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
        setClock(day.to + 1s);
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].kind, AlertKind::UsageDrop);
        QVERIFY(settle());
        QCOMPARE(m_events.count.load(), 1);
    }

    /// Nothing was written, so only the clock tells.
    void dayThatIsOver_isExaminedWithoutAWrite()
    {
        m_watch.reset();
        const Span day = dayOf(now, m_zone);
        for (const Span& before : daysBefore(day, 4, 7, m_zone))
            m_history.days[before.from] = bucketOf({.checks = 100}, 12);
        setClock(day.to - 1ms);
        m_passes = 0;
        startWatch();
        QTRY_VERIFY(m_passes > 0);
        setClock(day.to + 990ms);
        QVERIFY(settle()); // now it waits for 10 ms of its own clock
        setClock(day.to + 1s);
        QTRY_COMPARE(alerts().size(), 1);
    }

    void clockThatWasAhead_isGoneByAgainOnceItIsRight()
    {
        setClock(now + std::chrono::days(400));
        QVERIFY(settle());
        setClock(now);
        QVERIFY(settle());
        const Span day = dayOf(now, m_zone);
        report(7);
        QTRY_COMPARE(alerts().size(), 1);
        {
            const std::lock_guard lock(m_mutex);
            m_history.hours[hourOf(now, m_zone).from] = bucketOf({.p95 = 9000});
            for (const Span& before : daysBefore(day, 4, 7, m_zone))
                m_history.days[before.from] = bucketOf({.checks = 100}, 12);
            m_history.days[day.from] = bucketOf({.checks = 10}, 5);
            setClock(hourOf(now, m_zone).to + 1s);
        }
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 2);
        setClock(day.to + 1s);
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 3);
        QCOMPARE(alerts()[0].kind, AlertKind::UsageDrop);
    }

    void bucketsThatCannotBeReadWhenTheyAreOver_areExaminedOnceTheyCan()
    {
        QVERIFY(settle());
        const Span day = dayOf(now, m_zone);
        {
            const std::lock_guard lock(m_mutex);
            m_history.hours[hourOf(now, m_zone).from] = bucketOf({.violations = 7});
            for (const Span& before : daysBefore(day, 4, 7, m_zone))
                m_history.days[before.from] = bucketOf({.checks = 100}, 12);
            m_history.days[day.from] = bucketOf({.checks = 10}, 5);
            m_unreadable = true;
            setClock(day.to + 1s);
        }
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
        m_unreadable = false; // nobody wakes the watch
        QTRY_COMPARE(alerts().size(), 2);
    }

    void refusedWrite_isTriedAgain()
    {
        m_writer.reset();
        m_watch.reset();
        m_writes = std::make_unique<store::WriteQueue>(store::Weight{1, 100, 100'000});
        m_writes->submit<bool>([](store::Transaction&) { return true; },
                               [](const protocol::Result<bool>&) {});
        startWatch();
        report(7);
        QTRY_VERIFY(m_writes->level().refusals > 1);
        m_writer = std::make_unique<store::Writer>(*m_writes, m_folder->filePath(QStringLiteral("t.db")), 0,
                                                   m_zone, m_events);
        QTRY_COMPARE(alerts().size(), 1);
    }
};

PRISM_TEST(WatchTest)
#include "tst_alert_watch.moc"
