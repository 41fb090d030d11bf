#pragma once

#include "server/http/fields.h"
#include "server/http/presence.h"
#include "server/http/query.h"
#include "server/io/reading_pace.h"
#include "shared/protocol/reach.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace prism::http {

struct Route;

/// What is left of how much somebody may ask, as they are told it.
struct Allowed
{
    bool isToken = false; ///< who signed in; else their address
    qint64 left = 0;
    qint64 seconds = 0; ///< until it is all there again
};

/// One request as a handler sees it. Before the body has been read, `body` is empty.
struct Request
{
    QByteArray method;                               ///< upper case, e.g. "GET"
    int version = 11;                                ///< ten times HTTP's
    std::chrono::steady_clock::time_point arrived{}; ///< when its head was whole
    QByteArray encodedPath; ///< without the query and without dot segments; "*" or empty for no path
    QString path;           ///< percent-decoded
    Query query;
    QByteArray authority; ///< the host and port that are asked: the target's own, else those of Host
    QByteArray scheme;    ///< by which it was asked, "http" or "https"; empty for that of the port
    Fields headers;
    QByteArray body;
    int listener = 0;            ///< which listening socket it came in by, as told to WorkerPool::adopt()
    QHostAddress peer;           ///< who sent it; null when that has no address
    std::shared_ptr<void> share; ///< keeps their place, where their connection has it not
    bool isForwarded = false;    ///< it came by a trusted proxy, whose connection serves many
    bool isSpare = false;        ///< its connection has no place of its own: only probes are answered
    QString id;                  ///< the caller's X-Request-Id if it is sane, else a new one
    QString user;                ///< who asks, as the handler found out; empty where nobody has to say
    QByteArray userProof;        ///< the hash of the secret by which they said so
    protocol::Reach reach;       ///< of which projects they may hear, as the handler found out
    quint64 userHash = 0;        ///< by which they, and their address, are counted
    quint64 addressHash = 0;
    std::optional<Allowed> allowance = {}; ///< where it is counted
    const Route* route = nullptr;          ///< who answers, once the handler has admitted the head
    QStringList captures;                  ///< what stood for the {…} of the route's pattern, in order

    /// Whether somebody waits for the answer; null when nobody looks.
    std::shared_ptr<const Presence> client;

    QByteArray header(QByteArrayView lowerCaseName) const { return headers.value(lowerCaseName); }

    /// The query's value, decoded; nothing when the name is absent.
    std::optional<QString> parameter(const QString& name) const { return query.value(name); }

    /// All values of a repeated name, decoded, in their order.
    QStringList parameters(const QString& name) const { return query.values(name); }
};

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// One response. The connection adds the length, the date and what keeps it open or closes it.
struct Response
{
    int status = 200;
    QByteArray contentType = QByteArrayLiteral("application/json; charset=utf-8");
    QByteArray body = {};
    Headers headers = {};
    bool isCompressed = false; ///< the body is what compress() made of it
    bool isEndless = false;    ///< in answer to a HEAD: what GET is answered with has no known length

    void addHeader(const QByteArray& name, const QByteArray& value) { headers.emplaceBack(name, value); }
};

/// What answers a request: a response, or what makes it. That is called on the worker's thread when the
/// answer goes out, and not at all when nobody is there any more.
class Answer
{
public:
    using Make = std::function<Response()>;

    Answer(Response response)
        : m_content(std::move(response))
    {
    }
    /// `bytes` is what is held meanwhile to make it of.
    explicit Answer(Make make, qsizetype bytes = 0)
        : m_content(std::move(make))
        , m_bytes(bytes)
    {
    }

    /// How much memory it holds.
    qsizetype bytes() const
    {
        const Response* response = std::get_if<Response>(&m_content);
        return response ? response->body.size() : m_bytes;
    }

    /// To be called once.
    Response take()
    {
        if (const Make* make = std::get_if<Make>(&m_content))
            return (*make)();
        return std::move(std::get<Response>(m_content));
    }

private:
    std::variant<Response, Make> m_content;
    qsizetype m_bytes = 0; ///< where it is to be made
};

/// Delivers the one answer to a request. May be called from any thread, once; what comes from another thread
/// than the request's goes out at the next ring of the AnswerBell.
using Reply = std::function<void(Answer)>;

/// How much a connection accepts, and how long it waits.
struct Limits
{
    qint64 headerBytes = 16 * 1024;
    qint64 bodyBytes = 1024 * 1024;                   ///< of an ordinary request
    qint64 bulkBodyBytes = 10 * 1024 * 1024;          ///< of NDJSON and batches
    qint64 fileBytes = 20 * 1024 * 1024;              ///< of other programs' files
    std::chrono::milliseconds requestTimeout{10'000}; ///< from a request's first byte to its last
    std::chrono::milliseconds idleTimeout{60'000};    ///< between requests
    io::ReadingFloor slowest;                         ///< who takes its answers more slowly is closed
};

} // namespace prism::http
