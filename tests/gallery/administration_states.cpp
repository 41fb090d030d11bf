#include "client/ui/window/page.h"
#include "tests/gallery/real_window.h"

#include <QDateTime>
#include <QDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace prism::gallery {

using protocol::Role;

namespace {

QString madeUpId(int number)
{
    return QStringLiteral("0190f3c2-7d1e-7c4b-9a55-%1").arg(number, 12, 10, QLatin1Char('0'));
}

QJsonObject madeUpToken(int number, const QString& name, const char* role)
{
    QJsonObject json{{QStringLiteral("id"), madeUpId(number)},
                     {QStringLiteral("name"), name},
                     {QStringLiteral("role"), QLatin1String(role)},
                     {QStringLiteral("createdAt"), QStringLiteral("2026-02-02T09:12:00.000Z")},
                     {QStringLiteral("expiresAt"), QStringLiteral("2027-02-02T09:12:00.000Z")}};
    if (number > 1)
        json.insert(QStringLiteral("createdBy"), QStringLiteral("ana"));
    if (number != 3)
        json.insert(QStringLiteral("usedAt"), QStringLiteral("2026-02-07T14:31:00.000Z"));
    return json;
}

QJsonArray madeUpAudit()
{
    struct Deed
    {
        const char* who;
        const char* action;
        const char* subject;
    };
    constexpr Deed deeds[] = {
        {"ana", "record.update", "0190a000-0000-7000-8000-000000000001"},
        {"", "refused", "GET /api/v1/audit"},
        {"ana", "settings.update", "settings"},
        {"ben, who looks after all the gates of the mobile app", "violation.mark", "0190b0"},
        {"ana", "token.create", "0190f3c2-7d1e-7c4b-9a55-000000000003"},
        {"ana", "rules.update", "rules"}};
    QJsonArray audit;
    int minute = 59;
    for (const Deed& deed : deeds) {
        QJsonObject entry{
            {QStringLiteral("id"), minute},
            {QStringLiteral("at"), QStringLiteral("2026-02-07T14:%1:00.000Z").arg(minute)},
            {QStringLiteral("address"), QStringLiteral("10.0.0.7")},
            {QStringLiteral("action"), QLatin1String(deed.action)},
            {QStringLiteral("subject"), QLatin1String(deed.subject)},
            {QStringLiteral("before"), QJsonObject{{QStringLiteral("name"), QStringLiteral("Ours")}}},
            {QStringLiteral("after"), QJsonObject{{QStringLiteral("name"), QStringLiteral("Theirs")}}}};
        if (*deed.who) {
            entry.insert(QStringLiteral("tokenId"), QStringLiteral("0190f3c2-7d1e-7c4b-9a55-000000000001"));
            entry.insert(QStringLiteral("tokenName"), QLatin1String(deed.who));
        } else {
            entry.insert(QStringLiteral("count"), 12);
        }
        audit.append(entry);
        minute -= 7;
    }
    return audit;
}

} // namespace

