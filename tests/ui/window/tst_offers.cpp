#include "client/model/offers.h"
#include "client/ui/window/page.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/sign_in_test.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

namespace tst_offers {

using namespace prism;
using namespace Qt::StringLiterals;
using model::Offer;
using net::FeedState;

/// What a role may not do is not offered.
class TestOffers : public test::SignInTest
{
    Q_OBJECT

private slots:
    void init() { openServer(); }
    void cleanup() { closeServer(); }

    void offers_askForWhatTheServerAsks_data();
    void offers_askForWhatTheServerAsks();
    void window_offersWhatTheRoleMay_data();
    void window_offersWhatTheRoleMay();
    void window_offersWhatIsOfItsProjects();
    void keys_doNothingElse();

private:
    void signInAs(const QString& role)
    {
        openWindow(made(role));
        QTRY_COMPARE(m_workspace->feed().state(), FeedState::Live);
        QTRY_VERIFY(m_workspace->access().self().has_value());
    }
    bool isOffered(const char* button) const { return !find<QWidget>(button)->isHidden(); }
    QByteArray bearer() const { return "Bearer " + m_admin; }
};

void TestOffers::offers_askForWhatTheServerAsks_data()
{
    QTest::addColumn<int>("offer");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("method");
    const auto row = [](Offer offer, const QString& path, const QString& method) {
        QTest::newRow(qPrintable(method + u' ' + path)) << int(offer) << path << method;
    };
    row(Offer::Read, u"/api/v1/analytics/dashboard"_s, u"get"_s);
    row(Offer::Read, u"/api/v1/events"_s, u"get"_s);
    row(Offer::Read, u"/ws"_s, u"get"_s);
    row(Offer::Read, u"/api/v1/settings"_s, u"get"_s);
    row(Offer::WriteRecords, u"/api/v1/analytics/records"_s, u"post"_s);
    row(Offer::WriteRecords, u"/api/v1/analytics/records/{id}"_s, u"put"_s);
    row(Offer::WriteRecords, u"/api/v1/analytics/records/{id}"_s, u"delete"_s);
    row(Offer::MarkViolations, u"/api/v1/gateway/checks/{id}/violations/{n}"_s, u"patch"_s);
    row(Offer::AcknowledgeAlerts, u"/api/v1/analytics/anomalies/{id}/ack"_s, u"post"_s);
    row(Offer::UnmuteAlerts, u"/api/v1/alerts/mutes/{kind}"_s, u"delete"_s);
    row(Offer::ChangeSettings, u"/api/v1/settings"_s, u"put"_s);
    row(Offer::Administer, u"/api/v1/auth/tokens"_s, u"get"_s);
    row(Offer::Administer, u"/api/v1/auth/tokens"_s, u"post"_s);
    row(Offer::Administer, u"/api/v1/auth/tokens/{id}"_s, u"delete"_s);
    row(Offer::Administer, u"/api/v1/auth/tokens/{id}/rotate"_s, u"post"_s);
    row(Offer::Administer, u"/api/v1/auth/pairings"_s, u"get"_s);
    row(Offer::Administer, u"/api/v1/auth/pairings/approve"_s, u"post"_s);
    row(Offer::Administer, u"/api/v1/audit"_s, u"get"_s);
    row(Offer::Administer, u"/api/v1/audit/export"_s, u"get"_s);
}

void TestOffers::offers_askForWhatTheServerAsks()
{
    QFETCH(const int, offer);
    QFETCH(const QString, path);
    QFETCH(const QString, method);
    const QJsonObject described =
        m_client->get("/api/v1/openapi.json", {{"Authorization", bearer()}}).json()[u"paths"_s].toObject();
    QCOMPARE(QString(protocol::nameOf(protocol::roleNames, model::roleFor(Offer(offer)))),
             described[path][method][u"x-role"_s].toString());
    QCOMPARE(model::isOfProjects(Offer(offer)), described[path][method][u"x-limited"_s].toBool());
}

void TestOffers::window_offersWhatTheRoleMay_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("mayWrite");
    QTest::addColumn<bool>("maySet");
    QTest::newRow("viewer") << u"viewer"_s << false << false;
    QTest::newRow("editor") << u"editor"_s << true << false;
    QTest::newRow("admin") << u"admin"_s << true << true;
}

