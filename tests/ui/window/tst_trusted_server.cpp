#include "client/ui/window/certificate_dialog.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/page.h"
#include "tests/support/test_program.h"
#include "tests/support/tls_identity.h"
#include "tests/ui/window/sign_in_test.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSslCertificate>

namespace tst_trusted_server {

using namespace prism;
using namespace Qt::StringLiterals;
using model::Hindrance;
using net::FeedState;

/// A server whose certificate nobody has signed that this computer knows: what is shown of it, and that
/// nothing is sent before somebody trusts it.
class TestTrustedServer : public test::SignInTest
{
    Q_OBJECT

private slots:
    void init()
    {
        m_identity = std::make_unique<test::TlsIdentity>();
        openServer(m_identity.get());
    }
    void cleanup()
    {
        closeServer();
        m_identity.reset();
    }

    void unknown_isShownAndTrusted();
    void another_isBlocked();
    void pinned_noOtherWillDo_whoeverSignedIt();
    void takenBack_isBlockedAgain();
    void anotherServer_isNotTrustedByThat();
    void nothingShown_isNotTrusted();

private:
    FeedState feed() const { return m_workspace->feed().state(); }
    QString badge() const { return m_window->findChild<ui::ConnectionBadge*>()->text(); }
    QString shownFingerprint() const
    {
        return said("certificate-fingerprint").remove(u'\n').remove(u':').toLower();
    }
    static QString fingerprintOf(const test::TlsIdentity& identity)
    {
        const QList<QSslCertificate> found = QSslCertificate::fromPath(identity.certificateFile());
        return QString::fromLatin1(found.value(0).digest(QCryptographicHash::Sha256).toHex());
    }
    void openCertificate()
    {
        QTRY_COMPARE(find<QPushButton>("retry")->text(), u"Certificate…"_s);
        QTest::mouseClick(find<QPushButton>("retry"), Qt::LeftButton);
        QTRY_VERIFY(find<QDialog>("certificate-dialog") && find<QDialog>("certificate-dialog")->isVisible());
    }
    void trust()
    {
        openCertificate();
        QTest::mouseClick(find<QPushButton>("certificate-trust"), Qt::LeftButton);
    }

    std::unique_ptr<test::TlsIdentity> m_identity;
};

void TestTrustedServer::unknown_isShownAndTrusted()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    QCOMPARE(m_workspace->hindrance(), std::optional(Hindrance::Untrusted));
    QTRY_VERIFY(badge().startsWith(u"blocked"_s));
    openCertificate();
    QVERIFY(fingerprintOf(*m_identity).size() == 64);
    QCOMPARE(shownFingerprint(), fingerprintOf(*m_identity));
    QCOMPARE(settled(), 0);
    QTest::keyClick(find<QDialog>("certificate-dialog"), Qt::Key_Return); // trusts nobody
    QTRY_VERIFY(!find<QDialog>("certificate-dialog"));
    QVERIFY(m_workspace->trust().pin().isEmpty());
    trust();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);

    closeWindow();
    m_profiles = std::make_unique<model::ProfileStore>(profilesFile());
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Live);
    QVERIFY(!m_workspace->hindrance());
}

void TestTrustedServer::another_isBlocked()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    trust();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    dialog()->close();

    const test::TlsIdentity other(u"other"_s);
    QVERIFY(m_identity->replaceBy(other));
    QVERIFY(m_server->restart(test::ServerProcess::Port::Same));
    m_client = std::make_unique<test::RestClient>(m_server->httpUrl(), other.client());
    QTRY_COMPARE(feed(), FeedState::Offline);
    QTRY_COMPARE(m_workspace->hindrance(), std::optional(Hindrance::OtherCertificate));
    QTRY_VERIFY(find<QLabel>("notice")->text().contains(u"another certificate"_s));
    QTest::qWait(500); // of which each would be several attempts
    QCOMPARE(settled(), 0);
    openCertificate();
    QVERIFY(said("certificate-what").contains(u"another certificate"_s));
    QCOMPARE(shownFingerprint(), fingerprintOf(other));
    QTest::mouseClick(find<QPushButton>("certificate-trust"), Qt::LeftButton);
    QTRY_COMPARE(feed(), FeedState::Live);
}

