#pragma once

#include "client/report/config.h"
#include "shared/protocol/error.h"

#include <QJsonValue>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <chrono>
#include <optional>

namespace prism::report {

/// What a server said, or why nothing of a PRISM server's came.
struct Answer
{
    int status = 0; ///< 0 where none came; also where what came is not a PRISM server's
    QJsonValue data = {};
    QString trouble = {};          ///< for a person; empty for a success
    std::chrono::seconds pause{0}; ///< that the server asks for

    bool isSuccess() const { return status >= 200 && status < 300; }
};

/// Posts to one server, one request at a time. Needs a QCoreApplication; runs its event loop while it waits.
class Server
{
public:
    explicit Server(const Config& config)
        : m_config(config)
    {
    }

    /// `path` is percent-encoded, with its query. Asks for words in the person's language.
    Answer post(const QString& path, const QByteArray& type, const QByteArray& key, const QByteArray& body,
                std::chrono::milliseconds patience);

private:
    std::optional<QString> trustCertificates(QNetworkRequest& request) const;

    const Config m_config;
    QNetworkAccessManager m_network;
};

} // namespace prism::report
