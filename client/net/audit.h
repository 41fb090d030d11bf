#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace prism::net {

/// What was done is looked for.
struct AuditQuestion
{
    QString token = {};   ///< an id; empty for anybody's, and so are the others
    QString action = {};  ///< the whole of it, or its beginning up to a dot
    QString subject = {}; ///< on what
    std::optional<protocol::Timestamp> from = {};
    std::optional<protocol::Timestamp> to = {};
    QString cursor = {}; ///< where to go on; empty for the newest
    int limit = 100;

    bool operator==(const AuditQuestion&) const = default;
};

/// What somebody did, or tried to do.
struct AuditEntry
{
    qint64 id = 0;
    protocol::Timestamp at{};
    QString tokenId = {};   ///< empty for the operator, and where nobody signed in
    QString tokenName = {}; ///< as it was then
    QString address = {};
    QString action; ///< such as "record.update"; "refused"
    QString subject;
    QJsonObject before = {}; ///< empty where there was nothing
    QJsonObject after = {};
    QString requestId = {};
    qint64 count = 1; ///< how often
    std::optional<protocol::Timestamp> lastAt = {};

    bool operator==(const AuditEntry&) const = default;
};

struct AuditPage
{
    QList<AuditEntry> entries; ///< the newest first
    QString next;              ///< empty at the end
};

/// Entries as lines of JSON.
struct AuditLines
{
    QByteArray text;
    QString next; ///< empty at the end
};

protocol::Result<AuditEntry> auditEntryFromJson(const QJsonObject& json);

} // namespace prism::net
