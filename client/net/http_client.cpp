#include "client/net/http_client.h"

#include "client/net/log.h"
#include "shared/protocol/try.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace prism::net {

namespace {

const char* const authorizationField = "Authorization";
constexpr std::chrono::minutes longestWait{2}; // whatever a server asks for

const char* const noticedProperty = "prismHindrance"; // what this client itself found on the way

void note(QNetworkReply* reply, Hindrance hindrance)
{
    reply->setProperty(noticedProperty, int(hindrance));
}

void giveUp(QNetworkReply* reply, Hindrance why)
{
    note(reply, why);
    reply->abort();
}

Hindrance hindranceTo(const QNetworkReply& reply)
{
    const QVariant noticed = reply.property(noticedProperty);
    return noticed.isValid() ? Hindrance(noticed.toInt()) : hindranceOf(reply.error());
}

/// Whether the server answered, be it with an error, rather than the network.
bool isAnswer(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError || // 400
           (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
           error >= QNetworkReply::InternalServerError;
}

QByteArray verbOf(Write::Method method)
{
    switch (method) {
    case Write::Method::Put:
        return "PUT";
    case Write::Method::Patch:
        return "PATCH";
    case Write::Method::Delete:
        return "DELETE";
    case Write::Method::Post:
        break;
    }
    return "POST";
}

bool isLines(const QNetworkReply& reply, int status)
{
    constexpr int done = 200;
    return status == done && reply.rawHeader("Content-Type").startsWith("application/x-ndjson");
}

/// The cursor in a Link header (RFC 8288) to what comes next; empty for none.
QString nextOf(const QByteArray& link)
{
    const qsizetype begin = link.indexOf('<'), end = link.indexOf('>');
    if (begin < 0 || end < begin || !link.sliced(end).contains("rel=\"next\""))
        return {};
    const QUrl url = QUrl::fromEncoded(link.sliced(begin + 1, end - begin - 1));
    return QUrlQuery(url).queryItemValue(QStringLiteral("cursor"), QUrl::FullyDecoded);
}

} // namespace

QByteArray Write::newKey()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

HttpClient::HttpClient(const QUrl& server, const Options& options, QObject* parent, qint64 maxAnswer)
    : QObject(parent)
    , m_server(server)
    , m_options(options)
    , m_maxAnswer(maxAnswer)
{
    connect(&m_credentials, &Credentials::changed, this, [this] { m_tooMuch.reset(); });
    connect(&m_trust, &Trust::pinned, this, &HttpClient::renewNetwork);
    renewNetwork();
}

/// The connections that there are, and what was agreed on for those to come, belong to the pin of before.
void HttpClient::renewNetwork()
{
    QNetworkAccessManager* before = std::exchange(m_network, new QNetworkAccessManager(this));
    m_network->setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
    if (!before)
        return;
    const QList<QNetworkReply*> replies = before->findChildren<QNetworkReply*>();
    for (QNetworkReply* reply : replies)
        reply->abort(); // whoever is told may ask again at once, by the new one
    before->deleteLater();
}

Call HttpClient::get(const QString& path, const QUrlQuery& query, const QByteArray& etag, const Done& done)
{
    if (const std::optional<protocol::Error> error = heldBack(Call::Kind::Read))
        return answerHere(*error, done, Call::Kind::Read);
    QUrl url = m_server;
    url.setPath(path, QUrl::TolerantMode);
    url.setQuery(query);
    QNetworkRequest request = requestFor(url);
    if (!etag.isEmpty())
        request.setRawHeader("If-None-Match", etag);
    QNetworkReply* reply = m_network->get(request);
    return {reply, await(reply, done), Call::Kind::Read};
}

Call HttpClient::send(const Write& write, const Done& done)
{
    if (const std::optional<protocol::Error> error = heldBack(Call::Kind::Write))
        return answerHere(*error, done, Call::Kind::Write);
    QUrl url = m_server;
    url.setPath(write.path, QUrl::TolerantMode);
    QNetworkRequest request = requestFor(url);
    if (!write.key.isEmpty())
        request.setRawHeader("Idempotency-Key", write.key);
    if (!write.ifMatch.isEmpty())
        request.setRawHeader("If-Match", write.ifMatch);
    if (write.body)
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    QNetworkReply* reply =
        m_network->sendCustomRequest(request, verbOf(write.method), write.body.value_or(QByteArray()));
    return {reply, await(reply, done), Call::Kind::Write};
}

QNetworkRequest HttpClient::requestFor(const QUrl& url) const
{
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(m_options.timing.requestIdle.count()));
    if (!m_trust.pin().isEmpty()) {
        QSslConfiguration nobody = request.sslConfiguration();
        nobody.setCaCertificates({});
        request.setSslConfiguration(nobody);
    }
    if (const QByteArray authorization = m_credentials.authorization(); !authorization.isEmpty())
        request.setRawHeader(authorizationField, authorization);
    return request;
}

/// What is known to be refused is not sent. A write is somebody's wish, and waits for nothing.
std::optional<protocol::Error> HttpClient::heldBack(Call::Kind kind) const
{
    if (m_credentials.refusal())
        return m_credentials.refusal();
    if (m_credentials.isHeld())
        return protocol::Error{
            protocol::ErrorCode::Unavailable, QStringLiteral("The token is still to come."), {}};
    return kind == Call::Kind::Read && m_tooMuch && m_options.clock.elapsed() < m_notBefore ? m_tooMuch
                                                                                            : std::nullopt;
}

