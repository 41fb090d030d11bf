#pragma once

#include "server/http/inflater.h"
#include "server/http/request.h"
#include "server/http/request_ids.h"

#include <boost/beast/http/basic_parser.hpp>
#include <tl/expected.hpp>

namespace prism::http {

/// Why bytes are not a request that can be answered, and the status that says so.
struct ParseFailure
{
    int status = 400;
    QString reason;
};

/// Reads one request: first its whole head, then its body piece by piece. The grammar is Boost.Beast's, which
/// refuses what RFC 9112 forbids (two lengths, a length beside a transfer coding, bare line feeds, …). Lives
/// on its connection's thread.
class Parser : private boost::beast::http::basic_parser<true>
{
public:
    /// A request that brings no sane id gets the next of `ids`, which outlives the parser.
    Parser(const Limits& limits, RequestIds& ids, int listener);

    /// Reads a head that ends with an empty line. On success request() has everything but the body, else what
    /// was read until then.
    std::optional<ParseFailure> readHead(QByteArrayView head);

    /// Whether the start of a head, which need not be complete, may still become one.
    static bool mayBecomeHead(QByteArrayView start, const Limits& limits);

    /// Bodies over `bytes`, as they were sent or unpacked, are refused from here on. Call between the head
    /// and the body.
    std::optional<ParseFailure> limitBody(qint64 bytes);

    /// Takes what it can of `bytes`; returns how many were taken.
    tl::expected<qsizetype, ParseFailure> readBody(QByteArrayView bytes);

    bool isDone() const { return is_done(); }
    /// HTTP/1.0 knows no kept connections without further ado, and gets none.
    bool keepAlive() const { return keep_alive() && m_request.version >= 11; }
    bool expectsContinue() const;

    /// Its body grows while readBody() takes it, and is unpacked when it was sent as gzip.
    Request& request() { return m_request; }

private:
    using Text = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;

    void on_request_impl(boost::beast::http::verb verb, Text method, Text target, int version,
                         ErrorCode& error) override;
    void on_response_impl(int status, Text reason, int version, ErrorCode& error) override;
    void on_field_impl(boost::beast::http::field field, Text name, Text value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
    std::size_t on_body_impl(Text bytes, ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t size, Text extensions, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t remaining, Text bytes, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override;

    std::optional<ParseFailure> checkFields();
    std::optional<ParseFailure> checkHost();
    std::optional<ParseFailure> checkBodyFields() const;
    std::optional<ParseFailure> readTarget();
    void refuseBody(ErrorCode& error, const ParseFailure& failure);

    RequestIds& m_ids;
    Request m_request;
    QByteArray m_target;
    std::unique_ptr<Inflater> m_inflater;  ///< of a body that is gzip
    std::optional<ParseFailure> m_failure; ///< that Beast has no name for
    qint64 m_mostBytes = 0;
};

} // namespace prism::http
