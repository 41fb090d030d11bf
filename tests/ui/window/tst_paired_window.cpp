#include "tests/support/test_program.h"
#include "tests/ui/window/sign_in_test.h"

#include <QDialog>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace tst_paired_window {

using namespace prism;
using namespace Qt::StringLiterals;
using net::FeedState;
using State = model::Pairing::State;

/// A window without a token that is let in by a code which an admin types elsewhere.
class TestPairedWindow : public test::SignInTest
{
    Q_OBJECT

private slots:
    void init() { openServer(); }
    void cleanup() { closeServer(); }

    void code_letsTheWindowIn_data();
    void code_letsTheWindowIn();
    void subCommand_letsTheWindowIn();
    void certificate_isTheOneThatIsTrusted();
    void reporter_isToldWhy();
    void closedDialog_goesOnWaiting();
    void signedOutWhileOpen_isLetInAgain();
    void anotherCode_isTheOneThatCounts();
    void moreThanMayWait_isSaid_andTheCodeStays();
    void serverStartedAnew_isSaid_andAnotherCodeIsGood();
    void tokenMeanwhile_endsTheWaiting();
    void name_isProposed_andNeeded();
    void returnKey_asksForACode();

private:
    FeedState feed() const { return m_workspace->feed().state(); }
    model::Pairing& pairing() const { return m_workspace->pairing(); }
    void open()
    {
        openWindow();
        QTRY_COMPARE(feed(), FeedState::SignedOut);
        openDialog();
    }
    void ask()
    {
        QTest::mouseClick(find<QPushButton>("pairing-ask"), Qt::LeftButton);
        QTRY_VERIFY(!pairing().isAsking());
    }
    QString code() const
    {
        const auto* field = find<QLineEdit>("pairing-code");
        return field->isVisible() ? field->text() : QString();
    }
    int approve(const QString& code, const QString& role) const
    {
        return m_client
            ->post("/api/v1/auth/pairings/approve", QJsonObject{{u"code"_s, code}, {u"role"_s, role}},
                   {{"Authorization", "Bearer " + m_admin}})
            .status;
    }
};

void TestPairedWindow::code_letsTheWindowIn_data()
{
    QTest::addColumn<QString>("role");
    for (const auto& role : {u"viewer"_s, u"editor"_s, u"admin"_s})
        QTest::newRow(qPrintable(role)) << role;
}

void TestPairedWindow::code_letsTheWindowIn()
{
    QFETCH(const QString, role);
    report();
    open();
    find<QLineEdit>("pairing-name")->setText(u"  ana@kitchen "_s);
    ask();
    QCOMPARE(code().size(), 6);
    QVERIFY(said("pairing-command").contains(code()));
    QVERIFY(said("pairing-left").contains(u"min"_s));
    QCOMPARE(feed(), FeedState::SignedOut);
    QCOMPARE(approve(code(), role), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 1);
    QVERIFY2(said("sign-in-self").contains(u"ana@kitchen"_s), qPrintable(said("sign-in-self")));
    QCOMPARE(tokenFiles().size(), 1);
    QVERIFY(said("sign-in-kept").contains(tokenFiles().constFirst()));
    QVERIFY(!find<QWidget>("pairing-ask")->isVisible());
    QCOMPARE(pairing().state(), State::Idle);
    const QJsonArray tokens = m_client->get("/api/v1/auth/tokens", {{"Authorization", "Bearer " + m_admin}})
                                  .json()[u"data"_s][u"tokens"_s]
                                  .toArray();
    QCOMPARE(tokens.size(), 2); // the admin's and this one

    closeWindow();
    m_profiles = std::make_unique<model::ProfileStore>(profilesFile());
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Live);
}

void TestPairedWindow::subCommand_letsTheWindowIn()
{
    open();
    ask();
    const test::ProgramResult result = test::ServerProcess::run(
        {u"token"_s, u"approve"_s, code(), u"--role"_s, u"viewer"_s, u"--data-dir"_s, m_server->dataDir()});
    QCOMPARE(result.exitCode, 0);
    QTRY_COMPARE(feed(), FeedState::Live);
}

