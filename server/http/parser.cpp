#include "server/http/parser.h"

#include "shared/protocol/utf8.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace prism::http {

namespace beast = boost::beast;

namespace {

/// They are looked through for each that is added.
constexpr int mostFields = 100;

QByteArray toBytes(beast::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

/// A caller's request id goes into logs and headers, so it must be short and plain.
bool isSaneRequestId(const QByteArray& id)
{
    return !id.isEmpty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.' || c == ':';
    });
}

QString decoded(const QByteArray& part)
{
    return protocol::textOfUtf8(part.contains('%') ? QByteArray::fromPercentEncoding(part) : part);
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
    m_parser.header_limit(std::uint32_t(limits.headerBytes) + 1);
    m_parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    m_request.listener = listener;
}

bool Parser::mayBecomeHead(QByteArrayView start, const Limits& limits)
{
    BeastParser parser;
    parser.header_limit(std::uint32_t(limits.headerBytes) + 1);
    beast::error_code error;
    parser.put(boost::asio::buffer(start.data(), std::size_t(start.size())), error);
    return !error || error == beast::http::error::need_more;
}

std::optional<ParseFailure> Parser::readHead(QByteArrayView head)
{
    beast::error_code error;
    m_parser.put(boost::asio::buffer(head.data(), std::size_t(head.size())), error);
    if (error && error != beast::http::error::need_more)
        return failureOf(error);
    if (!m_parser.is_header_done())
        return ParseFailure{400, QStringLiteral("The request's head is not complete.")};
    return readFields();
}

std::optional<ParseFailure> Parser::readFields()
{
    const auto& message = m_parser.get();
    int hosts = 0;
    if (std::distance(message.base().begin(), message.base().end()) > mostFields)
        return ParseFailure{431, QStringLiteral("A request has at most %1 header fields.").arg(mostFields)};
    for (const auto& field : message.base()) {
        const QByteArray name = toBytes(field.name_string()).toLower();
        const QByteArray value = toBytes(field.value());
        hosts += name == "host" ? 1 : 0;
        m_request.headers.add(name, value);
    }
    const QByteArray proposedId = m_request.header("x-request-id");
    m_request.id = isSaneRequestId(proposedId) ? QString::fromLatin1(proposedId) : m_ids.next();
    m_request.method = toBytes(message.method_string());

    if (hosts > 1 || (hosts == 0 && message.version() >= 11))
        return ParseFailure{400, QStringLiteral("A request must name its host exactly once.")};
    if (m_request.header("content-length").contains(','))
        return ParseFailure{400, QStringLiteral("A request must say the length of its body once.")};
    if (m_request.headers.contains("transfer-encoding")) {
        if (message.version() < 11)
            return ParseFailure{400, QStringLiteral("HTTP/1.0 knows no transfer codings.")};
        if (m_request.header("transfer-encoding").trimmed().toLower() != "chunked")
            return ParseFailure{501, QStringLiteral("The only transfer coding known here is chunked.")};
    }

    QByteArray target = toBytes(message.target());
    if (target.startsWith("http://") || target.startsWith("https://")) {
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    const qsizetype question = target.indexOf('?');
    const QByteArray path = question < 0 ? target : target.left(question);
    if (!path.startsWith('/') && path != "*")
        return ParseFailure{400, QStringLiteral("The request's target must begin with a slash.")};
    m_request.path = decoded(path);
    const QList<QByteArray> segments = path.split('/');
    m_request.segments.reserve(segments.size());
    for (const QByteArray& segment : segments)
        m_request.segments.append(decoded(segment));
    if (question >= 0)
        m_request.query = QUrlQuery(QString::fromUtf8(target.mid(question + 1)));
    return std::nullopt;
}

std::optional<ParseFailure> Parser::limitBody(qint64 bytes)
{
    const auto length = m_parser.content_length();
    if (length && *length > std::uint64_t(bytes))
        return ParseFailure{
            413, QStringLiteral("The body has %1 bytes, at most %2 are allowed.").arg(*length).arg(bytes)};
    m_parser.body_limit(std::uint64_t(bytes));
    return std::nullopt;
}

/// Of a chunked body that is not over, at least the last chunk is to come and is taken as a whole. Beast
/// takes for granted that all of it is there when it looks at it a second time, so it gets nothing shorter to
/// see.
tl::expected<qsizetype, ParseFailure> Parser::readBody(QByteArrayView bytes)
{
    constexpr qsizetype shortestLastChunk = 5; // 0 CR LF CR LF
    const qsizetype shortest = m_parser.chunked() ? shortestLastChunk : 1;
    qsizetype taken = 0;
    beast::error_code error;
    while (bytes.size() - taken >= shortest && !m_parser.is_done()) {
        const std::size_t used =
            m_parser.put(boost::asio::buffer(bytes.data() + taken, std::size_t(bytes.size() - taken)), error);
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
    return m_parser.get().version() >= 11 && m_request.header("expect").toLower() == "100-continue";
}

void Parser::finish()
{
    const std::string& body = m_parser.get().body();
    m_request.body = QByteArray(body.data(), qsizetype(body.size()));
}

} // namespace prism::http
