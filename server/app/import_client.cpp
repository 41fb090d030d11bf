#include "server/app/import_client.h"

#include "shared/protocol/envelope.h"
#include "shared/protocol/json_writer.h"
#include "shared/protocol/try.h"

#include <QEventLoop>
#include <QNetworkReply>

namespace prism::app {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;

namespace {

constexpr int timeoutMs = 60'000;

} // namespace

ImportClient::ImportClient(const QUrl& server, const QByteArray& token)
    : m_server(server)
    , m_token(token)
{
    m_network.setTransferTimeout(timeoutMs);
}

Result<ImportCount> ImportClient::store(ImportKind kind, const QList<QJsonObject>& entries)
{
    QByteArray lines;
    for (const QJsonObject& entry : entries)
        lines += protocol::writtenJson(entry) + '\n';
    const QString path = kind == ImportKind::Check ? QStringLiteral("/api/v1/gateway/checks")
                                                   : QStringLiteral("/api/v1/retros");
    PRISM_TRY_ASSIGN(const QJsonValue answer,
                     post(path, QStringLiteral("imported=true"), "application/x-ndjson", lines));
    return ImportCount{answer[QLatin1String("created")].toInteger(),
                       answer[QLatin1String("skipped")].toInteger()};
}

Result<ImportCount> ImportClient::storeRecord(const QByteArray& record)
{
    const Result<QJsonValue> answer =
        post(QStringLiteral("/api/v1/analytics/records"), QString(), "application/json", record);
    if (answer)
        return ImportCount{1, 0};
    if (answer.error().code == ErrorCode::AlreadyExists)
        return ImportCount{0, 1};
    return Failure(answer.error());
}

Result<QJsonValue> ImportClient::post(const QString& path, const QString& query,
                                      const QByteArray& contentType, const QByteArray& body)
{
    QUrl url = m_server;
    url.setPath(path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    QNetworkReply* reply = m_network.post(request, body);
    QEventLoop wait;
    QObject::connect(reply, &QNetworkReply::finished, &wait, &QEventLoop::quit);
    wait.exec();
    const QByteArray answer = reply->readAll();
    const bool answered = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    const QString problem = reply->errorString();
    reply->deleteLater();
    if (!answered)
        return Failure(Error{ErrorCode::Unavailable,
                             QStringLiteral("%1 does not answer: %2").arg(m_server.toString(), problem)});
    return protocol::openEnvelope(answer);
}

} // namespace prism::app
