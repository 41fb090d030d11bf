#include "client/model/access.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/window/connection_badge.h"
#include "client/ui/window/page.h"
#include "shared/protocol/envelope.h"
#include "tests/gallery/real_window.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSslCertificate>
#include <QTableView>

namespace prism::gallery {

using net::FeedState;
using protocol::Role;

namespace {

const char* const token = "prism_0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f60_5f1e";

const char* const madeUpCertificate = "-----BEGIN CERTIFICATE-----\n"
                                      "MIIByDCCAW2gAwIBAgIUPvmyQN7YhJ1+w4WETZC9VrvkYx8wCgYIKoZIzj0EAwIw\n"
                                      "OTEWMBQGA1UEAwwNZ2F0ZXMuZXhhbXBsZTEfMB0GA1UECgwWVGhlIGdhdGVzIG9m\n"
                                      "IGFsbCB0ZWFtczAeFw0yNjExMzAxMzM2NTBaFw0zNjExMjcxMzM2NTBaMDkxFjAU\n"
                                      "BgNVBAMMDWdhdGVzLmV4YW1wbGUxHzAdBgNVBAoMFlRoZSBnYXRlcyBvZiBhbGwg\n"
                                      "dGVhbXMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQZhjxxmTMfGu0HgB7tmkip\n"
                                      "SdsDvSeHjeEPP4Y+d2AWpSPscu4F5jtZge66277jcQeHSY6sTMKHeVr/lv9TyD/5\n"
                                      "o1MwUTAdBgNVHQ4EFgQUvbTYQwePsGV2jk7fF7oEAhcnRYQwHwYDVR0jBBgwFoAU\n"
                                      "vbTYQwePsGV2jk7fF7oEAhcnRYQwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD\n"
                                      "AgNJADBGAiEAknX3XxGEN2y78+THFXmlXuSx/JvAJ5h4zP9CFediEoQCIQCpXnhU\n"
                                      "80BrsvXH+jn6I9fKNFL/TZO9ocX29gQrWF1L+g==\n"
                                      "-----END CERTIFICATE-----\n";

} // namespace

void RealWindow::signInAs(Role role)
{
    m_role = role;
    m_workspace->access().resume(token, role);
}

void RealWindow::awaitSignedOut()
{
    await("a window that is signed out", [this] {
        return m_workspace->feed().state() == FeedState::SignedOut && m_workspace->feed().isBannerVisible();
    });
}

void RealWindow::openSignIn()
{
    press(find<QPushButton>("access-sign-in")->isVisible() ? "access-sign-in" : "retry");
    await("a dialog", [this] { return hasOwnSize(); });
}

void RealWindow::askForCode()
{
    awaitSignedOut();
    openSignIn();
    find<QLineEdit>("pairing-name")->setText(QStringLiteral("ana@kitchen"));
    press("pairing-ask");
    await("an answer", [this] { return !m_workspace->pairing().isAsking(); });
}

std::optional<test::StubAnswer> RealWindow::pairingAnswer(const test::StubRequest& request) const
{
    if (request.path.endsWith(QStringLiteral("/collect")))
        return success(QJsonObject{{QStringLiteral("waiting"), true}});
    if (request.path.endsWith(QStringLiteral("/approve")))
        return test::StubAnswer{
            404,
            protocol::failureEnvelope({protocol::ErrorCode::NotFound, QStringLiteral("Nobody waits so."), {}},
                                      QStringLiteral("1"), protocol::now())};
    if (!m_hasPlaces)
        return test::StubAnswer{
            429,
            protocol::failureEnvelope(
                {protocol::ErrorCode::Quota,
                 QStringLiteral("Two from this address wait to be let in already. Try again in ten minutes."),
                 {}},
                QStringLiteral("1"), protocol::now())};
    const protocol::Timestamp now = protocol::now();
    return success(QJsonObject{{QStringLiteral("id"), QStringLiteral("0190f3c2-7d1e-7c4b-9a55-1b2c3d4e5f61")},
                               {QStringLiteral("name"), QStringLiteral("ana@kitchen")},
                               {QStringLiteral("address"), QStringLiteral("127.0.0.1")},
                               {QStringLiteral("createdAt"), protocol::toIso(now)},
                               {QStringLiteral("expiresAt"), protocol::toIso(now + m_codeLife)},
                               {QStringLiteral("code"), QStringLiteral("482913")},
                               {QStringLiteral("pollSecret"), QStringLiteral("5d41402abc4b2a76")}});
}

/// The stub speaks no TLS: what it would have shown is shown here.
void RealWindow::showCertificate(bool pinned)
{
    loseServer();
    if (pinned)
        m_workspace->trust().setPin(QByteArray(32, 'a'));
    m_workspace->trust().accepts(QSslCertificate(madeUpCertificate), false);
    m_window->findChild<ui::ConnectionBadge*>()->setUntrusted(true);
    press("retry");
    await("a dialog", [this] { return hasOwnSize(); });
}

QList<RealWindow::State> RealWindow::signIns()
{
    const auto refuse = [](RealWindow& window) {
        window.m_refuses = true;
        window.m_server->acceptsSessions = false;
    };
    const auto as = [](Role role) { return [role](RealWindow& window) { window.signInAs(role); }; };
    const auto signedOut = [refuse](RealWindow& window) {
        refuse(window);
        window.m_server->closeSessions(1008);
        window.awaitSignedOut();
        window.await("stale numbers",
                     [&window] { return window.m_view->card(ui::StatCard::Kind::TotalChecks)->isStale(); });
    };
    const auto keep = [](RealWindow& window) {
        window.m_workspace->access().setKept(
            model::Access::Kept::File,
            QStringLiteral("/home/ana/.local/share/prism-dashboard/token-0f3a9c1b"));
    };
    return {
        {QStringLiteral("not-signed-in"), [](RealWindow& window) { window.awaitSignedOut(); }, refuse, false},
        {QStringLiteral("reporter"), [](RealWindow& window) { window.awaitSignedOut(); },
         [as](RealWindow& window) {
             as(Role::Reporter)(window);
             window.m_server->acceptsSessions = false;
         },
         false},
        {QStringLiteral("signed-out"), signedOut, as(Role::Editor)},
        {QStringLiteral("sign-in"),
         [](RealWindow& window) {
             window.awaitSignedOut();
             window.openSignIn();
         },
         refuse, false},
        {QStringLiteral("sign-in-refused"),
         [](RealWindow& window) {
             window.awaitSignedOut();
             window.openSignIn();
             window.find<QLineEdit>("sign-in-token")->setText(QStringLiteral("what they told me"));
             window.press("sign-in");
         },
         refuse, false},
        {QStringLiteral("sign-in-code"), [](RealWindow& window) { window.askForCode(); }, refuse, false},
        {QStringLiteral("sign-in-code-expired"),
         [](RealWindow& window) {
             window.m_codeLife = std::chrono::milliseconds(1);
             window.askForCode();
             window.await("an end", [&] {
                 return window.m_workspace->pairing().state() == model::Pairing::State::Expired;
             });
         },
         refuse, false},
        {QStringLiteral("sign-in-code-refused"),
         [](RealWindow& window) {
             window.m_hasPlaces = false;
             window.askForCode();
         },
         refuse, false},
        {QStringLiteral("sign-in-code-away"),
         [](RealWindow& window) {
             window.askForCode();
             window.m_server->goAway();
             window.await("silence", [&] { return window.m_workspace->pairing().isAway(); });
         },
         refuse, false},
        {QStringLiteral("signed-in"),
         [signedOut, keep](RealWindow& window) {
             signedOut(window);
             window.openSignIn();
             window.m_refuses = false;
             window.m_server->acceptsSessions = true;
             keep(window);
             window.find<QLineEdit>("sign-in-token")->setText(QString::fromLatin1(token));
             window.press("sign-in");
             window.await("a sign-in", [&] { return !window.m_workspace->access().refusal(); });
         },
         as(Role::Editor)},
        {QStringLiteral("certificate"), [](RealWindow& window) { window.showCertificate(false); }},
        {QStringLiteral("certificate-changed"), [](RealWindow& window) { window.showCertificate(true); }},
        {QStringLiteral("viewer"), [](RealWindow& window) { window.m_view->activity()->showDetails(true); },
         as(Role::Viewer)},
        {QStringLiteral("viewer-records"),
         [](RealWindow& window) {
             window.showRecords();
             window.find<QTableView>("records")->selectRow(0);
         },
         as(Role::Viewer)},
        {QStringLiteral("viewer-settings"), [](RealWindow& window) { window.showSettings(); },
         as(Role::Viewer)},
    };
}

} // namespace prism::gallery
