#include "server/http/connection.h"
#include "server/io/epoll_dispatcher.h"
#include "tests/support/http_response.h"
#include "tests/support/test_program.h"

#include <QDeadlineTimer>
#include <QTest>

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

using namespace prism::http;
using namespace prism::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using prism::io::Descriptor;

namespace {

constexpr qsizetype large = 4LL * 1024 * 1024; ///< more than the kernel holds for a pair of sockets

QByteArray get(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

/// Answers by path, and notes what it was asked.
class Clerk : public Handler
{
public:
    Verdict admit(Request& head) override
    {
        if (head.path == u"/ws")
            return Verdict::upgrade([this](HandedOver left) { handedOver.push_back(std::move(left)); });
        return Verdict::read(32LL * 1024 * 1024);
    }

    void handle(const Request& request, Reply reply) override
    {
        requests.append(request);
        if (request.path == u"/later")
            waiting.append(reply);
        else
            reply(answer(request));
    }

    static Response answer(const Request& request)
    {
        Response response;
        response.contentType = "application/octet-stream";
        response.body = request.path.startsWith(u"/large")
                            ? QByteArray(large, 'x')
                            : request.path.toLatin1() + ' ' + QByteArray::number(request.body.size());
        return response;
    }

    Response refusal(int status, const QString& reason, const QString&) override
    {
        return {status, "text/plain", reason.toLatin1()};
    }
    Headers commonHeaders(const Request&) override { return {}; }
    void answered(const Request&, int status, std::chrono::nanoseconds) override { statuses.append(status); }
    void drain() override {}

    QList<Request> requests;
    QList<Reply> waiting;
    QList<int> statuses;
    std::vector<HandedOver> handedOver;
};

/// A connection with its other end in hand.
struct Line
{
    Line(const Connection::Shared& shared, bool isSpare)
    {
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
            qFatal("there are no sockets");
        peer = ends[1];
        connection = std::make_unique<Connection>(
            Descriptor(ends[0]), isSpare ? nullptr : std::make_shared<int>(), shared, 1, 0, nullptr);
        QObject::connect(connection.get(), &Connection::requestReady, connection.get(),
                         [this, handler = &shared.handler](const Request& request) {
                             handler->handle(request,
                                             [this](Answer answer) { connection->respond(answer.take()); });
                         });
        QObject::connect(connection.get(), &Connection::handedOver, connection.get(),
                         [this] { connection->leave(); });
        QObject::connect(connection.get(), &Connection::finished, connection.get(), [this] { over = true; });
    }

    ~Line()
    {
        connection.reset();
        ::close(peer);
    }

    Q_DISABLE_COPY_MOVE(Line)

    /// How much of it was taken.
    qsizetype send(const QByteArray& bytes) const
    {
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const ssize_t taken = ::send(peer, bytes.constData() + sent, std::size_t(bytes.size() - sent),
                                         MSG_NOSIGNAL | MSG_DONTWAIT);
            if (taken <= 0)
                break;
            sent += taken;
        }
        return sent;
    }

    /// Takes what has arrived by now, `most` bytes of it.
    qsizetype read(qsizetype most = std::numeric_limits<qsizetype>::max())
    {
        qsizetype taken = 0;
        std::array<char, 64 * 1024> part{};
        while (taken < most) {
            const ssize_t got =
                ::recv(peer, part.data(), std::min(part.size(), std::size_t(most - taken)), MSG_DONTWAIT);
            if (got <= 0) {
                isToldTheEnd = got == 0;
                isReset = got < 0 && errno != EAGAIN;
                break;
            }
            received.append(part.data(), got);
            taken += got;
        }
        return taken;
    }

    std::optional<HttpResponse> take() { return takeResponse(received); }

    std::unique_ptr<Connection> connection;
    int peer = -1;
    bool over = false;
    QByteArray received;
    bool isToldTheEnd = false;
    bool isReset = false;
};

} // namespace

/// One connection of HTTP over a pair of sockets, by the event loop that workers have. Time is what tick() is
/// told.
class ConnectionTest : public QObject
{
    Q_OBJECT

    Limits m_limits;
    std::unique_ptr<Budgets> m_budgets;
    std::unique_ptr<Clerk> m_clerk;
    RequestIds m_ids;
    ResponseEncoder m_encoder;
    Connection::Clock::time_point m_start;

