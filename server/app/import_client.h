#pragma once

#include "server/app/import_reader.h"
#include "shared/protocol/error.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace prism::app {

/// How many entries of an import were stored, and how many were there already.
struct ImportCount
{
    qint64 created = 0;
    qint64 skipped = 0;
};

/// Writes through a server's REST API, one request at a time. Waits for each answer in an event loop of its
/// own.
class ImportClient
{
public:
    explicit ImportClient(const QUrl& server);

    /// Sends up to 10,000 retrospectives or checks as NDJSON in one request.
    protocol::Result<ImportCount> sendLines(ImportKind kind, const QByteArray& lines);

    /// Sends one record; one whose name is taken counts as being there already.
    protocol::Result<ImportCount> sendRecord(const QJsonObject& record);

private:
    protocol::Result<QJsonValue> post(const QString& path, const QString& query,
                                      const QByteArray& contentType, const QByteArray& body);

    const QUrl m_server;
    QNetworkAccessManager m_network;
};

} // namespace prism::app
