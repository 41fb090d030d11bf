#pragma once

#include "server/app/config.h"
#include "shared/protocol/error.h"

namespace prism::app {

/// What was found wrong, and mended, when everything was counted anew.
struct DatabaseCheck
{
    qint64 quarters = 0; ///< rollups of a quarter of an hour
    qint64 days = 0;     ///< rollups of a day
    qint64 gates = 0;

    bool hasMended() const { return quarters + days + gates > 0; }

    /// For a person.
    QStringList lines() const;
};

/// Opens the database for this process alone and counts rollups and gates anew from what is stored.
/// Unavailable when a server has it.
protocol::Result<DatabaseCheck> checkDatabase(const Config& config);

} // namespace prism::app