    std::unique_ptr<Line> connect(bool isSpare = false)
    {
        return std::make_unique<Line>(Connection::Shared{m_limits, *m_clerk, m_ids, m_encoder, *m_budgets},
                                      isSpare);
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

private slots:
    void init()
    {
        m_limits = {};
        m_limits.headerBytes = 4096;
        m_limits.slowest = {1000, 10s};
        m_budgets = std::make_unique<Budgets>(1024LL * 1024 * 1024, 1024LL * 1024 * 1024);
        m_clerk = std::make_unique<Clerk>();
        m_start = Connection::Clock::now();
    }

    void pipelinedRequests_areAnsweredInOrder_whateverTheAnswersTake()
    {
        const auto line = connect();
        QByteArray all;
        for (const QByteArray path : {"/a", "/large", "/later", "/b", "/large", "/c"})
            all += get(path);
        QCOMPARE(line->send(all), all.size());
        settle();
        QTRY_VERIFY((line->read(), settle(), !m_clerk->waiting.isEmpty()));
        QCOMPARE(m_clerk->requests.size(), 3); // what comes behind it waits for its answer
        m_clerk->waiting.takeFirst()(Response{200, {}, "at last"});
        for (const qsizetype size : {qsizetype(4), large, qsizetype(7), qsizetype(4), large, qsizetype(4)}) {
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->body.size(), size);
        }
        QVERIFY(!line->over);
    }

