#pragma once

#include "client/net/call.h"
#include "client/net/credentials.h"
#include "client/net/hindrance.h"
#include "client/net/options.h"
#include "client/net/trust.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/error.h"

#include <QJsonValue>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <optional>

class QNetworkReply;
class QNetworkRequest;

namespace prism::net {

/// What a request brought.
struct Answer
{
    /// The envelope's, or a text of lines, which stand in none; undefined when notModified.
    QJsonValue data;
    std::optional<protocol::Pagination> pagination = {}; ///< of a list, or of lines
    QByteArray etag;                                     ///< empty when the server sent none
    bool notModified = false;                            ///< the data of the ETag given still holds
};

/// A request that changes something.
struct Write
{
    enum class Method { Post, Put, Patch, Delete };

    Method method = Method::Post;
    QString path;                        ///< "/api/v1/…", percent-encoded where it has to be
    std::optional<QByteArray> body = {}; ///< JSON
    QByteArray ifMatch = {};             ///< the ETag that must still hold; empty for any
    /// Sent with every write, as Qt sends one again by itself when a kept connection drops: the server does
    /// it once. Whoever tries the same write again takes the same key. Empty for what is told once, which the
    /// server must not remember.
    QByteArray key = newKey();

    static QByteArray newKey();
};

/// Speaks HTTP with one server: makes requests with deadlines and bounded answers, and opens envelopes. Api
/// says what there is to ask. Lives on the thread of its callers, the GUI's.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const protocol::Result<Answer>&)>;

    static constexpr qint64 defaultMaxAnswer = 32 * 1024 * 1024;

    /// `server` is scheme, host and port. Answers above `maxAnswer` bytes are refused.
    HttpClient(const QUrl& server, const Options& options, QObject* parent = nullptr,
               qint64 maxAnswer = defaultMaxAnswer);

    QUrl server() const { return m_server; }

    /// By what it asks. After a refusal every call fails at once with the same words.
    Credentials& credentials() { return m_credentials; }

    /// Which certificates will do. Nothing is sent to who has no other.
    Trust& trust() { return m_trust; }

    /// Why the latest request brought no answer of a PRISM server's; nothing when it did, and before the
    /// first.
    std::optional<Hindrance> hindrance() const { return m_hindrance; }

    /// Fetches `path` ("/api/v1/…") and calls `done` once, later, as long as the handle is kept. `etag` makes
    /// the request conditional. The error is Unavailable when the server was not reached, did not answer in
    /// time, or answered too much; what the server itself refused keeps the server's words.
    [[nodiscard]] Call get(const QString& path, const QUrlQuery& query, const QByteArray& etag,
                           const Done& done);

    /// Writes, and calls `done` as get() does. After an Unavailable error it is not known whether it was
    /// done.
    [[nodiscard]] Call send(const Write& write, const Done& done);

signals:
    /// Before the call that found it is answered.
    void hindranceChanged();

private:
    QNetworkRequest requestFor(const QUrl& url) const;
    std::optional<protocol::Error> heldBack(Call::Kind kind) const;
    Call answerHere(const protocol::Error& error, const Done& done, Call::Kind kind);
    void noteRefusal(const QNetworkReply& reply, int status, const protocol::Error& error);
    QMetaObject::Connection await(QNetworkReply* reply, const Done& done);
    void watch(QNetworkReply* reply);
    void watchCertificate(QNetworkReply* reply);
    void renewNetwork();
    void setHindrance(std::optional<Hindrance> hindrance);
    protocol::Result<Answer> read(QNetworkReply& reply);
    protocol::Error failureOf(const QNetworkReply& reply) const;

    const QUrl m_server;
    const Options m_options;
    const qint64 m_maxAnswer;
    QNetworkAccessManager* m_network = nullptr; ///< a child
    Credentials m_credentials;
    Trust m_trust;
    std::optional<protocol::Error> m_tooMuch; ///< what the server said when it had enough of who asks
    std::chrono::milliseconds m_notBefore{0}; ///< when (Clock::elapsed) it may be read from again
    std::optional<Hindrance> m_hindrance;
};

} // namespace prism::net
