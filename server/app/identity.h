#pragma once

#include "server/store/database.h"
#include "server/store/sqlite/watermark.h"

#include <QTimeZone>

namespace prism::app {

/// Which database this is, how far its log of events has come, and whose days it counts.
struct Identity
{
    protocol::Position position;
    QTimeZone zone;

    /// Reads it, and makes what is not there yet. The epoch is made at the first start, and anew when the
    /// watermark says that this is not the database that was here. The zone is `namedZone`, else the one that
    /// was named before, else the system's.
    static protocol::Result<Identity>
    read(store::Database& database, const store::sqlite::Watermark& watermark, const QString& namedZone);
};

} // namespace prism::app
