#pragma once

#include "server/io/epoll_dispatcher.h"
#include "tests/support/test_program.h"
#include "tests/unit/http/connection_line.h"

#include <QDeadlineTimer>
#include <QTest>
#include <QTimer>

namespace prism::test {

/// What a test of connections works with: each over a pair of sockets, by the event loop that workers have.
/// Time is what tick() is told.
class ConnectionTest
{
protected:
    /// Before each test.
    void begin()
    {
        m_limits = {};
        m_limits.headerBytes = 4096;
        m_limits.slowest = {1000, std::chrono::seconds(10)};
        m_budgets = std::make_unique<http::Budgets>(1024LL * 1024 * 1024, 1024LL * 1024 * 1024);
        m_clerk = std::make_unique<Clerk>();
        m_start = http::Connection::Clock::now();
    }

    std::unique_ptr<Line> open(bool isSpare = false)
    {
        return std::make_unique<Line>(
            http::Connection::Shared{m_limits, *m_clerk, m_ids, m_encoder, *m_budgets}, isSpare);
    }

    /// Lets everything happen that can.
    static void settle()
    {
        for (int idle = 0; idle < 5;)
            idle = QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents) ? 0 : idle + 1;
    }

    /// How often the event loop turns within a while in which nothing happens.
    static int turnsWhileNothingHappens()
    {
        int turns = 0;
        const auto counting =
            QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock,
                             qApp, [&] { ++turns; });
        QEventLoop loop;
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        loop.exec();
        QObject::disconnect(counting);
        return turns;
    }

    /// Reads until an answer is there.
    static std::optional<HttpResponse> answerOf(Line& line)
    {
        const QDeadlineTimer patience(20'000);
        while (!patience.hasExpired()) {
            line.read();
            if (auto response = line.take())
                return response;
            settle();
        }
        return std::nullopt;
    }

    http::Limits m_limits;
    std::unique_ptr<http::Budgets> m_budgets;
    std::unique_ptr<Clerk> m_clerk;
    http::RequestIds m_ids;
    http::ResponseEncoder m_encoder;
    http::Connection::Clock::time_point m_start;
};

template <typename Tests>
int runWithTheWorkersLoop(int argc, char* argv[])
{
    QCoreApplication::setEventDispatcher(new io::EpollDispatcher);
    return runTestsIn<QCoreApplication, Tests>(argc, argv);
}

} // namespace prism::test

/// The last line of such a file before its .moc.
#define PRISM_CONNECTION_TEST(Tests) PRISM_TEST_RUN(Tests, prism::test::runWithTheWorkersLoop<Tests>)
