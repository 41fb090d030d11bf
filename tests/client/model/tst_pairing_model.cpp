#include "client/model/pairing.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

namespace tst_pairing_model {

using namespace prism;
using namespace std::chrono_literals;
using model::Access;
using model::Pairing;
using protocol::ErrorCode;
using test::StubAnswer;
using test::StubRequest;
using State = model::Pairing::State;

/// What becomes of a code when the server, the network or the time have other plans.
class TestPairingModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void code_isAskedFor_andPolled();
    void code_runsOut();
    void serversTime_runsOutFirst();
    void unknownCode_isLost();
    void noCode_isSaid_data();
    void noCode_isSaid();
    void incompleteAnswer_isNotUnderstood();
    void serverAway_isWaitedFor();
    void tooManyPolls_areNoTrouble();
    void tokenIsTold_andTheServerGone_isNotLost();
    void signedOutMeanwhile_triesNoFurther();
    void refusedToken_stopsNoPairing();

private:
    static QJsonObject begun(const QString& code, std::chrono::milliseconds life)
    {
        const protocol::Timestamp now = protocol::now() + 37h; // whatever the server's clock says
        return {{QStringLiteral("id"), QStringLiteral("a/b")},
                {QStringLiteral("code"), code},
                {QStringLiteral("pollSecret"), QStringLiteral("s")},
                {QStringLiteral("createdAt"), protocol::toIso(now)},
                {QStringLiteral("expiresAt"), protocol::toIso(now + life)}};
    }
    static StubAnswer success(const QJsonObject& data)
    {
        return {200, protocol::successEnvelope(data, QStringLiteral("1"), protocol::now())};
    }
    static StubAnswer refusal(ErrorCode code)
    {
        return {protocol::httpStatus(code), protocol::failureEnvelope({code, QStringLiteral("No."), {}},
                                                                      QStringLiteral("1"), protocol::now())};
    }
    void ask()
    {
        m_pairing->ask(QStringLiteral("ana"));
        QVERIFY(m_pairing->isAsking());
        QTRY_VERIFY(!m_pairing->isAsking());
    }

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<Access> m_access;
    std::unique_ptr<Pairing> m_pairing;
    std::chrono::milliseconds m_elapsed{0};
    StubAnswer m_begins, m_collects, m_self;
    int m_polls = 0;
    QByteArray m_lastPoll;
};

void TestPairingModel::init()
{
    m_polls = 0;
    m_elapsed = 0ms;
    m_begins = success(begun(QStringLiteral("123456"), 10min));
    m_collects = success({{QStringLiteral("waiting"), true}});
    m_self = success({{QStringLiteral("role"), QStringLiteral("viewer")},
                      {QStringLiteral("name"), QStringLiteral("ana")}});
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.path.endsWith(QStringLiteral("/pairings")))
            return m_begins;
        if (request.path.endsWith(QStringLiteral("/self")))
            return m_self;
        if (!request.path.endsWith(QStringLiteral("/collect")))
            return std::nullopt;
        ++m_polls;
        m_lastPoll = request.body;
        return m_collects;
    };
    net::Options options;
    options.timing.pairingPoll = 10ms;
    options.clock.elapsed = [this] { return m_elapsed; };
    m_api = std::make_unique<net::Api>(m_server->url(), options);
    m_access = std::make_unique<Access>(*m_api, options);
    m_pairing = std::make_unique<Pairing>(*m_api, *m_access, options);
}

void TestPairingModel::cleanup()
{
    m_pairing.reset();
    m_access.reset();
    m_api.reset();
    m_server.reset();
}

void TestPairingModel::code_isAskedFor_andPolled()
{
    QCOMPARE(m_pairing->state(), State::Idle);
    ask();
    QCOMPARE(m_pairing->state(), State::Waiting);
    QCOMPARE(m_pairing->code(), QStringLiteral("123456"));
    QCOMPARE(m_pairing->left(), 10min);
    QTRY_VERIFY(m_polls > 2);
    QCOMPARE(QJsonDocument::fromJson(m_lastPoll).object().value(QLatin1String("pollSecret")).toString(),
             QStringLiteral("s"));
    m_elapsed = 9min;
    QCOMPARE(m_pairing->left(), 1min);
    const QSignalSpy signedIn(m_access.get(), &Access::signedIn);
    m_collects = success({{QStringLiteral("token"), QStringLiteral("prism_a_b")}});
    QTRY_COMPARE(signedIn.size(), 1);
    QCOMPARE(m_api->credentials().token(), "prism_a_b");
    QCOMPARE(m_pairing->state(), State::Idle);
    const int polls = m_polls;
    QTest::qWait(50);
    QCOMPARE(m_polls, polls);
}

