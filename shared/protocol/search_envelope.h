#pragma once

#include "shared/protocol/envelope.h"

namespace prism::protocol {

/// The envelope of a page of a list by cursor which may have fewer entries than its limit although there are
/// more: its meta says how far back it looked then.
QByteArray searchEnvelope(const QByteArray& dataJson, const QString& requestId, Timestamp timestamp,
                          const Pagination& pagination, const std::optional<Timestamp>& lookedTo);

} // namespace prism::protocol
