#include "server/http/response_encoder.h"

#include "server/http/gzip.h"

#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace prism::http {

namespace {

constexpr qsizetype longestUncompressed = 1024;

bool isText(const QByteArray& contentType)
{
    return contentType.startsWith("application/json") || contentType.startsWith("text/");
}

bool hasStrongTag(const Response& response)
{
    return std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
        return header.first == "ETag" && !header.second.startsWith("W/");
    });
}

bool mayCompress(const Response& response)
{
    return response.body.size() > longestUncompressed && isText(response.contentType) &&
           !hasStrongTag(response);
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

QByteArray ResponseEncoder::encode(const Request& request, const Response& response,
                                   const Headers& commonHeaders, bool keepAlive)
{
    const bool hasBody = response.status != 204 && response.status != 304;
    QByteArray body = hasBody ? response.body : QByteArray();
    QByteArray out;
    out.reserve(body.size() + 512);
    beginHead(out, request, response.status, commonHeaders);
    addHeaders(out, response.headers);
    if (hasBody && mayCompress(response)) {
        out += "Vary: Accept-Encoding\r\n";
        if (acceptsGzip(request.header("accept-encoding"))) {
            body = gzip(body);
            out += "Content-Encoding: gzip\r\n";
        }
    }
    if (hasBody) {
        if (!response.contentType.isEmpty())
            out += "Content-Type: " + response.contentType + "\r\n";
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
    out += "Content-Type: " + contentType + "\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n";
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
    out += "\r\n";
    addHeaders(out, commonHeaders);
}

/// RFC 9110, section 5.6.7. The names of days and months are English whatever the locale.
const QByteArray& ResponseEncoder::date()
{
    const std::time_t now = std::time(nullptr);
    if (now == m_second)
        return m_date;
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    m_second = now;
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                      days.at(std::size_t(utc.tm_wday)), utc.tm_mday, months.at(std::size_t(utc.tm_mon)),
                      utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    m_date = QByteArray(text.data(), size);
    return m_date;
}

} // namespace prism::http
