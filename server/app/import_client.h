#pragma once

#include "server/app/import_target.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace prism::app {

/// Writes through a server's REST API, one request at a time. Waits for each answer in an event loop of its
/// own.
class ImportClient : public ImportTarget
{
public:
    /// `token` is who asks; empty where nobody has to say.
    ImportClient(const QUrl& server, const QByteArray& token);

    protocol::Result<ImportCount> store(ImportKind kind, const QList<QJsonObject>& entries) override;
    protocol::Result<ImportCount> storeRecord(const QByteArray& record) override;

private:
    protocol::Result<QJsonValue> post(const QString& path, const QString& query,
                                      const QByteArray& contentType, const QByteArray& body);

    const QUrl m_server;
    const QByteArray m_token;
    QNetworkAccessManager m_network;
};

} // namespace prism::app
