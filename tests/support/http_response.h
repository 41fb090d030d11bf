#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace prism::test {

/// One HTTP answer as it came, with shortcuts into the envelope. Status 0 means that none came.
struct HttpResponse
{
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    /// The value of the first header with this name, whatever its case; empty when absent.
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;

    QJsonObject json() const;
    QJsonValue data() const;    ///< of a success
    QJsonObject meta() const;   ///< of either
    QString error() const;      ///< "ERR_1001" of a failure
    QString message() const;    ///< of a failure
    QString details() const;    ///< of a failure, one a line
    QByteArray summary() const; ///< for failure messages
};

/// Takes the first complete answer off `buffer`; std::nullopt while there is none. `toHead` tells that it
/// answers a HEAD, `closed` that nothing will follow.
std::optional<HttpResponse> takeResponse(QByteArray& buffer, bool toHead = false, bool closed = false);

} // namespace prism::test
