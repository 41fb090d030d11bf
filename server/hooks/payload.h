#pragma once

#include "server/hooks/run.h"
#include "shared/protocol/json_reader.h"

namespace prism::hooks {

// What readers of deliveries begin with: texts are cut to what a check keeps of them, as nobody can send the
// provider back to write shorter ones.

constexpr qsizetype nameLength = 100; ///< of a project, a user or a commit
constexpr qsizetype gateLength = 200;
constexpr qsizetype branchLength = 300;
constexpr qsizetype urlLength = 2'000;
constexpr qsizetype stateLength = 40;

/// The field as a text; empty where it is not there.
QString textIn(protocol::ObjectReader& reader, QLatin1String name, qsizetype length,
               protocol::Presence presence = protocol::Presence::Optional);

/// A time as any of the providers writes it: "2026-02-07T22:30:00.000Z", "2026-02-07T22:30:00+0100",
/// "2026-02-07 22:30:00 UTC".
std::optional<protocol::Timestamp> timeIn(protocol::ObjectReader& reader, QLatin1String name);

/// The check is of this end, and took as long as since the beginning, where that can be.
void setTimes(Run& run, const std::optional<protocol::Timestamp>& begin,
              const std::optional<protocol::Timestamp>& end);

/// What is not known as a result.
Ignored noResult(const QString& state);

/// Nothing when all was read; else what is wrong with the delivery.
protocol::Result<void> checkRead(const protocol::Problems& problems);

} // namespace prism::hooks
