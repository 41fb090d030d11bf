#include "client/net/api_client.h"

#include "client/net/log.h"
#include "shared/protocol/envelope.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

namespace prism::net {

namespace {

const char* const refusedProperty = "prismRefused"; // why this client gave the request up itself

void giveUp(QNetworkReply* reply, const QString& why)
{
    reply->setProperty(refusedProperty, why);
    reply->abort();
}

/// Whether the server answered, be it with an error, rather than the network.
bool isAnswer(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError ||
           (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
           error >= QNetworkReply::InternalServerError;
}

} // namespace

ApiClient::ApiClient(const QUrl& server, const Options& options, QObject* parent, qint64 maxAnswer)
    : QObject(parent)
    , m_server(server)
    , m_options(options)
    , m_maxAnswer(maxAnswer)
{
    m_network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
}

void ApiClient::get(const QString& path, const QUrlQuery& query, const QByteArray& etag,
                    const QObject* context, const Done& done)
{
    QUrl url = m_server;
    url.setPath(path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(m_options.timing.requestIdle.count()));
    if (!etag.isEmpty())
        request.setRawHeader("If-None-Match", etag);

    QNetworkReply* reply = m_network.get(request);
    watch(reply);
    connect(context, &QObject::destroyed, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this, [this, reply, done, guard = QPointer(context)] {
        reply->deleteLater();
        if (!guard)
            return;
        const protocol::Result<Answer> answer = read(*reply);
        if (!answer)
            qCDebug(netLog) << "GET" << reply->url().path() << "failed:" << answer.error().message;
        done(answer);
    });
}

void ApiClient::watch(QNetworkReply* reply)
{
    auto* deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply,
            [reply] { giveUp(reply, tr("The server did not answer in time.")); });
    deadline->start(m_options.timing.requestDeadline);
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
        if (reply->bytesAvailable() > m_maxAnswer)
            giveUp(reply, tr("The server answered more than this dashboard takes in."));
    });
}

protocol::Result<Answer> ApiClient::read(QNetworkReply& reply) const
{
    if (!isAnswer(reply.error())) {
        QString why = reply.property(refusedProperty).toString();
        if (why.isEmpty() && (reply.error() == QNetworkReply::OperationCanceledError ||
                              reply.error() == QNetworkReply::TimeoutError))
            why = tr("The server did not answer in time.");
        else if (why.isEmpty()) {
            QUrl server = m_server;
            server.setUserInfo({});
            why = tr("The server at %1 cannot be reached (%2).").arg(server.authority(), reply.errorString());
        }
        return protocol::Failure(protocol::Error{protocol::ErrorCode::Unavailable, why});
    }
    Answer answer;
    answer.etag = reply.rawHeader("ETag");
    constexpr int notModifiedStatus = 304;
    if (reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == notModifiedStatus) {
        answer.notModified = true;
        answer.data = QJsonValue(QJsonValue::Undefined);
        return answer;
    }
    protocol::Result<QJsonValue> data = protocol::openEnvelope(reply.readAll());
    if (!data)
        return protocol::Failure(std::move(data).error());
    answer.data = std::move(data).value();
    return answer;
}

} // namespace prism::net
