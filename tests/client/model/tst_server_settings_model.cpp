#include "client/model/server_settings_model.h"
#include "client/net/api.h"
#include "shared/protocol/envelope.h"
#include "tests/client/stub_server.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace tst_server_settings_model {

using namespace prism;
using model::ServerSettingsModel;
using protocol::ErrorCode;
using test::StubAnswer;
using test::StubRequest;
using State = model::ServerSettingsModel::State;

/// The server's settings, of a stub that has them, has none, or refuses.
class TestServerSettingsModel : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void notLookedAt_fetchesNothing();
    void settings_areRead();
    void serverWithoutThem_isMissing();
    void refusal_isRefused_data();
    void refusal_isRefused();
    void signedOut_keepsWhatWasKnown();
    void serverGone_keepsWhatWasKnown();
    void save_sendsWhatDiffersAlone();
    void save_ofNothing_sendsNothing();
    void refusedValue_isSaidOfItsSetting();
    void othersChange_isTakenOver();
    void unmute_deletesTheMute();

private:
    void load();

    std::unique_ptr<test::StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<ServerSettingsModel> m_model;
    QJsonObject m_settings;
    std::optional<protocol::Error> m_refusal;
    int m_refusalStatus = 400;
    QList<StubRequest> m_writes;
};

void TestServerSettingsModel::init()
{
    m_model.reset();
    m_api.reset();
    m_writes.clear();
    m_refusal.reset();
    m_settings = QJsonDocument::fromJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "alerts":{"performanceFactor":3,"usageDropShare":0.5},
        "mutes":[{"kind":"usage_drop","until":"2026-11-26T18:00:00.000Z"}]})")
                     .object();
    m_server = std::make_unique<test::StubServer>();
    m_server->override = [this](const StubRequest& request) -> std::optional<StubAnswer> {
        if (request.method != "GET")
            m_writes.append(request);
        if (m_refusal)
            return StubAnswer{m_refusalStatus,
                              protocol::failureEnvelope(*m_refusal, QStringLiteral("1"), protocol::now())};
        if (request.method == "PUT") {
            const QJsonObject changes = QJsonDocument::fromJson(request.body).object();
            for (auto change = changes.begin(); change != changes.end(); ++change)
                m_settings.insert(change.key(), change.value());
        }
        return StubAnswer{200, protocol::successEnvelope(m_settings, QStringLiteral("1"), protocol::now())};
    };
    m_api = std::make_unique<net::Api>(m_server->url(), net::Options());
    m_model = std::make_unique<ServerSettingsModel>(*m_api);
}

void TestServerSettingsModel::load()
{
    m_model->setActive(true);
    QTRY_COMPARE(m_model->state(), State::Ready);
}

void TestServerSettingsModel::notLookedAt_fetchesNothing()
{
    m_model->refresh();
    QCOMPARE(m_model->state(), State::Unknown);
    m_model->setActive(true);
    QCOMPARE(m_model->state(), State::Loading);
    QTRY_COMPARE(m_model->state(), State::Ready);
    QCOMPARE(m_server->requests(QStringLiteral("/api/v1/settings")), 1);
}

void TestServerSettingsModel::settings_areRead()
{
    load();
    const protocol::Settings& settings = *m_model->settings();
    QCOMPARE(settings.checkLevel, protocol::CheckLevel::Standard);
    QCOMPARE(settings.checkTimeout, std::chrono::milliseconds(1000));
    QCOMPARE(settings.retentionDays, 0);
    QCOMPARE(settings.alerts.performanceFactor, 3);
    QCOMPARE(settings.mutes.size(), 1);
    QCOMPARE(settings.mutes[0].kind, protocol::AlertKind::UsageDrop);
}

void TestServerSettingsModel::serverWithoutThem_isMissing()
{
    m_server->override = {};
    m_model->setActive(true);
    QTRY_COMPARE(m_model->state(), State::Missing);
    QVERIFY(!m_model->settings());
}

void TestServerSettingsModel::refusal_isRefused_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<State>("state");
    QTest::newRow("not allowed") << ErrorCode::NotAllowed << State::Refused;
    QTest::newRow("not authenticated") << ErrorCode::NotAuthenticated << State::SignedOut;
    QTest::newRow("token invalid") << ErrorCode::TokenInvalid << State::SignedOut;
}

