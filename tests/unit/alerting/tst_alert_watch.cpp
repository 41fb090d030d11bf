#include "server/alerting/watch.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/tables/alert_reader.h"
#include "server/store/tables/settings_reader.h"
#include "server/store/writing/writer.h"
#include "tests/support/test_program.h"
#include "tests/unit/alerting/fake_history.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

namespace tst_alert_watch {

using namespace prism;
using namespace prism::alerting;
using namespace prism::test;
using namespace std::chrono_literals;
using protocol::Alert;
using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::AlertState;

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
            m_reader = std::move(*store::sqlite::ReadConnection::open(m_test.m_file));
            ++m_test.m_passes;
            return {};
        }

        protocol::Result<std::optional<Alert>> lastAlert(AlertKind kind) override
        {
            return store::AlertReader(*m_reader).last(kind);
        }

        protocol::Result<analytics::BucketPtr> bucket(const analytics::Span& span) override
        {
            if (m_test.m_unreadable)
                return protocol::Failure({protocol::ErrorCode::Unavailable, QStringLiteral("no disk")});
            return FakeHistory::bucket(span);
        }

    private:
        WatchTest& m_test;
        std::unique_ptr<store::ReadConnection> m_reader;
    };

    std::mutex m_mutex;
    FakeHistory m_history{longAgo};
    std::atomic<int> m_passes = 0;
    std::atomic<bool> m_unreadable = false;
    std::atomic<qint64> m_now = 0;
    EventCounter m_events;
    const QTimeZone m_zone = QTimeZone::utc();
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::optional<store::sqlite::Database> m_database;
    std::unique_ptr<store::ReadConnection> m_reader;
    std::unique_ptr<store::WriteQueue> m_writes;
    std::unique_ptr<store::SettingsBook> m_settings;
    std::unique_ptr<Watch> m_watch;
    std::unique_ptr<store::Writer> m_writer;

    void setClock(Timestamp t) { m_now = protocol::toMillis(t); }

    Timestamp runningHour() const
    {
        return std::chrono::floor<std::chrono::hours>(protocol::fromMillis(m_now));
    }

    void setHour(Timestamp hour, const analytics::Rollup::Part& part)
    {
        const std::lock_guard lock(m_mutex);
        m_history.hours[hour] = bucketOf(part);
    }

    /// Says that so many violations happened in the running hour.
    void report(qint64 violations)
    {
        setHour(runningHour(), partOf(5, violations));
        m_watch->wake();
    }

    /// Returns when everything that was reported has been examined, and what was raised is stored.
    bool settle()
    {
        const int before = m_passes;
        m_watch->wake();
        return QTest::qWaitFor([&] { return m_passes >= before + 2 || (m_watch->wake(), false); }, 10'000) &&
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

    QList<Alert> alerts() { return store::AlertReader(*m_reader).list({})->alerts; }

    void startWatch()
    {
        m_watch = std::make_unique<Watch>(
            *m_writes, *m_settings, m_zone, [this] { return std::make_unique<SharedHistory>(*this); },
            [this] { return protocol::fromMillis(m_now); }, Watch::Pace{1ms, 1ms});
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("t.db"));
        {
            const auto database = store::sqlite::WriteConnection::open(m_file);
            QVERIFY(store::migrate(**database).has_value());
        }
        m_database.emplace(m_file);
        m_reader = std::move(*store::sqlite::ReadConnection::open(m_file));
        m_history.hours.clear();
        m_history.days.clear();
        for (int i = 0; i < 12; ++i) // 0.225 violations a check
            m_history.hours[now - 30min - std::chrono::days(20) + i * 1h] = importedOf(partOf(20, i % 4 + 3));
        m_passes = 0;
        m_unreadable = false;
        m_events.count = 0;
        setClock(now);
        m_writes = std::make_unique<store::WriteQueue>(store::Weight{100, 100, 100'000});
        m_settings = std::make_unique<store::SettingsBook>(protocol::Settings());
        startWatch();
        m_writer = std::make_unique<store::Writer>(*m_writes, *m_database, 0, m_zone, m_events);
    }

    void cleanup()
    {
        m_writer.reset();
        m_watch.reset();
        m_reader.reset();
        m_folder.reset();
    }

    void spike_isToldOnceAndItsValueFollows()
    {
        report(12);
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].severity, AlertSeverity::Medium);
        QCOMPARE(alerts()[0].timestamp, now);
        report(13);
        QTRY_COMPARE(alerts()[0].value, 13.0);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 1);
        QCOMPARE(m_events.count.load(), 1);
    }

    void spike_lastsUntilItIsOver()
    {
        report(14);
        QTRY_COMPARE(alerts().size(), 1);
        const Timestamp hour = runningHour();
        setClock(now + 1h);
        setHour(hour + 1h, partOf(40, 0));
        QVERIFY(settle());
        QCOMPARE(alerts()[0].state, AlertState::Open);
        setClock(hour + 2h + 5min);
        m_watch->wake();
        QTRY_COMPARE(alerts()[0].state, AlertState::Resolved);
        QCOMPARE(alerts()[0].resolvedAt, std::optional(hour + 2h));
        QCOMPARE(m_events.count.load(), 2);
    }

    void graverSpike_isToldAgainAsTheSame()
    {
        report(12);
        QTRY_COMPARE(alerts().size(), 1);
        report(30);
        QTRY_COMPARE(alerts()[0].severity, AlertSeverity::High);
        report(40);
        QTRY_COMPARE(alerts()[0].value, 40.0);
        QCOMPARE(alerts().size(), 1);
        QCOMPARE(m_events.count.load(), 2);
    }

    void restarted_doesNotRaiseAgain()
    {
        report(12);
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
        report(12);
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
                return transaction.settings().setSettings(settings).has_value();
            },
            [](const protocol::Result<bool>&) {});
        QVERIFY(flush());
        report(12);
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
    }

    void hourThatIsOver_isJudgedWhenItIsClosed()
    {
        QVERIFY(settle());
        const Timestamp hour = runningHour();
        setHour(hour, partOf(5, 12));
        setClock(hour + 1h + 5min);
        m_watch->wake();
        QTRY_COMPARE(alerts().size(), 1);
        QCOMPARE(alerts()[0].bucket, hour);
    }

    void clockThatWasAhead_isGoneByAgainOnceItIsRight()
    {
        setClock(now + std::chrono::days(400));
        QVERIFY(settle());
        setClock(now);
        report(12);
        QTRY_COMPARE(alerts().size(), 1);
    }

    void bucketsThatCannotBeRead_areJudgedOnceTheyCan()
    {
        QVERIFY(settle());
        setHour(runningHour(), partOf(5, 12));
        m_unreadable = true;
        QVERIFY(settle());
        QCOMPARE(alerts().size(), 0);
        m_unreadable = false; // nobody wakes the watch
        QTRY_COMPARE(alerts().size(), 1);
    }

    void refusedWrite_isTriedAgain()
    {
        m_writer.reset();
        m_watch.reset();
        m_writes = std::make_unique<store::WriteQueue>(store::Weight{1, 100, 100'000});
        m_writes->submit<bool>([](store::Transaction&) { return true; },
                               [](const protocol::Result<bool>&) {});
        startWatch();
        report(12);
        QTRY_VERIFY(m_writes->level().refusals > 1);
        m_writer = std::make_unique<store::Writer>(*m_writes, *m_database, 0, m_zone, m_events);
        QTRY_COMPARE(alerts().size(), 1);
    }
};

PRISM_TEST(WatchTest)

} // namespace tst_alert_watch

#include "tst_alert_watch.moc"
