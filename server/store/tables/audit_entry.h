#pragma once

#include "shared/protocol/timestamp.h"

#include <QByteArray>
#include <QString>

namespace prism::store {

/// What somebody did, or tried to do, as it is looked into later. A value.
struct AuditEntry
{
    protocol::Timestamp at{};
    QString tokenId;   ///< empty for who has the data folder, and for who did not sign in
    QString tokenName; ///< as it was then
    QString address;   ///< empty for who was not connected
    QString action;    ///< such as "record.update"; "refused" for what was not done
    QString subject;   ///< on what: an id, a name, or the request that was refused
    QByteArray before; ///< JSON; empty for none
    QByteArray after;
    QString requestId;
    qint64 count = 1; ///< how often, of what is folded
    protocol::Timestamp lastAt{};
};

} // namespace prism::store
