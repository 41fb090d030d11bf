#pragma once

#include "server/http/request.h"

#include <chrono>

namespace prism::http {

/// Turns responses into the bytes that are sent. Belongs to one worker's thread.
class ResponseEncoder
{
public:
    /// Head and body; the body is left out where the request or the status forbids one. It is compressed as
    /// compress() has it, unless it is long; a tag of what is compressed is a weak one.
    QByteArray encode(const Request& request, Response response, const Headers& commonHeaders,
                      bool keepAlive);

    /// The head of an answer whose body has no known length and is sent as it comes, until the connection is
    /// closed.
    QByteArray encodeStreamHead(const Request& request, const QByteArray& contentType,
                                const Headers& commonHeaders);

private:
    void beginHead(QByteArray& out, const Request& request, int status, const Headers& commonHeaders);
    const QByteArray& date();

    std::chrono::sys_seconds m_second{};
    QByteArray m_date; ///< of m_second: it is the same for all answers within one
};

} // namespace prism::http