void TestOffers::window_offersWhatTheRoleMay()
{
    QFETCH(const QString, role);
    QFETCH(const bool, mayWrite);
    QFETCH(const bool, maySet);
    QCOMPARE(m_client
                 ->put("/api/v1/alerts/mutes/usage_drop",
                       test::parseJson(R"({"until": "2036-01-01T00:00:00Z"})"), {{"Authorization", bearer()}})
                 .status,
             200);
    signInAs(role);
    for (const char* button :
         {"record-new", "record-edit", "record-remove", "record-save", "activity-mark", "alerts-acknowledge"})
        QVERIFY2(isOffered(button) == mayWrite, button);
    QVERIFY(isOffered("record-run"));
    m_window->setPage(ui::Page::Records);
    QTRY_COMPARE(said("records-why").isEmpty(), mayWrite);

    m_window->setPage(ui::Page::Settings);
    QTRY_VERIFY(find<QDoubleSpinBox>("retentionDays")->isVisible());
    QTRY_VERIFY(find<QPushButton>("unmute-usage_drop"));
    QCOMPARE(isOffered("unmute-usage_drop"), mayWrite);
    QCOMPARE(isOffered("server-settings-save"), maySet);
    QCOMPARE(find<QDoubleSpinBox>("retentionDays")->isReadOnly(), !maySet);
    QCOMPARE(find<QComboBox>("check-level")->isEnabled(), maySet);
    QCOMPARE(said("server-settings-why").isEmpty(), maySet);
}

void TestOffers::window_offersWhatIsOfItsProjects()
{
    const QJsonObject limited{
        {u"name"_s, u"web's wall"_s}, {u"role"_s, u"editor"_s}, {u"projects"_s, QJsonArray{u"web"_s}}};
    const QJsonValue made =
        m_client->post("/api/v1/auth/tokens", limited, {{"Authorization", bearer()}}).data();
    openWindow(made[u"token"_s].toString().toLatin1());
    QTRY_COMPARE(m_workspace->feed().state(), FeedState::Live);
    QTRY_VERIFY(m_workspace->access().isLimited());
    for (const char* button : {"activity-mark", "alerts-acknowledge"})
        QVERIFY2(isOffered(button), button);
    for (const char* button : {"record-new", "record-edit", "record-remove", "record-save"})
        QVERIFY2(!isOffered(button), button);
    m_window->setPage(ui::Page::Records);
    QTRY_VERIFY(said("records-why").contains(u"limited to projects"_s));
    const QByteArray check = R"({"status": "PASS", "project": "PROJECT"})";
    for (const char* project : {"api", "web", "api"})
        QCOMPARE(m_client
                     ->post("/api/v1/gateway/checks", QByteArray(check).replace("PROJECT", project),
                            {{"Authorization", bearer()}})
                     .status,
                 201);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    QCOMPARE(m_workspace->feed().state(), FeedState::Live);
}

void TestOffers::keys_doNothingElse()
{
    QCOMPARE(m_client
                 ->post("/api/v1/analytics/records", test::parseJson(R"({"type": "custom", "name": "Ours"})"),
                        {{"Authorization", bearer()}})
                 .status,
             201);
    signInAs(u"viewer"_s);
    m_window->setPage(ui::Page::Records);
    auto* table = find<QTableView>("records");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(m_workspace->recordEditor().state(), model::RecordEditor::State::Closed);
    QTest::keyClick(table, Qt::Key_Return); // which would edit
    QCOMPARE(m_workspace->recordEditor().state(), model::RecordEditor::State::Closed);
    QTRY_VERIFY(m_workspace->recordRun().result().has_value());
    QCOMPARE(table->model()->rowCount(), 1);
}

PRISM_WIDGET_TEST(TestOffers)

} // namespace tst_offers

#include "tst_offers.moc"
