#include "client/ui/administration/audit_panel.h"
#include "client/ui/settings/section_bar.h"
#include "client/ui/settings/settings_page.h"
#include "client/ui/window/page.h"
#include "shared/protocol/token_text.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/sign_in_test.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

namespace tst_administration {

using namespace prism;
using namespace Qt::StringLiterals;
using net::FeedState;

/// What admins do with tokens, with who waits to be let in, and with what was done, at a real server; and
/// that nobody else is offered it.
class TestAdministration : public test::SignInTest
{
    Q_OBJECT

private slots:
    void init() { openServer(); }
    void cleanup() { closeServer(); }

    void otherRoles_areNotOfferedIt_data();
    void otherRoles_areNotOfferedIt();
    void oneself_isShown_andSignsOut();
    void tokens_areListed();
    void newToken_isShownOnce_andGood();
    void newSecret_leavesTheOldOneForAWhile();
    void revoked_isAskedFirst_andEndsIt();
    void ownToken_isWarnedOf();
    void code_letsSomebodyIn_data();
    void code_letsSomebodyIn();
    void wrongCode_isSaid_data();
    void wrongCode_isSaid();
    void whatWasDone_isListed_andFound();
    void olderOnes_areLoaded();
    void export_hasALineForEach();
    void roleTakenAway_hidesIt();

private:
    void openAs(const QString& role, ui::Section section)
    {
        openWindow(made(role));
        QTRY_COMPARE(m_workspace->feed().state(), FeedState::Live);
        QTRY_VERIFY(m_workspace->access().self().has_value());
        m_window->setPage(ui::Page::Settings);
        page()->setSection(section);
    }
    ui::SettingsPage* page() const { return m_window->findChild<ui::SettingsPage*>(); }
    QTableView* table(const char* name) const { return find<QTableView>(name); }
    model::Administration& all() const { return m_workspace->administration(); }
    int statusWith(const QByteArray& token) const
    {
        return m_client->get("/api/v1/auth/self", {{"Authorization", "Bearer " + token}}).status;
    }
    void press(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void select(const QString& name)
    {
        QTRY_VERIFY(rowOf(name) >= 0);
        table("tokens")->selectRow(rowOf(name));
    }
    int rowOf(const QString& name) const
    {
        for (int row = 0; row < all().tokens().rowCount(); ++row) {
            if (all().tokens().token(row).name == name)
                return row;
        }
        return -1;
    }
    QJsonObject post(const QByteArray& path, const QJsonObject& body) const
    {
        return m_client->post(path, body, {{"Authorization", "Bearer " + m_admin}})
            .json()[u"data"_s]
            .toObject();
    }
};

void TestAdministration::otherRoles_areNotOfferedIt_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("viewer") << u"viewer"_s;
    QTest::newRow("editor") << u"editor"_s;
}

void TestAdministration::otherRoles_areNotOfferedIt()
{
    QFETCH(const QString, role);
    openAs(role, ui::Section::Access);
    QVERIFY(find<QWidget>("section-access")->isVisible());
    for (const char* name : {"section-audit", "tokens", "token-new", "letting-in-code"})
        QVERIFY2(!find<QWidget>(name)->isVisible(), name);
    const qint64 refused = answered("403");
    m_window->setPage(ui::Page::Dashboard);
    m_window->setPage(ui::Page::Settings);
    QVERIFY(settled() > 0);
    QCOMPARE(answered("403"), refused);
    QCOMPARE(all().tokens().rowCount(), 0);
}

void TestAdministration::oneself_isShown_andSignsOut()
{
    openAs(u"editor"_s, ui::Section::Access);
    QTRY_VERIFY(said("self-who").contains(u"the editor"_s));
    QVERIFY(said("self-who").contains(u"editor"_s) && said("self-who").contains(u"until"_s));
    QVERIFY(said("self-kept").contains(u"not kept"_s));
    press("self-sign-out");
    QTRY_COMPARE(m_workspace->feed().state(), FeedState::SignedOut);
    QVERIFY(!find<QWidget>("self-sign-out")->isVisible());
    QVERIFY(find<QWidget>("self-sign-in")->isVisible());
    press("self-sign-in");
    QTRY_VERIFY(dialog() && dialog()->isVisible());
}

void TestAdministration::tokens_areListed()
{
    openAs(u"admin"_s, ui::Section::Access);
    QTRY_COMPARE(table("tokens")->model()->rowCount(), 2); // that of the test, and the window's
    const auto cell = [this](int column) {
        return table("tokens")->model()->index(rowOf(u"the admin"_s), column).data().toString();
    };
    QCOMPARE(cell(model::TokensModel::RoleColumn), u"admin"_s);
    QCOMPARE(cell(model::TokensModel::ByColumn), u"whoever runs the server"_s);
    QVERIFY(!cell(model::TokensModel::ExpiresColumn).isEmpty());
}

void TestAdministration::newToken_isShownOnce_andGood()
{
    openAs(u"admin"_s, ui::Section::Access);
    press("token-new");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    QVERIFY(!find<QPushButton>("token-act")->isEnabled());
    find<QLineEdit>("token-name")->setText(u"pipeline"_s);
    auto* role = find<QComboBox>("token-role");
    role->setCurrentIndex(role->findData(int(protocol::Role::Reporter)));
    find<QDoubleSpinBox>("token-number")->setValue(30);
    press("token-act");
    QTRY_VERIFY(find<QLineEdit>("token-secret")->isVisible());
    const QByteArray token = find<QLineEdit>("token-secret")->text().toLatin1();
    QCOMPARE(statusWith(token), 200);
    press("token-copy");
    QCOMPARE(QGuiApplication::clipboard()->text().toLatin1(), token);
    QCOMPARE(filesWith(secretOf(token)), QStringList());
    press("token-close");
    QTRY_VERIFY(!find<QDialog>("token-dialog"));
    QTRY_VERIFY(rowOf(u"pipeline"_s) >= 0);
    const model::TokenEntry& entry = all().tokens().token(rowOf(u"pipeline"_s));
    QCOMPARE(entry.role, protocol::Role::Reporter);
    QCOMPARE(std::chrono::round<std::chrono::days>(entry.expires - entry.created).count(), 30);
    press("token-new");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    QCOMPARE(find<QLineEdit>("token-secret")->text(), QString());
}

void TestAdministration::newSecret_leavesTheOldOneForAWhile()
{
    const QByteArray before = made(u"viewer"_s);
    openAs(u"admin"_s, ui::Section::Access);
    select(u"the viewer"_s);
    press("token-rotate");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    press("token-act");
    QTRY_VERIFY(find<QLineEdit>("token-secret")->isVisible());
    QCOMPARE(statusWith(find<QLineEdit>("token-secret")->text().toLatin1()), 200);
    QCOMPARE(statusWith(before), 200);
    press("token-close");
    QTRY_VERIFY(!find<QDialog>("token-dialog"));

    select(u"the viewer"_s);
    press("token-rotate");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    press("token-act"); // while the one of before is good
    auto* notice = find<QDialog>("token-dialog")->findChild<QLabel*>(u"notice-text"_s);
    QTRY_VERIFY(notice->text().contains(u"With 0 hours"_s));
    find<QDoubleSpinBox>("token-number")->setValue(0);
    press("token-act");
    QTRY_VERIFY(find<QLineEdit>("token-secret")->isVisible());
    QCOMPARE(statusWith(before), 401);
}

void TestAdministration::revoked_isAskedFirst_andEndsIt()
{
    const QByteArray token = made(u"viewer"_s);
    openAs(u"admin"_s, ui::Section::Access);
    select(u"the viewer"_s);
    QTest::keyClick(table("tokens"), Qt::Key_Delete);
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    QVERIFY(said("token-what").contains(u"no way back"_s));
    QTest::keyClick(find<QDialog>("token-dialog"), Qt::Key_Return); // is no
    QTRY_VERIFY(!find<QDialog>("token-dialog"));
    QCOMPARE(statusWith(token), 200);
    press("token-revoke");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    press("token-act");
    QTRY_VERIFY(!find<QDialog>("token-dialog"));
    QTRY_COMPARE(rowOf(u"the viewer"_s), -1);
    QCOMPARE(statusWith(token), 401);
}

void TestAdministration::ownToken_isWarnedOf()
{
    openAs(u"admin"_s, ui::Section::Access);
    QTRY_COMPARE(all().tokens().rowCount(), 2);
    table("tokens")->selectRow(all().tokens().rowOf(m_workspace->access().self()->id));
    press("token-revoke");
    QTRY_VERIFY(find<QDialog>("token-dialog"));
    QVERIFY(said("token-what").contains(u"signed in by it yourself"_s));
    press("token-act");
    QTRY_COMPARE(m_workspace->feed().state(), FeedState::SignedOut);
    QTRY_VERIFY(!find<QWidget>("tokens")->isVisible());
}

void TestAdministration::code_letsSomebodyIn_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("plain") << u"%1%2"_s;
    QTest::newRow("with blanks") << u" %1 %2 "_s;
    QTest::newRow("with a dash") << u"%1-%2"_s;
}

