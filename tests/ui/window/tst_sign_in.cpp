#include "client/model/first_sign_in.h"
#include "client/model/given_token.h"
#include "client/ui/window/connection_badge.h"
#include "tests/support/test_program.h"
#include "tests/ui/window/sign_in_test.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace tst_sign_in {

using namespace prism;
using namespace Qt::StringLiterals;
using net::FeedState;

/// Signing in at a server that asks for it: by which token, where that is kept, and what becomes of the
/// window when it is good no more.
class TestSignIn : public test::SignInTest
{
    Q_OBJECT

private slots:
    void init() { openServer(); }
    void cleanup() { closeServer(); }

    void token_isAskedFor_andKept_data();
    void token_isAskedFor_andKept();
    void reporter_isToldWhy();
    void nextRun_isSignedIn();
    void whatIsNoGood_isSaid_data();
    void whatIsNoGood_isSaid();
    void revoked_keepsWhatIsShown_andAsksNoMore();
    void signedInAgain_missesNothing();
    void signedOut_forgetsTheToken();
    void serverThatAsksNoMore_isGoneOnWith();
    void signedOutMeanwhile_isNotSignedIn();
    void profile_takesItsTokenWithIt();
    void anotherServer_isNotGivenTheToken();
    void given_isUsedAndNotKept();
    void givenAtTheStart_waitsForTheServer();
    void givenAtTheStart_isSaidToBeOfNoUse();
    void environment_isForItsServer_data();
    void environment_isForItsServer();

private:
    FeedState feed() const { return m_workspace->feed().state(); }
    /// In the dialog.
    bool isSaid(const QString& words) const
    {
        const QList<QLabel*> labels = dialog()->findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }
    QByteArray onlyToken() const
    {
        QFile file(tokenFiles().value(0));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }
};

void TestSignIn::token_isAskedFor_andKept_data()
{
    QTest::addColumn<QString>("role");
    for (const auto& role : {u"viewer"_s, u"editor"_s, u"admin"_s})
        QTest::newRow(qPrintable(role)) << role;
}

void TestSignIn::token_isAskedFor_andKept()
{
    QFETCH(const QString, role);
    const QByteArray token = made(role);
    report();
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QVERIFY(find<QPushButton>("access-sign-in")->isVisible());
    signIn("  " + token + "\n");
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 1);
    QVERIFY2(said("sign-in-self").contains(u"the "_s + role) && said("sign-in-self").contains(u"until"_s),
             qPrintable(said("sign-in-self")));
    QCOMPARE(tokenFiles().size(), 1);
    QVERIFY(said("sign-in-kept").contains(tokenFiles().constFirst()));
    QCOMPARE(QFileInfo(tokenFiles().constFirst()).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(onlyToken(), token);
    QCOMPARE(filesWith(secretOf(token)), QStringList());
    QVERIFY(!m_window->windowTitle().contains(QString::fromLatin1(secretOf(token))));
    QCOMPARE(find<QLineEdit>("sign-in-token")->text(), QString());
    QVERIFY(!find<QPushButton>("access-sign-in")->isVisible());
}

void TestSignIn::reporter_isToldWhy()
{
    const QByteArray token = made(u"reporter"_s);
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(token);
    QTRY_VERIFY(isSaid(u"may only report"_s));
    QCOMPARE(tokenFiles(), QStringList());
    closeWindow();
    openWindow(token);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QTRY_VERIFY(m_workspace->access().refusal()->code == protocol::ErrorCode::NotAllowed);
    QVERIFY(find<QPushButton>("access-sign-in")->isVisible());
    QVERIFY(!find<QTableView>("activity")->isVisible());
}

void TestSignIn::nextRun_isSignedIn()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    closeWindow();
    const qint64 refused = answered("401");
    m_profiles = std::make_unique<model::ProfileStore>(profilesFile());
    openWindow();
    QVERIFY(!m_workspace->access().may(model::Offer::WriteRecords)); // as it was the last time
    QTRY_COMPARE(feed(), FeedState::Live);
    QCOMPARE(m_workspace->access().kept(), model::Access::Kept::File);
    QTRY_COMPARE(m_workspace->access().self()->name, u"the viewer"_s);
    QCOMPARE(answered("401"), refused);
}