Call HttpClient::answerHere(const protocol::Error& error, const Done& done, Call::Kind kind)
{
    auto* later = new QTimer(this);
    later->setSingleShot(true);
    connect(later, &QTimer::timeout, later, &QObject::deleteLater);
    const QMetaObject::Connection answer =
        connect(later, &QTimer::timeout, this, [error, done] { done(protocol::Failure(error)); });
    later->start(0);
    return {nullptr, answer, kind};
}

void HttpClient::noteRefusal(const QNetworkReply& reply, int status, const protocol::Error& error)
{
    constexpr int notSignedIn = 401, tooMuch = 429;
    const QByteArray authorization = reply.request().rawHeader(authorizationField);
    if (status == notSignedIn)
        m_credentials.refuse(authorization, error);
    const int wait = reply.rawHeader("Retry-After").toInt();
    if (status != tooMuch || wait <= 0 || authorization != m_credentials.authorization())
        return; // what was said of an earlier token is too late
    m_tooMuch = error;
    m_notBefore = m_options.clock.elapsed() +
                  std::min<std::chrono::milliseconds>(std::chrono::seconds(wait), longestWait);
}

QMetaObject::Connection HttpClient::await(QNetworkReply* reply, const Done& done)
{
    watch(reply);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    return connect(reply, &QNetworkReply::finished, this, [this, reply, done] {
        const protocol::Result<Answer> answer = read(*reply);
        if (!answer)
            qCDebug(netLog) << reply->url().path() << "failed:" << answer.error().message;
        done(answer);
    });
}

void HttpClient::watch(QNetworkReply* reply)
{
    auto* deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [reply] { giveUp(reply, Hindrance::Silence); });
    deadline->start(m_options.timing.requestDeadline);
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
        if (reply->bytesAvailable() > m_maxAnswer)
            giveUp(reply, Hindrance::TooMuch);
    });
    watchCertificate(reply);
}

/// A connection may serve several requests, of which only one is told of it. So with a pin every certificate
/// is an error (see requestFor), and those errors alone are ignored that name the pinned one.
void HttpClient::watchCertificate(QNetworkReply* reply)
{
    const auto accepts = [this, reply](bool isKnown) {
        const bool isAccepted = m_trust.accepts(reply->sslConfiguration().peerCertificate(), isKnown);
        if (!isAccepted)
            note(reply, m_trust.pin().isEmpty() ? Hindrance::Untrusted : Hindrance::OtherCertificate);
        return isAccepted;
    };
    connect(reply, &QNetworkReply::sslErrors, this, [accepts, reply](const QList<QSslError>& errors) {
        // What was ignored before on this connection would hold for the next certificate too.
        const QList<QSslError> none{QSslError(QSslError::NoSslSupport)};
        reply->ignoreSslErrors(accepts(false) ? errors : none);
    });
    connect(reply, &QNetworkReply::encrypted, this, [accepts, reply] {
        if (!accepts(true))
            reply->abort();
    });
}

void HttpClient::setHindrance(std::optional<Hindrance> hindrance)
{
    if (std::exchange(m_hindrance, hindrance) != hindrance)
        emit hindranceChanged();
}

protocol::Error HttpClient::failureOf(const QNetworkReply& reply) const
{
    QUrl server = m_server;
    server.setUserInfo({});
    QString why = QStringLiteral("The server at %1 cannot be reached (%2).")
                      .arg(server.authority(), reply.errorString());
    if (m_hindrance == Hindrance::Silence)
        why = QStringLiteral("The server did not answer in time.");
    else if (m_hindrance == Hindrance::TooMuch)
        why = QStringLiteral("The server answered more than this dashboard takes in.");
    return {protocol::ErrorCode::Unavailable, why};
}

protocol::Result<Answer> HttpClient::read(QNetworkReply& reply)
{
    if (!isAnswer(reply.error())) {
        setHindrance(hindranceTo(reply));
        return protocol::Failure(failureOf(reply));
    }
    Answer answer;
    answer.etag = reply.rawHeader("ETag");
    constexpr int notModifiedStatus = 304;
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == notModifiedStatus) {
        setHindrance(std::nullopt);
        answer.notModified = true;
        answer.data = QJsonValue(QJsonValue::Undefined);
        return answer;
    }
    const QByteArray body = reply.readAll();
    if (isLines(reply, status)) {
        setHindrance(std::nullopt);
        answer.data = QString::fromUtf8(body);
        answer.pagination = protocol::Pagination::ofCursor(0, nextOf(reply.rawHeader("Link")));
        return answer;
    }
    protocol::Result<protocol::Envelope> envelope = protocol::readEnvelope(body);
    setHindrance(envelope || protocol::isEnvelope(body) ? std::nullopt
                                                        : std::optional(foreignAnswer(status)));
    if (!envelope) {
        if (!m_hindrance)
            noteRefusal(reply, status, envelope.error());
        return protocol::Failure(envelope.error());
    }
    answer.data = std::move(envelope->data);
    answer.pagination = std::move(envelope->pagination);
    return answer;
}

} // namespace prism::net