void TestAdministration::code_letsSomebodyIn()
{
    QFETCH(const QString, format);
    openAs(u"admin"_s, ui::Section::Access);
    QTRY_VERIFY(said("letting-in-waiting").contains(u"Nobody waits"_s));
    const QJsonObject begun = post("/api/v1/auth/pairings", {{u"name"_s, u"ben@workshop"_s}});
    const QString code = begun[u"code"_s].toString();
    QTRY_VERIFY(said("letting-in-waiting").contains(u"ben@workshop"_s));
    QVERIFY(said("letting-in-waiting").contains(u"127.0.0.1"_s));
    QVERIFY(!said("letting-in-waiting").contains(code));
    auto* role = find<QComboBox>("letting-in-role");
    QCOMPARE(role->currentData().toInt(), int(protocol::Role::Viewer));
    role->setCurrentIndex(role->findData(int(protocol::Role::Editor)));
    QVERIFY(!find<QPushButton>("letting-in")->isEnabled());
    find<QLineEdit>("letting-in-code")->setText(format.arg(code.first(3), code.last(3)));
    press("letting-in");
    QTRY_VERIFY(rowOf(u"ben@workshop"_s) >= 0);
    QCOMPARE(all().tokens().token(rowOf(u"ben@workshop"_s)).role, protocol::Role::Editor);
    QCOMPARE(find<QLineEdit>("letting-in-code")->text(), QString());
    QTRY_VERIFY(said("letting-in-waiting").contains(u"Nobody waits"_s));
    const QJsonObject collected =
        post("/api/v1/auth/pairings/" + begun[u"id"_s].toString().toLatin1() + "/collect",
             {{u"pollSecret"_s, begun[u"pollSecret"_s]}});
    QCOMPARE(statusWith(collected[u"token"_s].toString().toLatin1()), 200);
}

