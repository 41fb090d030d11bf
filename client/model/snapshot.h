#pragma once

#include "shared/protocol/dashboard.h"
#include "shared/protocol/event.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace prism::model {

/// What a dashboard last saw of a server, to be shown at the next start until something newer comes.
struct Snapshot
{
    QUrl server;
    protocol::Timestamp seenAt; ///< when all of it was last known to be true
    protocol::Dashboard dashboard;
    QList<protocol::Event> activity;     ///< in order
    QList<protocol::Alert> alerts;       ///< newest first
    QList<protocol::TrendReport> trends; ///< of the other cards

    bool operator==(const Snapshot&) const = default;

    QByteArray encoded() const;

    /// Nothing when it is damaged, or written by a version that meant something else by it.
    static std::optional<Snapshot> fromEncoded(const QByteArray& bytes);
};

} // namespace prism::model
