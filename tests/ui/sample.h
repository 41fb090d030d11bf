#pragma once

#include "shared/protocol/dashboard.h"
#include "shared/protocol/event.h"

namespace prism::test {

/// A dashboard in which every value is there and different from the others.
protocol::Dashboard sampleDashboard();

/// A check's event as the server sends it.
protocol::Event checkEvent(protocol::Seq seq, const QString& project, const QString& status,
                           int violations = 0);

/// A record's event as the server sends it.
protocol::Event recordEvent(protocol::Seq seq, const QString& name);

} // namespace prism::test