std::optional<test::StubAnswer> RealWindow::administrationAnswer(const test::StubRequest& request) const
{
    const protocol::Timestamp now = protocol::now();
    if (request.method == "POST" && request.path.contains(QStringLiteral("/auth/tokens"))) {
        QJsonObject made = madeUpToken(5, QStringLiteral("checkout's pipeline"), "reporter");
        made.insert(QStringLiteral("token"),
                    QStringLiteral("prism_0190f3c2-7d1e-7c4b-9a55-000000000005_5f1e9a7c"));
        return success(made);
    }
    if (request.path.endsWith(QStringLiteral("/auth/tokens")))
        return success(QJsonObject{
            {QStringLiteral("tokens"),
             QJsonArray{madeUpToken(1, QStringLiteral("ana"), "admin"),
                        madeUpToken(2, QStringLiteral("wall in the kitchen"), "viewer"),
                        madeUpToken(3, QStringLiteral("checkout's pipeline, which reports what it found"),
                                    "reporter"),
                        madeUpToken(4, QStringLiteral("ben"), "editor")}}});
    if (request.method == "GET" && request.path.endsWith(QStringLiteral("/auth/pairings")))
        return success(
            QJsonObject{{QStringLiteral("pairings"),
                         QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("1")},
                                                {QStringLiteral("name"), QStringLiteral("ben@workshop")},
                                                {QStringLiteral("address"), QStringLiteral("10.0.0.12")},
                                                {QStringLiteral("createdAt"), protocol::toIso(now)},
                                                {QStringLiteral("expiresAt"), protocol::toIso(now)}}}}});
    if (!request.path.endsWith(QStringLiteral("/audit")))
        return std::nullopt;
    const bool isEmpty = !request.query.queryItemValue(QStringLiteral("subject")).isEmpty();
    return test::StubAnswer{
        .body =
            QJsonDocument(
                QJsonObject{
                    {QStringLiteral("success"), true},
                    {QStringLiteral("data"), isEmpty ? QJsonArray() : madeUpAudit()},
                    {QStringLiteral("meta"),
                     QJsonObject{{QStringLiteral("pagination"),
                                  QJsonObject{{QStringLiteral("limit"), 100},
                                              {QStringLiteral("nextCursor"),
                                               isEmpty ? QJsonValue() : QJsonValue(QStringLiteral("x"))}}}}}})
                .toJson()};
}

void RealWindow::showSection(const char* button)
{
    m_window->setPage(ui::Page::Settings);
    press(button);
}

QList<RealWindow::State> RealWindow::administrations()
{
    const auto admin = [](RealWindow& window) { window.signInAs(Role::Admin); };
    const auto showTokens = [](RealWindow& window) {
        window.showSection("section-access");
        window.await("tokens", [&] { return window.m_workspace->administration().tokens().rowCount() == 4; });
        window.await("who waits",
                     [&] { return !window.m_workspace->administration().lettingIn().waiting().isEmpty(); });
    };
    const auto choose = [showTokens](const char* button) {
        return [showTokens, button](RealWindow& window) {
            showTokens(window);
            window.find<QTableView>("tokens")->selectRow(1);
            window.press(button);
            window.await("a dialog", [&] { return window.hasOwnSize(); });
        };
    };
    const auto showAudit = [](RealWindow& window) {
        window.showSection("section-audit");
        window.await("deeds", [&] { return window.m_workspace->administration().audit().rowCount() == 6; });
    };
    return {
        {QStringLiteral("access"), showTokens, admin},
        {QStringLiteral("access-viewer"), [](RealWindow& window) { window.showSection("section-access"); },
         [](RealWindow& window) { window.signInAs(Role::Viewer); }},
        {QStringLiteral("access-no-code"),
         [showTokens](RealWindow& window) {
             showTokens(window);
             window.find<QLineEdit>("letting-in-code")->setText(QStringLiteral("482 913"));
             window.press("letting-in");
             window.await("a refusal",
                          [&] { return !window.m_workspace->administration().lettingIn().isApproving(); });
         },
         admin},
        {QStringLiteral("access-offline"),
         [showTokens](RealWindow& window) {
             showTokens(window);
             window.loseServer();
         },
         admin},
        {QStringLiteral("token-new"), choose("token-new"), admin},
        {QStringLiteral("token-made"),
         [choose](RealWindow& window) {
             choose("token-new")(window);
             window.find<QLineEdit>("token-name")->setText(QStringLiteral("checkout's pipeline"));
             window.press("token-act");
             window.await("a token", [&] { return window.find<QLineEdit>("token-secret")->isVisible(); });
         },
         admin},
        {QStringLiteral("token-rotate"), choose("token-rotate"), admin},
        {QStringLiteral("token-revoke"), choose("token-revoke"), admin},
        {QStringLiteral("audit"),
         [showAudit](RealWindow& window) {
             showAudit(window);
             window.find<QTableView>("audit")->selectRow(0);
         },
         admin},
        {QStringLiteral("audit-nothing-found"),
         [showAudit](RealWindow& window) {
             showAudit(window);
             window.find<QLineEdit>("audit-subject")->setText(QStringLiteral("quux"));
             window.await("nothing",
                          [&] { return window.m_workspace->administration().audit().rowCount() == 0; });
         },
         admin},
    };
}

} // namespace prism::gallery
