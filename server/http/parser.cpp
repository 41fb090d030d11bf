#include "server/http/parser.h"

#include "server/http/gzip.h"
#include "server/http/target.h"

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
    if (auto failure = checkHost())
        return failure;
    const QByteArray expected = m_request.header("expect");
    if (m_request.version >= 11 && !expected.isEmpty() && !expectsContinue())
        return ParseFailure{417, QStringLiteral("The only expectation known here is 100-continue.")};
    return checkBodyFields();
}

std::optional<ParseFailure> Parser::checkHost()
{
    const qsizetype hosts = m_request.headers.count("host");
    if (hosts > 1 || (hosts == 0 && m_request.version >= 11))
        return ParseFailure{400, QStringLiteral("A request must name its host exactly once.")};
    m_request.authority = m_request.header("host");
    if (hosts == 1 && !isAuthority(m_request.authority))
        return ParseFailure{400,
                            QStringLiteral("Host must be a name or an address, with or without a port.")};
    return std::nullopt;
}

std::optional<ParseFailure> Parser::checkBodyFields() const
{
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
    auto target = Target::read(m_request.method, std::exchange(m_target, {}));
    if (!target)
        return ParseFailure{400, target.error()};
    m_request.encodedPath = std::move(target->path);
    m_request.path = percentDecoded(m_request.encodedPath);
    m_request.query = Query(std::move(target->query));
    if (!target->authority.isEmpty())
        m_request.authority = std::move(target->authority);
    return std::nullopt;
}

std::optional<ParseFailure> Parser::limitBody(qint64 bytes)
{
    const auto length = content_length();
    if (length && *length > std::uint64_t(bytes))
        return ParseFailure{
            413, QStringLiteral("The body has %1 bytes, at most %2 are allowed.").arg(*length).arg(bytes)};
    body_limit(std::uint64_t(bytes));
    m_mostBytes = bytes;
    if (codingOf(m_request.header("content-encoding")) == Coding::Gzip)
        m_inflater = std::make_unique<Inflater>(bytes);
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
            return tl::unexpected(m_failure.value_or(failureOf(error)));
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

std::size_t Parser::on_body_impl(Text bytes, ErrorCode& error)
{
    if (!m_inflater) {
        m_request.body += viewOf(bytes);
        return bytes.size();
    }
    switch (m_inflater->add(viewOf(bytes), m_request.body)) {
    case Inflater::Outcome::Good:
        break;
    case Inflater::Outcome::Damaged:
        refuseBody(error, {400, QStringLiteral("The body is not valid gzip.")});
        break;
    case Inflater::Outcome::TooLarge:
        refuseBody(error, {413, QStringLiteral("The body unpacks to more than the %1 bytes that are allowed.")
                                    .arg(m_mostBytes)});
        break;
    }
    return bytes.size();
}

void Parser::refuseBody(ErrorCode& error, const ParseFailure& failure)
{
    m_failure = failure;
    error = beast::http::error::body_limit;
}

void Parser::on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) {}

std::size_t Parser::on_chunk_body_impl(std::uint64_t, Text bytes, ErrorCode& error)
{
    return on_body_impl(bytes, error);
}

void Parser::on_finish_impl(ErrorCode& error)
{
    if (m_inflater && !m_inflater->isComplete())
        refuseBody(error, {400, QStringLiteral("The body is not complete gzip.")});
}

} // namespace prism::http
