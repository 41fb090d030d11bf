#include "server/telemetry/telemetry.h"
#include "shared/protocol/error.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <thread>

namespace tst_telemetry {

using namespace prism;
using namespace prism::telemetry;
using namespace std::chrono_literals;

class TelemetryTest : public QObject
{
    Q_OBJECT

    static std::vector<RequestStats::Route> routes() { return {{"GET", "/a"}, {"POST", "/a/{id}"}}; }

    static quint64 count(const RequestFigures& figures, const QByteArray& method, const QByteArray& route,
                         int status)
    {
        const auto answers = figures.answers.find({route, method});
        if (answers == figures.answers.end())
            return 0;
        const auto found = answers->second.byStatus.find(status);
        return found == answers->second.byStatus.end() ? 0 : found->second;
    }

private slots:
    void answers_areCountedByMethodRouteAndStatus()
    {
        RequestStats stats(routes());
        stats.countAnswer(0, "GET", 200, 1ms);
        stats.countAnswer(0, "GET", 304, 1ms);
        stats.countAnswer(0, "HEAD", 200, 1ms);
        stats.countAnswer(1, "POST", 201, 1ms);
        stats.countAnswer(1, "POST", 201, 1ms);
        stats.countAnswer(1, "POST", 418, 1ms);
        stats.countUnmatched("GET", 404, 1ms);
        stats.countUnmatched("BREW", 404, 1ms);
        const RequestFigures figures = stats.figures();
        QCOMPARE(count(figures, "GET", "/a", 200), quint64(1));
        QCOMPARE(count(figures, "GET", "/a", 304), quint64(1));
        QCOMPARE(count(figures, "HEAD", "/a", 200), quint64(1));
        QCOMPARE(count(figures, "POST", "/a/{id}", 201), quint64(2));
        QCOMPARE(count(figures, "POST", "/a/{id}", 0), quint64(1));
        QCOMPARE(count(figures, "GET", RequestStats::unmatched, 404), quint64(1));
        QCOMPARE(count(figures, RequestStats::other, RequestStats::unmatched, 404), quint64(1));
        QCOMPARE(figures.total(), quint64(8));
        QCOMPARE(figures.answers.size(), std::size_t(5));
    }

    void everyErrorsStatus_hasACounterOfItsOwn()
    {
        const auto& known = RequestStats::statuses;
        QVERIFY(std::is_sorted(known.begin(), known.end()));
        for (int code = 0; code <= int(protocol::ErrorCode::Unavailable); ++code) {
            const int status = protocol::httpStatus(protocol::ErrorCode(code));
            QVERIFY2(std::binary_search(known.begin(), known.end(), status),
                     qPrintable(QString::number(status)));
        }
    }

    void workersCounts_areAddedUp()
    {
        constexpr quint64 each = 20000;
        Telemetry telemetry([] { return Levels(); });
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < 3; ++i) {
                RequestStats& stats = telemetry.addRequests(routes());
                workers.emplace_back([&stats] {
                    for (quint64 n = 0; n < each; ++n)
                        stats.countAnswer(0, "GET", 200, 1ms);
                });
            }
            quint64 last = 0;
            for (int n = 0; n < 100; ++n) {
                const quint64 now = telemetry.figures().requests.total();
                QVERIFY(now >= last);
                last = now;
            }
        }
        const RequestFigures figures = telemetry.figures().requests;
        QCOMPARE(count(figures, "GET", "/a", 200), 3 * each);
        QCOMPARE(figures.total(), 3 * each);
    }

    void rate_isOfTheLastMinute()
    {
        const Rate::Clock::time_point start{};
        Rate rate;
        QCOMPARE(rate.perSecond(start, 5), 0.0);
        rate.sample(start, 1000);
        QCOMPARE(rate.perSecond(start, 1000), 0.0);
        QCOMPARE(rate.perSecond(start + 2s, 1100), 50.0);
        for (quint64 second = 1; second <= 300; ++second)
            rate.sample(start + std::chrono::seconds(second), second < 200 ? 1000 : 800 + second);
        QCOMPARE(rate.perSecond(start + 300s, 1100), 1.0);
    }

    void process_isThisOne()
    {
        const ProcessFigures figures = ProcessFigures::read();
        QVERIFY(figures.residentBytes > 1024 * 1024);
        QVERIFY(figures.virtualBytes >= figures.residentBytes);
        QVERIFY(figures.mostDescriptors >= 3);
        const double age = double(QDateTime::currentMSecsSinceEpoch()) / 1000 - figures.startTimeSeconds;
        QVERIFY2(age > -5 && age < 600, qPrintable(QString::number(age)));
    }

    void descriptors_areCounted()
    {
        const auto now = DescriptorCount::Clock::now();
        const quint64 before = DescriptorCount().at(now);
        QVERIFY(before >= 3);
        QFile another(QStringLiteral("/proc/self/stat"));
        QVERIFY(another.open(QIODevice::ReadOnly));
        QCOMPARE(DescriptorCount().at(now), before + 1);
    }

    void descriptors_areCountedOnceASecond_howeverManyAsk()
    {
        quint64 looked = 0;
        DescriptorCount count([&looked] { return ++looked; });
        const DescriptorCount::Clock::time_point start{};
        for (const auto& [after, expected] :
             {std::pair(0ms, 1), std::pair(1ms, 1), std::pair(999ms, 1), std::pair(1000ms, 2),
              std::pair(1999ms, 2), std::pair(9000ms, 3)}) {
            for (int i = 0; i < 3; ++i)
                QCOMPARE(count.at(start + after), quint64(expected));
        }
    }
};

PRISM_TEST(TelemetryTest)

} // namespace tst_telemetry

#include "tst_telemetry.moc"