void TestAdministration::wrongCode_isSaid_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    QTest::newRow("nobody's") << u"000000"_s << u"Nobody waits with this code"_s;
    QTest::newRow("too short") << u"12345"_s << u"six digits"_s;
    QTest::newRow("letters") << u"12345a"_s << u"six digits"_s;
}

void TestAdministration::wrongCode_isSaid()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, words);
    openAs(u"admin"_s, ui::Section::Access);
    auto* field = find<QLineEdit>("letting-in-code");
    field->setText(typed);
    QTest::keyClick(field, Qt::Key_Return);
    const auto isSaid = [&] {
        const QList<QLabel*> labels = m_window->findChildren<QLabel*>(u"notice-text"_s);
        return std::ranges::any_of(labels,
                                   [&](const QLabel* label) { return label->text().contains(words); });
    };
    QTRY_VERIFY(isSaid());
    QCOMPARE(field->text(), typed);
}

void TestAdministration::whatWasDone_isListed_andFound()
{
    const QByteArray token = made(u"viewer"_s);
    QCOMPARE(m_client->get("/api/v1/audit", {{"Authorization", "Bearer " + token}}).status, 403);
    post("/api/v1/analytics/records", {{u"type"_s, u"custom"_s}, {u"name"_s, u"Ours"_s}});
    post("/api/v1/auth/tokens", {{u"name"_s, u"pipeline"_s}, {u"role"_s, u"reporter"_s}});
    openAs(u"admin"_s, ui::Section::Audit);
    QTRY_VERIFY(all().audit().rowCount() >= 3);
    QCOMPARE(all().audit().entry(0).action, u"token.create"_s); // the window's own
    const auto show = [this](const QString& kind) {
        auto* box = find<QComboBox>("audit-kind");
        box->setCurrentIndex(box->findData(kind));
        emit box->activated(box->currentIndex());
        QTRY_VERIFY(all().audit().isKnown() && !all().audit().isLoading());
    };
    show(u"record"_s);
    QCOMPARE(all().audit().rowCount(), 1);
    table("audit")->selectRow(0);
    const QString details = find<QPlainTextEdit>("audit-details")->toPlainText();
    QVERIFY2(details.contains(u"Record created"_s) && details.contains(u"Ours"_s) &&
                 details.contains(u"127.0.0.1"_s),
             qPrintable(details));
    find<QLineEdit>("audit-subject")->setText(u"nothing of this name"_s);
    QTRY_VERIFY(said("audit-state").contains(u"Nothing of this kind"_s));
    find<QLineEdit>("audit-subject")->clear();
    show(u"refused"_s); // written once a minute
    show(QString());
    auto* whose = find<QComboBox>("audit-whose");
    whose->setCurrentIndex(whose->findData(QString::fromLatin1(idOf(m_admin))));
    emit whose->activated(whose->currentIndex());
    QTRY_COMPARE(all().audit().rowCount(), 2);
    auto* span = find<QComboBox>("audit-span");
    span->setCurrentIndex(span->count() - 1);
    emit span->activated(span->currentIndex());
    QTRY_VERIFY(find<QWidget>("audit-from")->isVisible());
    QTRY_COMPARE(all().audit().rowCount(), 2); // today is in it
}