void TestTrustedServer::pinned_noOtherWillDo_whoeverSignedIt()
{
    const QSslConfiguration usual = QSslConfiguration::defaultConfiguration();
    QSslConfiguration::setDefaultConfiguration(m_identity->client());
    const auto restore = qScopeGuard([&] { QSslConfiguration::setDefaultConfiguration(usual); });
    openWindow();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    const qint64 asked = settled();
    QVERIFY(asked > 0);
    closeWindow();
    model::Profile profile = m_profiles->profiles().constFirst();
    profile.certificate = QByteArray(32, 'a');
    QVERIFY(m_profiles->store(profile, profile.name));
    openWindow(m_admin);
    QTRY_COMPARE(feed(), FeedState::Offline);
    QCOMPARE(m_workspace->hindrance(), std::optional(Hindrance::OtherCertificate));
    QTest::qWait(500); // of which each would be several attempts
    QCOMPARE(settled(), asked);
}

void TestTrustedServer::takenBack_isBlockedAgain()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    trust();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    signIn(made(u"viewer"_s));
    QTRY_COMPARE(feed(), FeedState::Live);
    dialog()->close();
    m_window->setPage(ui::Page::Settings);
    QTest::mouseClick(find<QPushButton>("section-access"), Qt::LeftButton);
    QTRY_VERIFY(find<QPushButton>("self-distrust")->isVisible());
    QTest::mouseClick(find<QPushButton>("self-distrust"), Qt::LeftButton);
    QVERIFY(!find<QPushButton>("self-distrust")->isVisible());
    QTRY_COMPARE(feed(), FeedState::Offline);
    QTRY_COMPARE(m_workspace->hindrance(), std::optional(Hindrance::Untrusted));
    QVERIFY(m_profiles->profiles().constFirst().certificate.isEmpty());
}

void TestTrustedServer::anotherServer_isNotTrustedByThat()
{
    const model::Profile ours{u"ours"_s, m_server->httpUrl(), {}, QByteArray(32, 'a')};
    QVERIFY(m_profiles->store(ours, u"ours"_s));
    QCOMPARE(model::ProfileStore(profilesFile()).profiles().constFirst(), ours);
    const QUrl other(u"https://other.example"_s);
    QVERIFY(m_profiles->choose(u"ours"_s, other)->certificate.isEmpty());
    model::Profile moved = ours;
    moved.server = other;
    QVERIFY(m_profiles->store(moved, u"ours"_s));
    QVERIFY(m_profiles->find(u"ours"_s)->certificate.isEmpty());
    QVERIFY(m_profiles->store(ours, u"ours"_s)); // as an undo does
    QCOMPARE(*m_profiles->find(u"ours"_s), ours);
}

void TestTrustedServer::nothingShown_isNotTrusted()
{
    openWindow();
    QTRY_COMPARE(feed(), FeedState::Offline);
    trust();
    QTRY_COMPARE(feed(), FeedState::SignedOut);
    QTRY_VERIFY(!find<QDialog>("certificate-dialog"));
    net::Trust& trusted = m_workspace->trust();
    QVERIFY(!trusted.stranger());
    const QByteArray pin = trusted.pin();
    emit m_window->findChild<ui::ConnectionBadge*>()->certificateRequested();
    QVERIFY(!find<QDialog>("certificate-dialog"));
    ui::CertificateDialog early(*m_workspace, u"prism.example"_s);
    early.findChild<QPushButton*>(u"certificate-trust"_s)->click();
    QCOMPARE(trusted.pin(), pin);
    QVERIFY(!trusted.accepts(QSslCertificate(), true));
    QVERIFY(!trusted.stranger());
}

PRISM_WIDGET_TEST(TestTrustedServer)

} // namespace tst_trusted_server

#include "tst_trusted_server.moc"
