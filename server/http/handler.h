#pragma once

#include "server/http/connection_quota.h"
#include "server/http/request.h"
#include "server/io/descriptor.h"

namespace prism::http {

/// A connection that ceased to be one of HTTP.
struct HandedOver
{
    io::Descriptor descriptor;
    QByteArray unread;     ///< what has arrived and was not read by HTTP, beginning with the request's head
    QByteArray streamHead; ///< of an answer that goes on until the connection is closed; empty for an upgrade
    ConnectionQuota::Ticket ticket;
};

/// Takes a connection over, to serve what its request asked for; called on the worker's thread.
using TakeOver = std::function<void(HandedOver)>;

/// What is to be done with a request of which only the head is known.
struct Verdict
{
    enum class Kind { Read, HandOver, Refuse };

    Kind kind = Kind::Read;
    qint64 bodyLimit = 0;       ///< for Read: bytes; a longer body is answered 413 and not read
    Response refusal = {};      ///< for Refuse
    TakeOver takeOver = {};     ///< for HandOver
    QByteArray streamType = {}; ///< for HandOver: the content type of an answer without an end

    static Verdict read(qint64 bodyLimit) { return {Kind::Read, bodyLimit}; }
    static Verdict refuse(Response response) { return {Kind::Refuse, 0, std::move(response)}; }

    /// Another protocol goes on with the connection, from the request's head on.
    static Verdict upgrade(TakeOver takeOver) { return {Kind::HandOver, 0, {}, std::move(takeOver)}; }

    /// The request is answered by a stream of this content type.
    static Verdict stream(const QByteArray& contentType, TakeOver takeOver)
    {
        return {Kind::HandOver, 0, {}, std::move(takeOver), contentType};
    }
};

/// Answers the requests of one worker's connections. Lives on that worker's thread.
class Handler
{
public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;

    /// Decides on the head alone, before a byte of the body is taken, and notes the route in it.
    virtual Verdict admit(Request& head) = 0;

    /// Answers a whole request, now or later.
    virtual void handle(const Request& request, Reply reply) = 0;

    /// The answer to a request that HTTP itself does not allow to be read. `status` is one of 400, 408, 413,
    /// 417, 431, 501 or 503.
    virtual Response refusal(int status, const QString& reason, const QString& requestId) = 0;

    /// Headers that every answer to this request carries.
    virtual Headers commonHeaders(const Request& head) = 0;

    /// Told of each answer that was written. `duration` is from the whole head to there.
    virtual void answered(const Request& request, int status, std::chrono::nanoseconds duration) = 0;

    /// Answers what is being held back: the server is stopping.
    virtual void drain() = 0;
};

} // namespace prism::http
