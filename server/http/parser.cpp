#include "server/http/parser.h"

#include "shared/protocol/utf8.h"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace prism::http {

namespace beast = boost::beast;

namespace {

/// They are looked through for each that is asked for.
constexpr int mostFields = 100;

QByteArrayView viewOf(beast::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

/// Of those that are known, without taking memory.
QByteArray methodOf(beast::http::verb verb, beast::string_view text)
{
    if (verb == beast::http::verb::unknown)
        return viewOf(text).toByteArray();
    const beast::string_view name = beast::http::to_string(verb);
    return QByteArray::fromRawData(name.data(), qsizetype(name.size()));
}

/// A caller's request id goes into logs and headers, so it must be short and plain.
bool isSaneRequestId(const QByteArray& id)
{
    return !id.isEmpty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.' || c == ':';
    });
}

ParseFailure failureOf(const beast::error_code& error)
{
    if (error == beast::http::error::header_limit)
        return {431, QStringLiteral("The request's head is too large.")};
    if (error == beast::http::error::body_limit)
        return {413, QStringLiteral("The request's body is too large.")};
    return {400, QStringLiteral("This is not a valid HTTP/1.1 request: %1.")
                     .arg(QString::fromStdString(error.message()))};
}

} // namespace

Parser::Parser(const Limits& limits, RequestIds& ids, int listener)
    : m_ids(ids)
{
    header_limit(std::uint32_t(limits.headerBytes) + 1);
    body_limit(std::numeric_limits<std::uint64_t>::max());
    m_request.listener = listener;
}

bool Parser::mayBecomeHead(QByteArrayView start, const Limits& limits)
{
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.header_limit(std::uint32_t(limits.headerBytes) + 1);
    ErrorCode error;
    parser.put(boost::asio::buffer(start.data(), std::size_t(start.size())), error);
    return !error || error == beast::http::error::need_more;
}

std::optional<ParseFailure> Parser::readHead(QByteArrayView head)
{
    ErrorCode error;
    put(boost::asio::buffer(head.data(), std::size_t(head.size())), error);
    if (error && error != beast::http::error::need_more)
        return failureOf(error);
    if (!is_header_done())
        return ParseFailure{400, QStringLiteral("The request's head is not complete.")};
    if (const auto failure = checkFields())
        return failure;
    return readTarget();
}

std::optional<ParseFailure> Parser::checkFields()
{
    if (m_request.headers.size() > mostFields)
        return ParseFailure{431, QStringLiteral("A request has at most %1 header fields.").arg(mostFields)};
    const QByteArray proposedId = m_request.header("x-request-id");
    m_request.id = isSaneRequestId(proposedId) ? QString::fromLatin1(proposedId) : m_ids.next();
    const qsizetype hosts = m_request.headers.count("host");
    if (hosts > 1 || (hosts == 0 && m_request.version >= 11))
        return ParseFailure{400, QStringLiteral("A request must name its host exactly once.")};
    if (m_request.headers.count("content-length") > 1 || m_request.header("content-length").contains(','))
        return ParseFailure{400, QStringLiteral("A request must say the length of its body once.")};
    if (m_request.headers.contains("transfer-encoding")) {
        if (m_request.version < 11)
            return ParseFailure{400, QStringLiteral("HTTP/1.0 knows no transfer codings.")};
        if (m_request.header("transfer-encoding").trimmed().toLower() != "chunked")
            return ParseFailure{501, QStringLiteral("The only transfer coding known here is chunked.")};
    }
    return std::nullopt;
}

std::optional<ParseFailure> Parser::readTarget()
{
    QByteArray target = std::exchange(m_target, {});
    if (target.startsWith("http://") || target.startsWith("https://")) {
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    const qsizetype question = target.indexOf('?');
    m_request.encodedPath = question < 0 ? target : target.left(question);
    if (!m_request.encodedPath.startsWith('/') && m_request.encodedPath != "*")
        return ParseFailure{400, QStringLiteral("The request's target must begin with a slash.")};
    m_request.path = percentDecoded(m_request.encodedPath);
    if (question >= 0)
        m_request.query = QUrlQuery(QString::fromUtf8(target.mid(question + 1)));
    return std::nullopt;
}

std::optional<ParseFailure> Parser::limitBody(qint64 bytes)
{
    const auto length = content_length();
    if (length && *length > std::uint64_t(bytes))
        return ParseFailure{
            413, QStringLiteral("The body has %1 bytes, at most %2 are allowed.").arg(*length).arg(bytes)};
    body_limit(std::uint64_t(bytes));
    return std::nullopt;
}

/// Of a chunked body that is not over, at least the last chunk is to come and is taken as a whole. Beast
/// takes for granted that all of it is there when it looks at it a second time, so it gets nothing shorter to
/// see.
tl::expected<qsizetype, ParseFailure> Parser::readBody(QByteArrayView bytes)
{
    constexpr qsizetype shortestLastChunk = 5; // 0 CR LF CR LF
    const qsizetype shortest = chunked() ? shortestLastChunk : 1;
    qsizetype taken = 0;
    ErrorCode error;
    while (bytes.size() - taken >= shortest && !is_done()) {
        const std::size_t used =
            put(boost::asio::buffer(bytes.data() + taken, std::size_t(bytes.size() - taken)), error);
        taken += qsizetype(used);
        if (error && error != beast::http::error::need_more)
            return tl::unexpected(failureOf(error));
        if (used == 0)
            break;
    }
    return taken;
}

bool Parser::expectsContinue() const
{
    return m_request.version >= 11 && m_request.header("expect").toLower() == "100-continue";
}

void Parser::on_request_impl(beast::http::verb verb, Text method, Text target, int version, ErrorCode&)
{
    m_request.method = methodOf(verb, method);
    m_target = viewOf(target).toByteArray();
    m_request.version = version;
}

void Parser::on_response_impl(int, Text, int, ErrorCode&) {}

/// Called for the fields behind a chunked body too, and those are no part of the head, which has been judged
/// by then (RFC 9110, section 6.5.1).
void Parser::on_field_impl(beast::http::field, Text name, Text value, ErrorCode&)
{
    if (!is_header_done())
        m_request.headers.add(viewOf(name), viewOf(value));
}

void Parser::on_header_impl(ErrorCode&) {}

/// Room for a long body comes with the body: to announce one costs a client nothing.
void Parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&)
{
    constexpr std::uint64_t mostAtOnce = 64 * 1024;
    if (length)
        m_request.body.reserve(qsizetype(std::min(*length, mostAtOnce)));
}

std::size_t Parser::on_body_impl(Text bytes, ErrorCode&)
{
    m_request.body += viewOf(bytes);
    return bytes.size();
}

void Parser::on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) {}

std::size_t Parser::on_chunk_body_impl(std::uint64_t, Text bytes, ErrorCode& error)
{
    return on_body_impl(bytes, error);
}

void Parser::on_finish_impl(ErrorCode&) {}

} // namespace prism::http
