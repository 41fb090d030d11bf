#pragma once

#include "server/app/import_reader.h"
#include "shared/protocol/error.h"

namespace prism::app {

/// How many entries of an import were stored, and how many were there already.
struct ImportCount
{
    qint64 created = 0;
    qint64 skipped = 0;
};

/// Where an import goes: the database itself, or a server that has it.
class ImportTarget
{
public:
    ImportTarget() = default;
    ImportTarget(const ImportTarget&) = delete;
    ImportTarget& operator=(const ImportTarget&) = delete;
    virtual ~ImportTarget() = default;

    /// Whether the path leads to what is imported into, and must not be read.
    virtual bool isOwnFile(const QString& /*path*/) const { return false; }

    /// Stores up to 10,000 retrospectives, or checks, in one write: all or none.
    virtual protocol::Result<ImportCount> store(ImportKind kind, const QList<QJsonObject>& entries) = 0;

    /// Stores one record, which is JSON; one whose name is taken counts as being there already.
    virtual protocol::Result<ImportCount> storeRecord(const QByteArray& record) = 0;
};

} // namespace prism::app