void TestSignIn::whatIsNoGood_isSaid_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("nothing") << QByteArray() << u"not a token"_s << false;
    QTest::newRow("a sentence") << QByteArray("prism is nice") << u"not a token"_s << false;
    QTest::newRow("a header") << QByteArray("prism_a_b\r\nX: y") << u"not a token"_s << false;
    QTest::newRow("of nobody") << QByteArray("prism_0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60_abc")
                               << u"does not know this token"_s << true;
}

void TestSignIn::whatIsNoGood_isSaid()
{
    QFETCH(const QByteArray, token);
    QFETCH(const QString, words);
    QFETCH(const bool, isAsked);
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    const qint64 before = settled();
    signIn(token);
    QTRY_VERIFY(isSaid(words));
    QCOMPARE(feed(), FeedState::SignedOut);
    QCOMPARE(tokenFiles(), QStringList());
    QCOMPARE(answered() - before, isAsked ? 1 : 0);
}

void TestSignIn::revoked_keepsWhatIsShown_andAsksNoMore()
{
    const QByteArray token = made(u"viewer"_s);
    report();
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(token);
    QTRY_COMPARE(feed(), FeedState::Live);
    dialog()->close();
    QTRY_COMPARE(find<QTableView>("activity")->model()->rowCount(), 1);
    revoke(token);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QTRY_VERIFY(m_window->findChild<ui::ConnectionBadge*>()->text().startsWith(u"signed out since"_s));
    QVERIFY(find<QTableView>("activity")->isVisible());
    QCOMPARE(find<QTableView>("activity")->model()->rowCount(), 1);
    QCOMPARE(find<QPushButton>("retry")->text(), u"Sign in…"_s);
    QTRY_VERIFY(find<QLabel>("notice")->text().contains(u"What is shown stays"_s));
    const qint64 before = settled();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTest::qWait(1'500); // of which each would be fifteen times another poll, and as often a retry
    QCOMPARE(answered(), before);
}

void TestSignIn::signedInAgain_missesNothing()
{
    const QByteArray token = made(u"viewer"_s);
    report();
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(token);
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 1);
    revoke(token);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    for (int i = 0; i < 5; ++i)
        report("BLOCKED");
    signIn(made(u"editor"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(m_workspace->activity().rowCount(), 6);
    QTRY_COMPARE(m_workspace->dashboard().dashboard()->summary.totalChecks, 6);
    QTRY_VERIFY(!m_workspace->feed().recoveries().isEmpty());
    QVERIFY(m_workspace->feed().recoveries().constFirst().complete);
    QCOMPARE(m_workspace->feed().recoveries().constFirst().events, 5);
    QTRY_VERIFY(m_workspace->access().may(model::Offer::WriteRecords));
    QCOMPARE(tokenFiles().size(), 1); // the other one's took its place
}

void TestSignIn::signedOut_forgetsTheToken()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    QTest::mouseClick(find<QPushButton>("sign-out"), Qt::LeftButton);
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QCOMPARE(tokenFiles(), QStringList());
    QVERIFY(!m_profiles->profiles().constFirst().token);
    QVERIFY(!find<QPushButton>("sign-out")->isVisible());
}

void TestSignIn::serverThatAsksNoMore_isGoneOnWith()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    const QByteArray token = made(u"viewer"_s);
    m_server->setArguments({u"--auth"_s, u"off"_s});
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    signIn(token);
    QTRY_VERIFY(isSaid(u"Nobody has to sign in"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    QVERIFY(m_workspace->access().may(model::Offer::WriteRecords));
    QCOMPARE(tokenFiles(), QStringList());
}

void TestSignIn::signedOutMeanwhile_isNotSignedIn()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    model::Access& access = m_workspace->access();
    access.signIn(made(u"viewer"_s));
    QVERIFY(access.isSigningIn());
    access.signOut();
    QVERIFY(!access.isSigningIn());
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QVERIFY(settled() >= 0);
    QVERIFY(!access.hasToken());
    QCOMPARE(tokenFiles(), QStringList());
}

void TestSignIn::profile_takesItsTokenWithIt()
{
    const QByteArray token = made(u"viewer"_s);
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(token);
    QTRY_COMPARE(feed(), FeedState::Live);
    QVERIFY(m_profiles->store({u"other"_s, QUrl(u"http://other.example"_s)}));
    const model::Profile profile = *m_profiles->find(u"ours"_s);
    QVERIFY(profile.token.has_value());

    model::Profile renamed = profile;
    renamed.name = u"theirs"_s;
    QVERIFY(m_profiles->store(renamed, profile.name));
    QCOMPARE(onlyToken(), token);
    QVERIFY(m_profiles->remove(u"theirs"_s));
    QCOMPARE(tokenFiles(), QStringList());
    QVERIFY(m_profiles->restore(renamed, 0));
    QCOMPARE(onlyToken(), token);
    QCOMPARE(m_profiles->find(u"theirs"_s), std::optional(renamed));
}

void TestSignIn::anotherServer_isNotGivenTheToken()
{
    const QByteArray token = made(u"viewer"_s);
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(token);
    QTRY_COMPARE(feed(), FeedState::Live);
    const model::Profile profile = *m_profiles->find(u"ours"_s);
    const QUrl other(u"http://other.example"_s);
    QVERIFY(!m_profiles->choose(profile.name, other)->token);
    QVERIFY(m_profiles->choose(profile.name, profile.server)->token);

    model::Profile moved = profile;
    moved.server = other;
    QVERIFY(m_profiles->store(moved, profile.name));
    QVERIFY(!m_profiles->find(u"ours"_s)->token);
    QCOMPARE(tokenFiles(), QStringList());
    QVERIFY(m_profiles->store(profile, profile.name)); // as an undo does
    QCOMPARE(onlyToken(), token);
    QVERIFY(m_profiles->find(u"ours"_s)->token.has_value());
}

void TestSignIn::given_isUsedAndNotKept()
{
    openWindow(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_VERIFY(!m_workspace->access().may(model::Offer::WriteRecords));
    QCOMPARE(tokenFiles(), QStringList());
    QCOMPARE(m_workspace->access().kept(), model::Access::Kept::Nowhere);
}

void TestSignIn::givenAtTheStart_waitsForTheServer()
{
    const QByteArray token = made(u"viewer"_s);
    m_server->kill9();
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    net::Options options;
    options.timing.firstRetry = std::chrono::milliseconds(50);
    model::FirstSignIn first(m_workspace->access(), options);
    first.begin(token);
    QTest::qWait(200); // of which each would be several attempts
    QVERIFY(!m_workspace->access().hasToken());
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    QTRY_COMPARE(feed(), FeedState::Live);
    QTRY_COMPARE(tokenFiles().size(), 1);
}

void TestSignIn::givenAtTheStart_isSaidToBeOfNoUse()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    model::FirstSignIn first(m_workspace->access(), {});
    connect(&first, &model::FirstSignIn::failed, m_window.get(), &ui::MainWindow::sayGivenTokenFailed);
    first.begin("prism_0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60_abc");
    QTRY_VERIFY(find<QLabel>("notice")->text().contains(u"does not know this token"_s));
}

void TestSignIn::environment_isForItsServer_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("isUsed");
    QTest::addColumn<bool>("isNamed");
    QTest::addColumn<bool>("isSaid");
    const QByteArray ours("https://prism.example:443/");
    const auto row = [](const char* name, const QByteArray& url, const QByteArray& token, bool isNamed,
                        bool isUsed,
                        bool isSaid) { QTest::newRow(name) << url << token << isUsed << isNamed << isSaid; };
    row("a server that nobody named", {}, "prism_a_b", false, false, true);
    row("the one named by an option", {}, "prism_a_b", true, true, false);
    row("this one", ours, "prism_a_b", false, true, false);
    row("this one, named twice", ours, "prism_a_b", true, true, false);
    row("another one", "https://other.example", "prism_a_b", true, false, false);
    row("another port", "https://prism.example:8443", "prism_a_b", false, false, false);
    row("not encrypted", "http://prism.example", "prism_a_b", false, false, false);
    row("no token", ours, "secret", true, false, true);
    row("nothing", ours, " ", true, false, false);
}

void TestSignIn::environment_isForItsServer()
{
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, token);
    QFETCH(const bool, isNamed);
    QFETCH(const bool, isUsed);
    QFETCH(const bool, isSaid);
    qputenv("PRISM_URL", url);
    qputenv("PRISM_TOKEN", token);
    const auto taken = model::takeTokenFromEnvironment(QUrl(u"https://prism.example"_s), isNamed);
    qunsetenv("PRISM_URL");
    QCOMPARE(!taken.has_value(), isSaid);
    QCOMPARE(taken.value_or(QByteArray()), isUsed ? token : QByteArray());
    QVERIFY(!qEnvironmentVariableIsSet("PRISM_TOKEN"));
}

PRISM_WIDGET_TEST(TestSignIn)

} // namespace tst_sign_in

#include "tst_sign_in.moc"
