#include "tests/support/rest_client.h"

#include <QJsonDocument>

namespace prism::test {

RestClient::RestClient(const QUrl& server)
    : m_port(quint16(server.port()))
{
}

RestClient::RestClient(const QUrl& server, const QSslConfiguration& tls)
    : m_port(quint16(server.port()))
    , m_tls(tls)
{
}

HttpResponse RestClient::send(const QByteArray& method, const QByteArray& path, const Headers& headers,
                              const QByteArray& body)
{
    const auto given = [&](QByteArrayView name) {
        return std::any_of(headers.cbegin(), headers.cend(), [&](const auto& header) {
            return header.first.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    QByteArray request = method + ' ' + path + " HTTP/1.1\r\n";
    if (!given("Host"))
        request += "Host: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n";
    if (!body.isEmpty() && !given("Content-Type"))
        request += "Content-Type: application/json\r\n";
    if (!given("Content-Length") && (!body.isEmpty() || method == "POST" || method == "PUT"))
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const auto& [name, value] : headers)
        request += name + ": " + value + "\r\n";
    request += "\r\n" + body;

    if (m_socket && (!m_socket->isConnected() || m_socket->waitForClosed(0)))
        m_socket.reset();
    if (!m_socket)
        m_socket = m_tls ? std::make_unique<RawSocket>(m_port, *m_tls) : std::make_unique<RawSocket>(m_port);
    m_socket->write(request);
    HttpResponse response = m_socket->readResponse(m_timeoutMs, method == "HEAD");
    if (response.status == 0 || response.header("Connection").toLower() == "close")
        m_socket.reset();
    return response;
}

HttpResponse RestClient::get(const QByteArray& path, const Headers& headers)
{
    return send("GET", path, headers);
}

HttpResponse RestClient::post(const QByteArray& path, const QJsonValue& json, const Headers& headers)
{
    return send("POST", path, headers, toBytes(json));
}

HttpResponse RestClient::post(const QByteArray& path, const QByteArray& body, const Headers& headers)
{
    return send("POST", path, headers, body);
}

HttpResponse RestClient::put(const QByteArray& path, const QJsonValue& json, const Headers& headers)
{
    return send("PUT", path, headers, toBytes(json));
}

HttpResponse RestClient::remove(const QByteArray& path, const Headers& headers)
{
    return send("DELETE", path, headers);
}

QJsonValue parseJson(const char* text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull())
        qFatal("not JSON: %s", text);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QByteArray toBytes(const QJsonValue& json)
{
    return (json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject()))
        .toJson(QJsonDocument::Compact);
}

QByteArray fill(const char* text, const QByteArray& value)
{
    return QByteArray(text).replace("%1", value);
}

} // namespace prism::test
