#include "server/http/worker.h"
#include "tests/unit/http/connection_test.h"

namespace tst_worker {

using namespace prism::http;
using namespace prism::test;
using namespace std::chrono_literals;

namespace {

/// Takes its time to refuse somebody.
class SlowClerk : public Clerk
{
public:
    explicit SlowClerk(int& refused)
        : m_refused(refused)
    {
    }

    Response refusal(int status, const QString& reason, const QString& id) override
    {
        const QDeadlineTimer patience(1ms);
        while (!patience.hasExpired()) {
        }
        ++m_refused;
        return Clerk::refusal(status, reason, id);
    }

private:
    int& m_refused;
};

} // namespace

/// One worker, on this thread.
class WorkerTest : public QObject
{
    Q_OBJECT

private slots:
    void manyWhoseTimeIsOver_leaveTurnsToOthers()
    {
        constexpr int many = 200;
        Limits limits;
        limits.requestTimeout = 100ms;
        Budgets budgets(1024 * 1024, 1024 * 1024);
        AnswerBell bell;
        int refused = 0;
        Worker worker(limits, budgets, bell, 1,
                      [&refused]() -> prism::protocol::Result<std::unique_ptr<Handler>> {
                          return std::make_unique<SlowClerk>(refused);
                      });
        QVERIFY(worker.start());
        std::vector<prism::io::Descriptor> peers;
        for (int i = 0; i < many; ++i) {
            std::array<int, 2> ends{-1, -1};
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
            peers.emplace_back(ends[1]);
            QCOMPARE(::send(ends[1], "GET /a HT", 9, MSG_NOSIGNAL), ssize_t(9));
            worker.adopt(prism::io::Descriptor(ends[0]), 0, std::make_shared<int>());
        }
        int seen = 0;
        int most = 0;
        QTimer other;
        QObject::connect(&other, &QTimer::timeout, &worker,
                         [&] { most = std::max(most, refused - std::exchange(seen, refused)); });
        other.start(0);
        QTRY_COMPARE(refused, many);
        most = std::max(most, refused - seen); // what came after its last turn
        QVERIFY2(most <= many / 10, QByteArray::number(most).constData());
        worker.stop();
    }
};

PRISM_CONNECTION_TEST(WorkerTest)

} // namespace tst_worker

#include "tst_worker.moc"
