#include "server/http/response_encoder.h"

#include "server/http/content_coding.h"
#include "server/http/http_date.h"

#include <boost/beast/http/status.hpp>

namespace prism::http {

namespace {

/// What a worker has time to compress beside its other connections. What is larger is made by the readers,
/// who compress it themselves.
constexpr qsizetype mostCompressed = 128LL * 1024;

/// The tag of what is meant rather than of its bytes (RFC 9110, section 8.8.1).
Headers withWeakTag(Headers headers)
{
    for (auto& [name, value] : headers) {
        if (name == "ETag" && !value.startsWith("W/"))
            value.prepend("W/");
    }
    return headers;
}

void addHeaders(QByteArray& out, const Headers& headers)
{
    for (const auto& [name, value] : headers) {
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
}

} // namespace

QByteArray ResponseEncoder::encode(const Request& request, Response response, const Headers& commonHeaders,
                                   bool keepAlive)
{
    const bool hasBody = response.status != 204 && response.status != 304;
    if (hasBody)
        compress(request, response, mostCompressed);
    else
        response.body.clear();
    const QByteArray& body = response.body;
    QByteArray out;
    out.reserve(body.size() + 512);
    beginHead(out, request, response.status, commonHeaders);
    addHeaders(out, response.isCompressed ? withWeakTag(response.headers) : response.headers);
    if (dependsOnCoding(response))
        out += "Vary: Accept-Encoding\r\n";
    if (response.isCompressed)
        out += "Content-Encoding: gzip\r\n";
    if (hasBody && !response.contentType.isEmpty())
        out += "Content-Type: " + response.contentType + "\r\n";
    if (hasBody && !response.isEndless) {
        out += "Content-Length: ";
        out += QByteArray::number(body.size());
        out += "\r\n";
    }
    if (!keepAlive)
        out += "Connection: close\r\n";
    out += "\r\n";
    if (request.method != "HEAD")
        out += body;
    return out;
}

QByteArray ResponseEncoder::encodeStreamHead(const Request& request, const QByteArray& contentType,
                                             const Headers& commonHeaders)
{
    QByteArray out;
    beginHead(out, request, 200, commonHeaders);
    // A proxy would keep back what it is to pass on: nginx asks this header.
    out += "Content-Type: " + contentType +
           "\r\nCache-Control: private, no-cache\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n";
    return out;
}

void ResponseEncoder::beginHead(QByteArray& out, const Request& request, int status,
                                const Headers& commonHeaders)
{
    const auto phrase =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(unsigned(status)));
    out += "HTTP/1.1 ";
    out += QByteArray::number(status);
    out += ' ';
    out.append(phrase.data(), qsizetype(phrase.size()));
    out += "\r\nDate: ";
    out += date();
    out += "\r\nX-Request-Id: ";
    out += request.id.toLatin1();
    // No page of another origin is to take an answer for something it is not, or to embed it.
    out += "\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n";
    addHeaders(out, commonHeaders);
}

const QByteArray& ResponseEncoder::date()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != m_second) {
        m_second = now;
        m_date = httpDate(now);
    }
    return m_date;
}

} // namespace prism::http