    void readerThatTakesNothing_isReset_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("between two requests") << get("/large");
        QTest::newRow("with half a request behind") << get("/large") + "GET /a HT";
        QTest::newRow("while the next is being answered") << get("/a") + get("/large") + get("/later");
        QTest::newRow("with many behind") << get("/large").repeated(30);
        QTest::newRow("before an upgrade") << get("/large") + get("/ws");
        QTest::newRow("at the end") << "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba;
        QTest::newRow("at the end, and still sending")
            << "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get("/a").repeated(100);
        QTest::newRow("refused behind") << get("/large") + "nonsense\r\n\r\n";
    }

    void readerThatTakesNothing_isReset()
    {
        QFETCH(const QByteArray, sent);
        const auto line = connect();
        line->send(sent);
        settle();
        line->connection->tick(m_start);
        line->connection->tick(m_start + 9'900ms);
        QVERIFY(!line->over);
        line->connection->tick(m_start + 10s);
        QVERIFY(line->over);
        QCOMPARE(m_budgets->slowReaders.load(), 1);
        QCOMPARE(m_budgets->unsent.held(), 0);
    }

    void readerThatTakesEnough_stays_howeverLongItTakes()
    {
        m_limits.idleTimeout = 9s;
        const auto line = connect();
        line->send(get("/large"));
        settle();
        auto now = m_start;
        while (line->received.size() < large - 1024 * 1024) { // until then some of it waits
            line->connection->tick(now);
            QVERIFY(!line->over);
            line->read(100'000); // ten times the least
            settle();
            now += 10s;
        }
        QVERIFY(answerOf(*line));
    }

    void readerThatTakesLessThanTheFloor_isReset()
    {
        m_limits.idleTimeout = 24h;
        const auto line = connect();
        line->send(get("/large"));
        settle();
        line->connection->tick(m_start);
        line->read(100'000);
        settle();
        line->connection->tick(m_start + 10s);
        QVERIFY(!line->over);
        line->read(100'000);
        settle();
        m_limits.slowest.bytesPerSecond = 100'000;
        line->connection->tick(m_start + 20s);
        QVERIFY(line->over);
    }

    /// What such a client gets into the server is a head's worth, and the loop sleeps.
    void sendingWithoutEnd_whileAnAnswerIsAwaited_isNotTakenIn()
    {
        const QByteArray part(1024, 'x');
        const auto sendAll = [&](Line& line) {
            qsizetype sent = 0;
            for (int idle = 0; idle < 3;) {
                const qsizetype taken = line.send(part.repeated(64));
                sent += taken;
                idle = taken == 0 ? idle + 1 : 0;
                settle();
            }
            return sent;
        };
        const auto unread = connect();
        unread->connection.reset(); // of a pair whose other end is gone nothing is taken: so one of its own
        std::array<int, 2> ends{-1, -1};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        ::close(std::exchange(unread->peer, ends[1]));
        const qsizetype inTheKernel = sendAll(*unread);
        const auto line = connect();
        line->send(get("/later"));
        settle();
        QCOMPARE(m_clerk->waiting.size(), 1);
        const qsizetype sent = sendAll(*line);
        QVERIFY2(sent <= inTheKernel + m_limits.headerBytes + 64 * part.size(),
                 QByteArray::number(sent - inTheKernel).constData());
        const int turns = turnsWhileNothingHappens();
        QVERIFY2(turns < 20, QByteArray::number(turns).constData());
        ::close(ends[0]);
    }

    /// A descriptor that is readable for ever, since nothing follows, must not be looked at for ever.
    void halfClosedConnection_costsNothing_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("how"); ///< as shutdown(2) has it
        for (const auto& [name, how] :
             {std::pair("half", int(SHUT_WR)), std::pair("wholly", int(SHUT_RDWR))}) {
            const auto row = [&, name = name, how = how](const char* what, const QByteArray& sent) {
                QTest::addRow("%s closed %s", name, what) << sent << how;
            };
            row("while an answer is awaited", get("/later"));
            row("while an answer is read", get("/large"));
            row("with another behind", get("/large") + get("/later"));
            row("while the last answer is read",
                "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba);
            row("before an upgrade", get("/large") + get("/ws"));
            row("with half a request behind", get("/large") + "GET /a HT");
            row("in the midst of a body", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"_ba);
            row("after a refusal", "nonsense\r\n\r\n"_ba);
            row("with junk behind a request that waits", get("/later") + QByteArray(9'000, 'x'));
        }
    }

    void halfClosedConnection_costsNothing()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, how);
        const auto line = connect();
        line->send(sent);
        settle();
        ::shutdown(line->peer, how);
        settle();
        const int turns = turnsWhileNothingHappens();
        QVERIFY2(turns < 20, QByteArray::number(turns).constData());
        line->connection->tick(m_start);
        line->connection->tick(m_start + m_limits.idleTimeout + 20s);
        line->connection->tick(m_start + 2 * m_limits.idleTimeout + 40s);
        QVERIFY(line->over || !m_clerk->waiting.isEmpty());
    }

    void goneClient_isKnownToWhoStillAnswersIt()
    {
        const auto line = connect();
        line->send(get("/later"));
        settle();
        const std::shared_ptr<const Presence> client = m_clerk->requests.first().client;
        QVERIFY(!client->isOver());
        ::shutdown(line->peer, SHUT_WR);
        settle();
        QVERIFY(client->isOver());
        m_clerk->waiting.takeFirst()(Response{200, {}, "all the same"});
        const auto response = answerOf(*line);
        QVERIFY(response);
        QCOMPARE(response->body, "all the same"_ba);
        settle();
        QVERIFY(line->over);
    }

    /// Its time begins when it is looked at.
    void halfARequest_behindAnAnswerThatDrains_isAnsweredWhenItIsWhole_data()
    {
        QTest::addColumn<bool>("comes");
        QTest::newRow("it comes") << true;
        QTest::newRow("it never comes") << false;
    }

    void halfARequest_behindAnAnswerThatDrains_isAnsweredWhenItIsWhole()
    {
        QFETCH(const bool, comes);
        m_limits.slowest.window = 1h;
        const auto line = connect();
        line->send(get("/large") + "POST /b HTTP/1.1\r\nHost: h\r\nContent-Le");
        settle();
        line->connection->tick(m_start);
        line->connection->tick(m_start + m_limits.requestTimeout + 1s);
        QVERIFY(!line->over);
        QCOMPARE(answerOf(*line)->body.size(), large);
        settle();
        line->connection->tick(Connection::Clock::now());
        if (comes) {
            line->send("ngth: 3\r\n\r\nabc");
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->body, "/b 3"_ba);
        } else {
            line->connection->tick(Connection::Clock::now() + m_limits.requestTimeout);
            const auto response = answerOf(*line);
            QVERIFY(response);
            QCOMPARE(response->status, 408);
        }
    }

    void whatDoesNotArriveInTime_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("status"); ///< 0 for none
        QTest::newRow("nothing") << ""_ba << 0;
        QTest::newRow("empty lines") << "\r\n\r\n\r"_ba << 0;
        QTest::newRow("half a head") << "GET /"_ba << 408;
        QTest::newRow("half a body") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"_ba
                                     << 408;
    }

    void whatDoesNotArriveInTime()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, status);
        m_limits.requestTimeout = 5s;
        m_limits.idleTimeout = 7s;
        const auto line = connect();
        line->send(sent);
        settle();
        const auto most = status == 0 ? m_limits.idleTimeout : m_limits.requestTimeout;
        line->connection->tick(m_start + most - 1ms);
        settle();
        line->read();
        QVERIFY(!line->over && line->received.isEmpty());
        line->connection->tick(Connection::Clock::now() + most);
        settle();
        line->read();
        const auto response = line->take();
        QCOMPARE(response ? response->status : 0, status);
        QVERIFY(line->isToldTheEnd);
        QCOMPARE(line->over, status == 0); // with an answer it waits for the client to go
        ::shutdown(line->peer, SHUT_WR);
        QTRY_VERIFY(line->over);
    }

    void unfinishedBodies_pastTheirBudget_theSlowestIs408_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("announced") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n"_ba;
        QTest::newRow("chunked")
            << "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n989680\r\n"_ba;
    }

    void unfinishedBodies_pastTheirBudget_theSlowestIs408()
    {
        QFETCH(const QByteArray, head);
        constexpr qsizetype budget = 8LL * 1024 * 1024;
        m_budgets = std::make_unique<Budgets>(budget, budget);
        const QByteArray part(64 * 1024, 'x');
        const auto small = connect();
        small->send(head + part.first(60'000));
        settle();
        std::vector<std::unique_ptr<Line>> stalled;
        for (int i = 0; i < 8; ++i) {
            stalled.push_back(connect());
            stalled.back()->send(head + part);
            settle();
            stalled.back()->send(part);
            settle();
        }
        const auto quick = connect();
        quick->send(head);
        qsizetype sent = 0;
        while (sent < 10'000'000) {
            const qsizetype taken = quick->send(part.first(std::min(part.size(), 10'000'000 - sent)));
            sent += taken;
            settle();
            // Alone it may have more than the budget: else nobody could ever send that much.
            QVERIFY(m_budgets->bodies.held() <= budget + 8LL * 1024 * 1024 + part.size());
        }
        quick->send("\r\n0\r\n\r\n");
        const auto response = answerOf(*quick);
        QVERIFY(response);
        QCOMPARE(response->body, "/a 10000000"_ba);
        QCOMPARE(m_budgets->bodies.ended(), 8);
        for (const auto& line : stalled) {
            const auto refused = answerOf(*line);
            QVERIFY(refused);
            QCOMPARE(refused->status, 408);
        }
        small->read();
        QVERIFY(small->received.isEmpty() && !small->over);
        QCOMPARE(m_budgets->bodies.held(), 0);
    }

    void unreadAnswers_pastTheirBudget_theOldestIsReset()
    {
        m_budgets = std::make_unique<Budgets>(3 * large, 1024);
        std::vector<std::unique_ptr<Line>> lines;
        for (int i = 0; i < 6; ++i) {
            lines.push_back(connect());
            lines.back()->send(get("/large"));
            settle();
            QVERIFY(m_budgets->unsent.held() <= 3 * large);
        }
        QVERIFY(m_budgets->unsent.ended() >= 3);
        QVERIFY(lines[0]->over && !lines[5]->over);
        QCOMPARE(answerOf(*lines[5])->body.size(), large);
    }

    void oneAnswerAlone_mayBeLargerThanTheBudget()
    {
        m_budgets = std::make_unique<Budgets>(1024, 1024);
        const auto line = connect();
        line->send(get("/large"));
        settle();
        QCOMPARE(answerOf(*line)->body.size(), large);
        QCOMPARE(m_budgets->unsent.held(), 0);
    }

    /// Else it would be kept until its time is over.
    void whatStandsAroundChunks_hasItsLimit_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("an extension") << "1;x="_ba;
        QTest::newRow("an extension of the last") << "1\r\na\r\n0;x="_ba;
        QTest::newRow("a trailer") << "1\r\na\r\n0\r\nX: "_ba;
    }

    void whatStandsAroundChunks_hasItsLimit()
    {
        QFETCH(const QByteArray, begin);
        const auto line = connect();
        line->send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + begin);
        const QByteArray part(16 * 1024, 'x');
        qsizetype sent = 0;
        while (line->received.isEmpty() && sent < 1024 * 1024) {
            sent += line->send(part);
            settle();
            line->read();
        }
        const auto response = answerOf(*line);
        QVERIFY(response);
        QVERIFY2(response->status == 431 || response->status == 400, response->summary().constData());
        QVERIFY2(sent <= 256 * 1024, QByteArray::number(sent).constData());
    }

    void lastAnswer_toWhoIsStillSending_arrivesBeforeTheEnd_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        QTest::newRow("too long a body")
            << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n"_ba << 413;
        QTest::newRow("too long a head") << "GET /a HTTP/1.1\r\nX: "_ba + QByteArray(9'000, 'x') << 431;
        QTest::newRow("nonsense") << "nonsense\r\n\r\n"_ba << 400;
        QTest::newRow("more behind the last request")
            << "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"_ba << 200;
    }

    void lastAnswer_toWhoIsStillSending_arrivesBeforeTheEnd()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        const auto line = connect();
        line->send(head);
        const QByteArray part(64 * 1024, 'x');
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(line->send(part.first(32 * 1024)), 32 * 1024);
            settle();
        }
        line->read();
        const auto response = line->take();
        QVERIFY(response);
        QCOMPARE(response->status, status);
        QVERIFY(line->isToldTheEnd && !line->isReset);
        QVERIFY(!line->over);
        ::shutdown(line->peer, SHUT_WR);
        settle();
        QVERIFY(line->over);
    }

    void whoNeverStopsSending_isCutOffAtLast()
    {
        const auto line = connect();
        line->send("nonsense\r\n\r\n");
        const QByteArray part(64 * 1024, 'x');
        qsizetype sent = 0;
        for (int refusals = 0; refusals < 3 && sent < 64LL * 1024 * 1024;) {
            const qsizetype taken = line->send(part);
            sent += taken;
            refusals = taken == 0 ? refusals + 1 : 0;
            settle();
        }
        QVERIFY(line->over);
        QVERIFY2(sent < 20LL * 1024 * 1024, QByteArray::number(sent).constData());
    }

    void spare_isAnsweredOnce()
    {
        const auto line = connect(true);
        line->send(get("/a") + get("/b"));
        const auto response = answerOf(*line);
        QVERIFY(response);
        QCOMPARE(response->header("Connection"), "close"_ba);
        QCOMPARE(m_clerk->requests.size(), 1);
        QVERIFY(m_clerk->requests.first().isSpare);
        const auto silent = connect(true);
        silent->connection->tick(Connection::Clock::now() + 2s);
        QVERIFY(silent->over);
        const auto own = connect();
        own->send(get("/a"));
        QVERIFY(answerOf(*own)->header("Connection").isEmpty());
        QVERIFY(!m_clerk->requests.last().isSpare);
    }

    void drained_whatWasAskedIsAnswered()
    {
        const auto idle = connect();
        const auto reading = connect();
        reading->send(get("/large"));
        const auto waiting = connect();
        waiting->send(get("/later"));
        settle();
        for (const auto* line : {&idle, &reading, &waiting})
            (*line)->connection->drain();
        QVERIFY(idle->over && !reading->over && !waiting->over);
        QCOMPARE(answerOf(*reading)->body.size(), large);
        m_clerk->waiting.takeFirst()(Response{200, {}, "last"});
        const auto last = answerOf(*waiting);
        QVERIFY(last);
        QCOMPARE(last->header("Connection"), "close"_ba);
        for (const auto* line : {&reading, &waiting}) {
            ::shutdown((*line)->peer, SHUT_WR);
            settle();
            QVERIFY((*line)->over);
        }
    }

    void upgrade_isHandedOverBehindTheAnswers_withAllThatWasSent()
    {
        const auto line = connect();
        line->send(get("/large") + get("/ws") + "more");
        settle();
        QVERIFY(m_clerk->handedOver.empty());
        QCOMPARE(answerOf(*line)->body.size(), large);
        settle();
        QCOMPARE(m_clerk->handedOver.size(), std::size_t(1));
        QCOMPARE(m_clerk->handedOver.front().unread, get("/ws") + "more");
        QVERIFY(m_clerk->handedOver.front().descriptor.isOpen());
    }
};

namespace {

int runWithTheWorkersLoop(int argc, char* argv[])
{
    QCoreApplication::setEventDispatcher(new prism::io::EpollDispatcher);
    return prism::test::runTestsIn<QCoreApplication, ConnectionTest>(argc, argv);
}

} // namespace

PRISM_TEST_RUN(ConnectionTest, runWithTheWorkersLoop)
#include "tst_connection.moc"