void TestServerSettingsModel::refusal_isRefused()
{
    QFETCH(ErrorCode, code);
    QFETCH(State, state);
    m_refusal = protocol::Error{code, QStringLiteral("No."), {}};
    m_refusalStatus = protocol::httpStatus(code);
    m_model->setActive(true);
    QTRY_COMPARE(m_model->state(), state);
}

void TestServerSettingsModel::signedOut_keepsWhatWasKnown()
{
    load();
    m_refusal = protocol::Error{ErrorCode::TokenInvalid, QStringLiteral("No."), {}};
    m_refusalStatus = protocol::httpStatus(ErrorCode::TokenInvalid);
    m_model->refresh();
    QTRY_COMPARE(m_model->state(), State::SignedOut);
    QCOMPARE(m_model->settings()->checkTimeout, std::chrono::milliseconds(1000));
}

void TestServerSettingsModel::serverGone_keepsWhatWasKnown()
{
    load();
    m_server->goAway();
    m_model->refresh();
    QTRY_COMPARE(m_model->state(), State::Failed);
    QCOMPARE(m_model->settings()->checkTimeout, std::chrono::milliseconds(1000));
    QVERIFY(m_server->listenAgain());
    m_model->refresh();
    QTRY_COMPARE(m_model->state(), State::Ready);
}

void TestServerSettingsModel::save_sendsWhatDiffersAlone()
{
    load();
    protocol::Settings wanted = *m_model->settings();
    wanted.checkLevel = protocol::CheckLevel::Strict;
    wanted.alerts.performanceFactor = 4;
    QSignalSpy saved(m_model.get(), &ServerSettingsModel::saved);
    m_model->save(wanted);
    QVERIFY(m_model->isSaving());
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY(!m_model->isSaving());
    QCOMPARE(m_writes.size(), 1);
    QCOMPARE(m_writes[0].method, QByteArray("PUT"));
    QVERIFY(!m_writes[0].headers.value("idempotency-key").isEmpty());
    QCOMPARE(QJsonDocument::fromJson(m_writes[0].body).object(),
             QJsonDocument::fromJson(R"({"checkLevel":"strict","alerts":{"performanceFactor":4}})").object());
    QCOMPARE(m_model->settings()->checkLevel, protocol::CheckLevel::Strict);
}

void TestServerSettingsModel::save_ofNothing_sendsNothing()
{
    load();
    m_model->save(*m_model->settings());
    QVERIFY(!m_model->isSaving());
    QCOMPARE(m_writes.size(), 0);
}

void TestServerSettingsModel::refusedValue_isSaidOfItsSetting()
{
    load();
    m_refusal = protocol::Error{ErrorCode::Validation,
                                QStringLiteral("Not valid."),
                                {QStringLiteral("alerts.performanceFactor: must be from 1 to 1000")}};
    protocol::Settings wanted = *m_model->settings();
    wanted.alerts.performanceFactor = 5000;
    m_model->save(wanted);
    QTRY_VERIFY(m_model->error());
    QCOMPARE(m_model->problemOf(QStringLiteral("alerts.performanceFactor")),
             QStringLiteral("must be from 1 to 1000"));
    QVERIFY(m_model->problemOf(QStringLiteral("checkLevel")).isEmpty());
    QCOMPARE(m_model->state(), State::Ready);
    QCOMPARE(m_model->settings()->alerts.performanceFactor, 3);
}

void TestServerSettingsModel::othersChange_isTakenOver()
{
    load();
    m_settings.insert(QStringLiteral("retentionDays"), 90);
    protocol::Event event;
    event.type = QStringLiteral("settings:updated");
    event.data = {{QStringLiteral("settings"), m_settings},
                  {QStringLiteral("timestamp"), protocol::toIso(protocol::now())}};
    m_model->noteEvents({event});
    QCOMPARE(m_model->settings()->retentionDays, 90);
}

void TestServerSettingsModel::unmute_deletesTheMute()
{
    load();
    m_settings.remove(QStringLiteral("mutes"));
    m_model->unmute(protocol::AlertKind::UsageDrop);
    QTRY_VERIFY(m_model->settings()->mutes.isEmpty());
    QCOMPARE(m_writes.size(), 1);
    QCOMPARE(m_writes[0].method, QByteArray("DELETE"));
    QCOMPARE(m_writes[0].path, QStringLiteral("/api/v1/alerts/mutes/usage_drop"));
}

PRISM_TEST(TestServerSettingsModel)

} // namespace tst_server_settings_model

#include "tst_server_settings_model.moc"
