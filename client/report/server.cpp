#include "client/report/server.h"

#include "client/report/files.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/version.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

#include <memory>

namespace prism::report {

namespace {

constexpr qint64 longestAnswer = 16 * 1024 * 1024;
constexpr qint64 mostOfCertificates = 4 * 1024 * 1024;
constexpr std::chrono::seconds longestAskedPause{3600};

/// "zh_CN.UTF-8" is zh-CN.
QByteArray language()
{
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QByteArray name = qgetenv(variable);
        if (!name.isEmpty() && name != "C" && name != "POSIX" && !name.startsWith("C."))
            return QByteArray(name).replace('_', '-').split('.').constFirst().split('@').constFirst();
    }
    return "en";
}

QString troubleOf(const QNetworkReply& reply, int status)
{
    if (status != 0)
        return QStringLiteral("what answered with %1 is no PRISM server").arg(status);
    return reply.error() == QNetworkReply::OperationCanceledError ? QStringLiteral("no answer came in time")
                                                                  : reply.errorString();
}

Answer answerOf(QNetworkReply& reply, const QByteArray& body)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    Answer answer;
    answer.pause = std::min(longestAskedPause,
                            std::chrono::seconds(std::max(0, reply.rawHeader("Retry-After").toInt())));
    if (body.size() > longestAnswer || !protocol::isEnvelope(body)) {
        answer.trouble =
            troubleOf(reply, body.isEmpty() && reply.error() != QNetworkReply::NoError ? 0 : status);
        return answer;
    }
    answer.status = status;
    const protocol::Result<QJsonValue> data = protocol::openEnvelope(body);
    if (data) {
        answer.data = *data;
    } else {
        answer.trouble = data.error().message;
        for (const QString& detail : data.error().details)
            answer.trouble += QStringLiteral(" ") + detail;
    }
    return answer;
}

} // namespace

std::optional<QString> Server::trustCertificates(QNetworkRequest& request) const
{
    if (m_config.certificates.isEmpty())
        return std::nullopt;
    const auto text = contentOf(m_config.certificates, mostOfCertificates);
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(text.value_or(QByteArray()));
    if (certificates.isEmpty())
        return m_config.certificates + QStringLiteral(" holds no certificate that could be read");
    QSslConfiguration tls = request.sslConfiguration();
    tls.addCaCertificates(certificates);
    request.setSslConfiguration(tls);
    return std::nullopt;
}

Answer Server::post(const QString& path, const QByteArray& type, const QByteArray& key,
                    const QByteArray& body, std::chrono::milliseconds patience)
{
    QNetworkRequest request(
        QUrl::fromEncoded(m_config.server.toEncoded() + path.toLatin1(), QUrl::StrictMode));
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    request.setRawHeader("Idempotency-Key", key);
    request.setRawHeader("Accept-Language", language());
    request.setRawHeader("User-Agent", QByteArray("prism-report/") + version);
    if (!m_config.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_config.token);
    // Where a redirect leads is not where the token and what was found are for.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (const auto trouble = trustCertificates(request))
        return {0, {}, *trouble};

    const std::unique_ptr<QNetworkReply> reply(m_network.post(request, body));
    QEventLoop loop;
    QByteArray received;
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        received += reply->readAll();
        if (received.size() > longestAnswer)
            reply->abort();
    });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(patience, reply.get(), &QNetworkReply::abort);
    if (!reply->isFinished())
        loop.exec();
    if (reply->isOpen()) // not where it was given up
        received += reply->readAll();
    return answerOf(*reply, received);
}

} // namespace prism::report