void TestPairingModel::code_runsOut()
{
    ask();
    m_elapsed = 10min;
    QTRY_COMPARE(m_pairing->state(), State::Expired);
    QCOMPARE(m_pairing->code(), QString());
    const int polls = m_polls;
    QTest::qWait(50);
    QCOMPARE(m_polls, polls);
    m_begins = success(begun(QStringLiteral("654321"), 10min));
    ask();
    QCOMPARE(m_pairing->code(), QStringLiteral("654321"));
}

void TestPairingModel::serversTime_runsOutFirst()
{
    ask();
    m_elapsed = 10min - 2s;
    m_collects = refusal(ErrorCode::NotFound);
    QTRY_COMPARE(m_pairing->state(), State::Expired);
}

void TestPairingModel::unknownCode_isLost()
{
    ask();
    m_collects = refusal(ErrorCode::NotFound);
    QTRY_COMPARE(m_pairing->state(), State::Lost);
}

void TestPairingModel::noCode_isSaid_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("too many wait") << ErrorCode::Quota;
    QTest::newRow("too fast") << ErrorCode::RateLimit;
    QTest::newRow("an older server") << ErrorCode::NotFound;
    QTest::newRow("a failure") << ErrorCode::Internal;
}

void TestPairingModel::noCode_isSaid()
{
    QFETCH(const ErrorCode, code);
    ask();
    const StubAnswer good = m_begins;
    m_begins = refusal(code);
    ask();
    QCOMPARE(m_pairing->error()->code, code);
    QCOMPARE(m_pairing->code(), QStringLiteral("123456")); // the one before is as good as it was
    const int polls = m_polls;
    QTRY_VERIFY(m_polls > polls);
    m_begins = good;
    ask();
    QVERIFY(!m_pairing->error());
}

void TestPairingModel::incompleteAnswer_isNotUnderstood()
{
    QJsonObject half = begun(QStringLiteral("123456"), 10min);
    half.remove(QStringLiteral("pollSecret"));
    m_begins = success(half);
    ask();
    QCOMPARE(m_pairing->error()->code, ErrorCode::NotJson);
    QCOMPARE(m_pairing->state(), State::Idle);
}

void TestPairingModel::serverAway_isWaitedFor()
{
    ask();
    m_server->goAway();
    QTRY_VERIFY(m_pairing->isAway());
    QCOMPARE(m_pairing->code(), QStringLiteral("123456"));
    QVERIFY(m_server->listenAgain());
    QTRY_VERIFY(!m_pairing->isAway());
    QCOMPARE(m_pairing->state(), State::Waiting);
}

void TestPairingModel::tooManyPolls_areNoTrouble()
{
    ask();
    m_collects = refusal(ErrorCode::RateLimit);
    const int polls = m_polls;
    QTRY_VERIFY(m_polls > polls + 3);
    QVERIFY(!m_pairing->isAway());
    QCOMPARE(m_pairing->state(), State::Waiting);
}

void TestPairingModel::tokenIsTold_andTheServerGone_isNotLost()
{
    ask();
    m_self.silent = true;
    m_collects = success({{QStringLiteral("token"), QStringLiteral("prism_a_b")}});
    QTRY_COMPARE(m_pairing->state(), State::LetIn);
    m_collects = refusal(ErrorCode::NotFound); // it is told once
    m_server->goAway();
    QTRY_VERIFY(m_pairing->isAway());
    QCOMPARE(m_pairing->state(), State::LetIn);
    m_self.silent = false;
    QVERIFY(m_server->listenAgain());
    QTRY_COMPARE(m_api->credentials().token(), "prism_a_b");
    QCOMPARE(m_pairing->state(), State::Idle);
}

void TestPairingModel::signedOutMeanwhile_triesNoFurther()
{
    ask();
    m_self.silent = true;
    m_collects = success({{QStringLiteral("token"), QStringLiteral("prism_a_b")}});
    QTRY_COMPARE(m_pairing->state(), State::LetIn);
    m_access->signOut();
    QCOMPARE(m_pairing->state(), State::Idle);
    QVERIFY(m_api->credentials().token().isEmpty());
}

void TestPairingModel::refusedToken_stopsNoPairing()
{
    m_api->credentials().setToken("prism_a_0");
    m_api->credentials().refuse("Bearer prism_a_0", {ErrorCode::TokenInvalid, QStringLiteral("No."), {}});
    ask();
    m_access->signIn("nonsense");
    QCOMPARE(m_pairing->state(), State::Waiting);
    m_collects = success({{QStringLiteral("token"), QStringLiteral("prism_a_b")}});
    QTRY_COMPARE(m_api->credentials().token(), "prism_a_b");
}

PRISM_TEST(TestPairingModel)

} // namespace tst_pairing_model

#include "tst_pairing_model.moc"
