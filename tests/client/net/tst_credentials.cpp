#include "client/net/live_feed.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/web_socket_frame.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>
#include <QTest>

namespace tst_credentials {

using namespace prism;
using namespace std::chrono_literals;
using net::FeedState;
using protocol::ErrorCode;
using test::StubAnswer;
using test::StubRequest;
using test::StubServer;

namespace {

StubAnswer refusal(ErrorCode code, const QByteArray& headers = {})
{
    const protocol::Error error{code, QStringLiteral("No."), {}};
    return {protocol::httpStatus(code),
            protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now()), headers};
}

net::Options hasty()
{
    net::Options options;
    options.timing.firstRetry = 30ms;
    options.timing.longestRetry = 60ms;
    options.timing.pollInterval = 40ms;
    return options;
}

} // namespace

/// By which token the dashboard asks, and when it stops asking.
class TestCredentials : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<net::LiveFeed> m_feed;
    QByteArray m_good; ///< the token that the server takes; empty: any
    int m_asked = 0;

    [[nodiscard]] net::Call ask(std::optional<protocol::Result<protocol::EventPage>>& outcome)
    {
        return m_api->events({{}, 0}, 10, [&outcome](const auto& answer) { outcome = answer; });
    }

private slots:
    void init()
    {
        m_good.clear();
        m_asked = 0;
        m_server = std::make_unique<StubServer>();
        m_server->override = [this](const StubRequest& request) -> std::optional<StubAnswer> {
            ++m_asked;
            if (m_good.isEmpty() || request.headers.value("authorization") == "Bearer " + m_good)
                return std::nullopt;
            return refusal(ErrorCode::TokenInvalid);
        };
        m_api = std::make_unique<net::Api>(m_server->url(), hasty());
        m_feed = std::make_unique<net::LiveFeed>(*m_api, hasty());
    }

    void cleanup()
    {
        m_feed.reset();
        m_api.reset();
        m_server.reset();
    }

    void refused_asksNoMore_untilThereIsAnother()
    {
        m_good = "prism_a_1";
        m_api->credentials().setToken("prism_a_0");
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        net::Call call = ask(outcome);
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(outcome->error().code, ErrorCode::TokenInvalid);
        QVERIFY(m_api->credentials().refusal().has_value());
        outcome.reset();
        call = ask(outcome);
        QVERIFY(!outcome); // later, as always
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(outcome->error().code, ErrorCode::TokenInvalid);
        QCOMPARE(m_asked, 1);
        m_api->credentials().setToken(m_good);
        outcome.reset();
        call = ask(outcome);
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(outcome->has_value());
    }

    void lateTooMuch_isNotHeldAgainstAnother()
    {
        m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
            if (++m_asked > 1)
                return std::nullopt;
            StubAnswer late = refusal(ErrorCode::RateLimit, "Retry-After: 60\r\n");
            late.late = true;
            return late;
        };
        m_api->credentials().setToken("prism_a_0");
        std::optional<protocol::Result<protocol::EventPage>> earlier;
        const net::Call first = ask(earlier);
        QTRY_COMPARE(m_server->late(), 1);
        m_api->credentials().setToken("prism_a_1");
        m_server->sendLate();
        QTRY_VERIFY(earlier.has_value());
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        const net::Call call = ask(outcome);
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(outcome->has_value());
    }

    void tooMuch_isNotHeldAgainstAnother()
    {
        m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
            return ++m_asked == 1 ? std::optional(refusal(ErrorCode::RateLimit, "Retry-After: 60\r\n"))
                                  : std::nullopt;
        };
        m_api->credentials().setToken("prism_a_0");
        for (int i = 0; i < 2; ++i) {
            std::optional<protocol::Result<protocol::EventPage>> outcome;
            const net::Call call = ask(outcome);
            QTRY_VERIFY(outcome.has_value());
            QVERIFY(!outcome->has_value());
            QCOMPARE(outcome->error().code, ErrorCode::RateLimit);
            QCOMPARE(m_asked, 1);
        }
        m_api->credentials().setToken("prism_a_1");
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        const net::Call call = ask(outcome);
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(outcome->has_value());
    }

    void heldBack_withItsCallerGone_callsNobody()
    {
        m_api->credentials().refuse({}, {ErrorCode::NotAuthenticated, QStringLiteral("No."), {}});
        std::optional<protocol::Result<protocol::EventPage>> first;
        std::optional<protocol::Result<protocol::EventPage>> second;
        {
            const net::Call gone = ask(first);
        }
        const net::Call kept = ask(second);
        QTRY_VERIFY(second.has_value());
        QVERIFY(!first.has_value());
    }

    void whatWasSaidOfAnEarlierToken_isTooLate()
    {
        m_good = "prism_a_1";
        m_server->override = [](const StubRequest& request) -> std::optional<StubAnswer> {
            if (request.headers.value("authorization") == "Bearer prism_a_1")
                return std::nullopt;
            StubAnswer late = refusal(ErrorCode::TokenInvalid);
            late.late = true;
            return late;
        };
        m_api->credentials().setToken("prism_a_0");
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        const net::Call call = ask(outcome);
        QTRY_COMPARE(m_server->late(), 1);
        m_api->credentials().setToken(m_good);
        m_server->sendLate();
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(!m_api->credentials().refusal());
    }

    void forbidden_isNoSignOut()
    {
        m_server->override = [](const StubRequest&) { return refusal(ErrorCode::NotAllowed); };
        m_api->credentials().setToken("prism_a_0");
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        const net::Call call = ask(outcome);
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(outcome->error().code, ErrorCode::NotAllowed);
        QVERIFY(!m_api->credentials().refusal());
    }

    void retryAfter_isWaitedFor()
    {
        auto now = std::make_shared<std::chrono::milliseconds>(0);
        net::Options options = hasty();
        options.clock.elapsed = [now] { return *now; };
        m_feed.reset();
        m_api = std::make_unique<net::Api>(m_server->url(), options);
        m_server->override = [this](const StubRequest&) -> std::optional<StubAnswer> {
            return ++m_asked == 1 ? std::optional(refusal(ErrorCode::RateLimit, "Retry-After: 7\r\n"))
                                  : std::nullopt;
        };
        for (const auto& [after, asked, isRight] :
             {std::tuple(0ms, 1, false), std::tuple(6'999ms, 1, false), std::tuple(7'000ms, 2, true)}) {
            *now = after;
            std::optional<protocol::Result<protocol::EventPage>> outcome;
            const net::Call call = ask(outcome);
            QTRY_VERIFY(outcome.has_value());
            QCOMPARE(outcome->has_value(), isRight);
            QCOMPARE(m_asked, asked);
        }
    }

    void feed_signedOut_isStill()
    {
        m_server->publish();
        m_feed->start();
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
        m_good = "prism_a_1";
        m_server->acceptsSessions = false;
        m_server->closeSessions(protocol::close_code::notAllowed);
        QTRY_COMPARE(m_feed->state(), FeedState::SignedOut);
        const int asked = m_asked;
        const int attempts = m_server->attempts;
        m_feed->retryNow();
        QTest::qWait(500); // more than ten of its polls and retries
        QCOMPARE(m_asked, asked);
        QCOMPARE(m_server->attempts, attempts);
        QVERIFY(m_feed->refusal().has_value());
    }

    void feed_refusedWhileLive_isStill()
    {
        m_feed->start();
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
        m_good = "prism_a_1";
        std::optional<protocol::Result<protocol::EventPage>> outcome;
        const net::Call call = ask(outcome);
        QTRY_COMPARE(m_feed->state(), FeedState::SignedOut);
        const int asked = m_asked;
        const int attempts = m_server->attempts;
        QTest::qWait(500); // more than ten of its polls and retries
        QCOMPARE(m_asked, asked);
        QCOMPARE(m_server->attempts, attempts);
        QCOMPARE(m_feed->state(), FeedState::SignedOut);
    }

    void feed_signedInAgain_missesNothing()
    {
        m_server->publish();
        m_feed->start();
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
        QSignalSpy told(m_feed.get(), &net::LiveFeed::events);
        const auto seen = [&told] {
            QList<protocol::Seq> all;
            for (const QVariantList& each : std::as_const(told)) {
                const auto events = each.first().value<QList<protocol::Event>>();
                for (const protocol::Event& event : events)
                    all.append(event.seq);
            }
            return all;
        };
        QSignalSpy recovered(m_feed.get(), &net::LiveFeed::recovered);
        m_server->publish();
        QTRY_COMPARE(seen().size(), 1);
        m_good = "prism_a_1";
        m_server->closeSessions(protocol::close_code::notAllowed);
        QTRY_COMPARE(m_feed->state(), FeedState::SignedOut);
        m_server->publish();
        m_server->publish();
        m_api->credentials().setToken(m_good);
        QTRY_COMPARE(m_feed->state(), FeedState::Live);
        QCOMPARE(seen(), (QList<protocol::Seq>{2, 3, 4}));
        QCOMPARE(recovered.size(), 1);
        QVERIFY(recovered.first().first().value<net::Recovery>().complete);
    }
};

PRISM_TEST(TestCredentials)

} // namespace tst_credentials

#include "tst_credentials.moc"
