#pragma once

#include "shared/protocol/timestamp.h"

#include <QDate>
#include <QTimeZone>

namespace prism::analytics {

/// The last moment at which the clocks of the zone show this time on this day; where they are put forward
/// over it, one beside the gap. Versions of Qt do not agree on which of two it is
/// (QDateTime::TransitionResolution).
protocol::Timestamp lastMomentOf(QDate day, QTime time, const QTimeZone& zone);

} // namespace prism::analytics