void TestPairedWindow::certificate_isTheOneThatIsTrusted()
{
    closeServer();
    const test::TlsIdentity identity;
    openServer(&identity);
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    QTRY_VERIFY(m_workspace->trust().stranger().has_value());
    m_workspace->trust().setPin(m_workspace->trust().stranger()->fingerprint);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    openDialog();
    ask();
    QCOMPARE(approve(code(), u"viewer"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
    closeServer(); // before its identity goes
    openServer();
}

void TestPairedWindow::reporter_isToldWhy()
{
    open();
    ask();
    QCOMPARE(approve(code(), u"reporter"_s), 200);
    QTRY_VERIFY(find<QLabel>("notice-text"));
    QTRY_VERIFY(dialog()->findChild<QLabel*>(u"notice-text"_s)->text().contains(u"may only report"_s));
    QCOMPARE(pairing().state(), State::Idle);
    QCOMPARE(feed(), FeedState::SignedOut);
    QCOMPARE(tokenFiles(), QStringList());
}

void TestPairedWindow::closedDialog_goesOnWaiting()
{
    open();
    ask();
    const QString shown = code();
    qobject_cast<QDialog*>(dialog())->reject();
    QTRY_VERIFY(!dialog());
    openDialog();
    QCOMPARE(code(), shown);
    qobject_cast<QDialog*>(dialog())->reject();
    QTRY_VERIFY(!dialog());
    QCOMPARE(approve(shown, u"viewer"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
    QCOMPARE(tokenFiles().size(), 1);
}

void TestPairedWindow::signedOutWhileOpen_isLetInAgain()
{
    const QByteArray token = made(u"viewer"_s);
    report();
    openWindow(token);
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    revoke(token);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    report("BLOCKED");
    openDialog();
    ask();
    QCOMPARE(approve(code(), u"editor"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 2);
    QTRY_VERIFY(m_workspace->access().may(model::Offer::WriteRecords));
}

void TestPairedWindow::anotherCode_isTheOneThatCounts()
{
    open();
    ask();
    const QString first = code();
    ask();
    QVERIFY(code() != first);
    QCOMPARE(approve(first, u"admin"_s), 200);
    QVERIFY(settled() < 0 || feed() == FeedState::SignedOut);
    QCOMPARE(feed(), FeedState::SignedOut);
    QCOMPARE(approve(code(), u"viewer"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->access().self()->role, protocol::Role::Viewer);
}

void TestPairedWindow::moreThanMayWait_isSaid_andTheCodeStays()
{
    open();
    ask();
    ask();
    const QString last = code();
    ask();
    QVERIFY2(said("pairing-said").contains(u"Two from this address"_s), qPrintable(said("pairing-said")));
    QCOMPARE(code(), last);
    QCOMPARE(approve(last, u"viewer"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
}

void TestPairedWindow::serverStartedAnew_isSaid_andAnotherCodeIsGood()
{
    open();
    ask();
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    QTRY_COMPARE(pairing().state(), State::Lost);
    QVERIFY2(said("pairing-said").contains(u"started anew"_s), qPrintable(said("pairing-said")));
    QCOMPARE(code(), QString());
    ask();
    QVERIFY(said("pairing-said").isEmpty());
    QCOMPARE(approve(code(), u"viewer"_s), 200);
    QTRY_COMPARE(feed(), FeedState::Live);
}

void TestPairedWindow::tokenMeanwhile_endsTheWaiting()
{
    open();
    ask();
    const QString shown = code();
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    QCOMPARE(pairing().state(), State::Idle);
    QCOMPARE(approve(shown, u"admin"_s), 200);
    QTest::qWait(200); // of which each would be four polls
    QCOMPARE(m_workspace->access().self()->role, protocol::Role::Viewer);
}

void TestPairedWindow::name_isProposed_andNeeded()
{
    open();
    QCOMPARE(find<QLineEdit>("pairing-name")->text(), model::Pairing::usualName());
    QVERIFY(!model::Pairing::usualName().isEmpty());
    find<QLineEdit>("pairing-name")->setText(u"  "_s);
    QVERIFY(!find<QPushButton>("pairing-ask")->isEnabled());
    QVERIFY(said("pairing-said").contains(u"needs a name"_s));
    find<QLineEdit>("pairing-name")->setText(u"x"_s);
    QVERIFY(find<QPushButton>("pairing-ask")->isEnabled());
    QCOMPARE(said("pairing-said"), QString());
}

void TestPairedWindow::returnKey_asksForACode()
{
    open();
    auto* name = find<QLineEdit>("pairing-name");
    name->setFocus();
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(code().size(), 6);
    QVERIFY(dialog()->findChild<QLabel*>(u"notice-text"_s)->text().isEmpty()); // no token was tried
}

PRISM_WIDGET_TEST(TestPairedWindow)

} // namespace tst_paired_window

#include "tst_paired_window.moc"