void TestAdministration::olderOnes_areLoaded()
{
    for (int i = 0; i < 120; ++i)
        post("/api/v1/analytics/records", {{u"type"_s, u"custom"_s}, {u"name"_s, u"r%1"_s.arg(i)}});
    openAs(u"admin"_s, ui::Section::Audit);
    QTRY_COMPARE(all().audit().rowCount(), 100);
    QVERIFY(find<QWidget>("audit-more")->isVisible());
    table("audit")->selectRow(99);
    press("audit-more");
    QTRY_VERIFY(all().audit().rowCount() >= 121);
    QCOMPARE(table("audit")->selectionModel()->selectedRows().value(0).row(), 99);
    QVERIFY(!find<QWidget>("audit-more")->isVisible());
    for (int row = 1; row < all().audit().rowCount(); ++row)
        QVERIFY(all().audit().entry(row).id < all().audit().entry(row - 1).id);
}

void TestAdministration::export_hasALineForEach()
{
    post("/api/v1/analytics/records", {{u"type"_s, u"custom"_s}, {u"name"_s, u"Ours"_s}});
    openAs(u"admin"_s, ui::Section::Audit);
    QTRY_VERIFY(all().audit().rowCount() >= 2);
    const QString path = m_folder->filePath(u"audit.ndjson"_s);
    page()->audit()->exportTo(path);
    QTRY_VERIFY(!all().auditExport().isUnderWay());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), all().audit().rowCount());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(QJsonDocument::fromJson(lines[i])[u"id"_s].toInteger(), all().audit().entry(int(i)).id);
    page()->audit()->exportTo(m_folder->filePath(u"none/audit.ndjson"_s));
    const auto isSaid = [&] {
        const QList<QLabel*> labels = page()->audit()->findChildren<QLabel*>(u"notice-text"_s);
        return labels.constFirst()->text().contains(u"could not be written"_s);
    };
    QTRY_VERIFY(isSaid());
}

void TestAdministration::roleTakenAway_hidesIt()
{
    const QByteArray viewer = made(u"viewer"_s);
    openAs(u"admin"_s, ui::Section::Audit);
    QVERIFY(find<QWidget>("audit")->isVisible());
    m_workspace->access().signIn(viewer);
    QTRY_COMPARE(m_workspace->access().role(), protocol::Role::Viewer);
    QTRY_VERIFY(!find<QWidget>("audit")->isVisible());
    QCOMPARE(page()->section(), ui::Section::General);
}

PRISM_WIDGET_TEST(TestAdministration)

} // namespace tst_administration

#include "tst_administration.moc"
