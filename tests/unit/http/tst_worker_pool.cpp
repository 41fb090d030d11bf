#include "server/http/worker_pool.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_worker_pool {

using namespace prism::http;
using namespace prism::protocol;

namespace {

class Nobody : public Handler
{
    Verdict admit(Request& /*head*/) override { return Verdict::read(0); }
    void handle(const Request& /*request*/, Reply /*reply*/) override {}
    Response refusal(int status, const QString& /*reason*/, const QString& /*requestId*/) override
    {
        return {status};
    }
    Headers commonHeaders(const Request& /*head*/) override { return {}; }
    void answered(const Request& /*request*/, int /*status*/, std::chrono::nanoseconds /*spent*/) override {}
    void drain() override {}
};

} // namespace

class WorkerPoolTest : public QObject
{
    Q_OBJECT

    ConnectionQuota m_quota{{10, 10}};
    Budgets m_budgets{1024, 1024};
    AnswerBell m_bell;

private slots:
    void start_waitsForEveryHandler()
    {
        std::atomic<int> made{0};
        WorkerPool pool(4, m_quota, 2, m_budgets, m_bell, {}, [&]() -> Result<std::unique_ptr<Handler>> {
            ++made;
            return std::make_unique<Nobody>();
        });
        QVERIFY(pool.start());
        QCOMPARE(made.load(), 4);
    }

    /// A worker without one would close every connection for ever.
    void start_withoutOneHandler_fails()
    {
        std::atomic<int> made{0};
        WorkerPool pool(4, m_quota, 2, m_budgets, m_bell, {}, [&]() -> Result<std::unique_ptr<Handler>> {
            if (++made == 3)
                return Failure(Error{ErrorCode::Unavailable, QStringLiteral("no reader")});
            return std::make_unique<Nobody>();
        });
        const Result<void> started = pool.start();
        QVERIFY(!started);
        QCOMPARE(started.error().message, QStringLiteral("no reader"));
        QCOMPARE(made.load(), 3);
    }
};

PRISM_TEST(WorkerPoolTest)

} // namespace tst_worker_pool

#include "tst_worker_pool.moc"
