#pragma once

#include "tests/support/http_response.h"
#include "tests/support/raw_socket.h"

#include <QUrl>

#include <memory>
#include <optional>

namespace prism::test {

/// Sends one request at a time over a kept connection and waits for its answer, adding nothing but Host,
/// Content-Length and (for a JSON body) Content-Type unless given. Needs no event loop; usable on any one
/// thread.
class RestClient
{
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    explicit RestClient(const QUrl& server);

    /// Under TLS.
    RestClient(const QUrl& server, const QSslConfiguration& tls);

    /// Status 0 when the connection could not be made or ended without a whole answer.
    HttpResponse send(const QByteArray& method, const QByteArray& path, const Headers& headers = {},
                      const QByteArray& body = {});

    HttpResponse get(const QByteArray& path, const Headers& headers = {});
    HttpResponse post(const QByteArray& path, const QJsonValue& json, const Headers& headers = {});
    HttpResponse post(const QByteArray& path, const QByteArray& body, const Headers& headers = {});
    HttpResponse put(const QByteArray& path, const QJsonValue& json, const Headers& headers = {});
    HttpResponse remove(const QByteArray& path, const Headers& headers = {});

    /// How long one answer may take.
    void setTimeout(int ms) { m_timeoutMs = ms; }

private:
    quint16 m_port;
    std::optional<QSslConfiguration> m_tls;
    int m_timeoutMs = 15'000;
    std::unique_ptr<RawSocket> m_socket;
};

/// `{"a": 1}` in a test's source becomes an object or array; an invalid text aborts the test program.
QJsonValue parseJson(const char* text);
QByteArray toBytes(const QJsonValue& json);

/// The text with `value` in place of %1.
QByteArray fill(const char* text, const QByteArray& value);

} // namespace prism::test
