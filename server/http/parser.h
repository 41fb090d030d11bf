#pragma once

#include "server/http/request.h"
#include "server/http/request_ids.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <tl/expected.hpp>

namespace prism::http {

/// Why bytes are not a request that can be answered, and the status that says so.
struct ParseFailure
{
    int status = 400;
    QString reason;
};

/// Reads one request: first its whole head, then its body piece by piece. Wraps Boost.Beast's parser, which
/// refuses what RFC 9112 forbids (two lengths, a length beside a transfer coding, bare line feeds, …).
class Parser
{
public:
    /// A request that brings no sane id gets the next of `ids`, which outlives the parser.
    Parser(const Limits& limits, RequestIds& ids, int listener);

    /// Reads a head that ends with an empty line. On success request() has everything but the body.
    std::optional<ParseFailure> readHead(QByteArrayView head);

    /// Whether the start of a head, which need not be complete, may still become one.
    static bool mayBecomeHead(QByteArrayView start, const Limits& limits);

    /// Bodies over `bytes` are refused from here on. Call between the head and the body.
    std::optional<ParseFailure> limitBody(qint64 bytes);

    /// Takes what it can of `bytes`; returns how many were taken.
    tl::expected<qsizetype, ParseFailure> readBody(QByteArrayView bytes);

    bool isDone() const { return m_parser.is_done(); }
    /// HTTP/1.0 knows no kept connections without further ado, and gets none.
    bool keepAlive() const { return m_parser.keep_alive() && m_parser.get().version() >= 11; }
    bool expectsContinue() const;

    Request& request() { return m_request; }

    /// Moves the body into request().
    void finish();

private:
    using BeastParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    std::optional<ParseFailure> readFields();

    RequestIds& m_ids;
    BeastParser m_parser;
    Request m_request;
};

} // namespace prism::http
