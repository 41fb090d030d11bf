#pragma once

#include "server/http/request.h"

namespace prism::http {

/// What is to be done with a request of which only the head is known.
struct Verdict
{
    enum class Kind { Read, HandOver, Refuse };

    Kind kind = Kind::Read;
    qint64 bodyLimit = 0;  ///< for Read: bytes; a longer body is answered 413 and not read
    Response refusal = {}; ///< for Refuse

    static Verdict read(qint64 bodyLimit) { return {Kind::Read, bodyLimit}; }

    /// The connection ceases to be one of HTTP: its socket goes to whoever serves what was asked for.
    static Verdict handOver() { return {Kind::HandOver}; }
    static Verdict refuse(Response response) { return {Kind::Refuse, 0, std::move(response)}; }
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
    virtual Verdict judge(Request& head) = 0;

    /// Answers a whole request, now or later.
    virtual void handle(const Request& request, Reply reply) = 0;

    /// The answer to a request that HTTP itself does not allow to be read. `status` is one of 400, 408, 413,
    /// 431, 501 or 503.
    virtual Response refusal(int status, const QString& reason, const QString& requestId) = 0;

    /// Headers that every answer to this request carries.
    virtual Headers commonHeaders(const Request& head) = 0;

    /// Told of each answer that was written. `duration` is from the whole head to there.
    virtual void answered(const Request& request, int status, std::chrono::nanoseconds duration) = 0;

    /// Answers what is being held back: the server is stopping.
    virtual void drain() = 0;
};

} // namespace prism::http
