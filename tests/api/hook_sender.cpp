#include "tests/api/hook_sender.h"

#include "tests/support/server_process.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

namespace prism::test {

namespace {

/// What stands behind the name in its line.
QByteArray valueIn(const QByteArray& lines, const QByteArray& name)
{
    const QList<QByteArray> all = lines.split('\n');
    for (const QByteArray& line : all) {
        if (line.startsWith(name + ' '))
            return line.sliced(name.size()).trimmed();
    }
    return {};
}

} // namespace

QStringList withData(const QString& dataDir, const QStringList& arguments)
{
    return QStringList{QStringLiteral("--data-dir"), dataDir} + arguments;
}

HookSender HookSender::made(const QByteArray& provider, const QString& dataDir, const QStringList& more)
{
    const ProgramResult result = ServerProcess::run(withData(
        dataDir,
        QStringList{QStringLiteral("hook"), QStringLiteral("create"), QString::fromLatin1(provider)} + more));
    if (result.exitCode != 0) {
        qWarning("no hook was made: %s", result.errors.constData());
        return {provider};
    }
    return {provider, valueIn(result.output, "address"), valueIn(result.output, "secret")};
}

RestClient::Headers HookSender::proofOf(const QByteArray& body) const
{
    if (provider == "gitlab")
        return {{"X-Gitlab-Token", secret}};
    const QByteArray signature =
        QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
    if (provider == "github")
        return {{"X-Hub-Signature-256", "sha256=" + signature}};
    return {{"X-Sonar-Webhook-HMAC-SHA256", signature}};
}

HttpResponse HookSender::send(RestClient& client, const QJsonObject& payload, const QByteArray& event) const
{
    RestClient::Headers headers{{"Content-Type", "application/json"}};
    if (provider == "github")
        headers.append({"X-GitHub-Event", event});
    const QByteArray body = QJsonDocument(payload).toJson(QJsonDocument::Compact);
    return sendBody(client, body, headers + proofOf(body));
}

HttpResponse HookSender::sendBody(RestClient& client, const QByteArray& body,
                                  const RestClient::Headers& headers) const
{
    return client.send("POST", address, headers, body);
}

} // namespace prism::test
