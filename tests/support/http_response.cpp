#include "tests/support/http_response.h"

#include <QJsonDocument>
#include <QStringList>

namespace prism::test {

namespace {

const QLatin1String dataField("data"), metaField("meta"), errorField("error"), messageField("message"),
    detailsField("details");

/// Length of the chunked body at the start of `bytes`, its content appended to `content`; -1 while
/// incomplete.
qsizetype readChunks(const QByteArray& bytes, QByteArray& content)
{
    qsizetype at = 0;
    while (true) {
        const qsizetype lineEnd = bytes.indexOf("\r\n", at);
        if (lineEnd < 0)
            return -1;
        const qsizetype size = bytes.mid(at, lineEnd - at).toLongLong(nullptr, 16);
        const qsizetype next = lineEnd + 2 + size + 2;
        if (next > bytes.size())
            return -1;
        content += bytes.mid(lineEnd + 2, size);
        at = next;
        if (size == 0)
            return at;
    }
}

} // namespace

QByteArray HttpResponse::header(QByteArrayView name) const
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool HttpResponse::hasHeader(QByteArrayView name) const
{
    return std::any_of(headers.cbegin(), headers.cend(), [&](const auto& header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QJsonObject HttpResponse::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QJsonValue HttpResponse::data() const
{
    return json().value(dataField);
}

QJsonObject HttpResponse::meta() const
{
    return json().value(metaField).toObject();
}

QString HttpResponse::error() const
{
    return json().value(errorField).toString();
}

QString HttpResponse::message() const
{
    return json().value(messageField).toString();
}

QString HttpResponse::details() const
{
    const QJsonArray details = json().value(detailsField).toArray();
    QStringList lines;
    for (const auto& detail : details)
        lines.append(detail.toString());
    return lines.join(u'\n');
}

QByteArray HttpResponse::summary() const
{
    return "HTTP " + QByteArray::number(status) + ": " + body.left(2000);
}

std::optional<HttpResponse> takeResponse(QByteArray& buffer, bool toHead, bool closed)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    QList<QByteArray> lines = buffer.left(headEnd).split('\n');
    HttpResponse response;
    response.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray& line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        response.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    const qsizetype bodyStart = headEnd + 4;
    const bool bodiless = toHead || response.status < 200 || response.status == 204 || response.status == 304;
    qsizetype end = bodyStart;
    if (!bodiless && response.header("Transfer-Encoding") == "chunked") {
        const qsizetype length = readChunks(buffer.mid(bodyStart), response.body);
        if (length < 0)
            return std::nullopt;
        end += length;
    } else if (!bodiless) {
        const bool untilClose = !response.hasHeader("Content-Length");
        if (untilClose && !closed)
            return std::nullopt;
        const qsizetype length =
            untilClose ? buffer.size() - bodyStart : response.header("Content-Length").toLongLong();
        if (buffer.size() < bodyStart + length)
            return std::nullopt;
        response.body = buffer.mid(bodyStart, length);
        end += length;
    }
    buffer.remove(0, end);
    return response;
}

} // namespace prism::test
