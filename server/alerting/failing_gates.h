#pragma once

#include "server/alerting/finding.h"
#include "server/analytics/history.h"
#include "shared/protocol/settings.h"

namespace prism::alerting {

/// Says which gates have been BLOCKED for too long, and which no more, by how they stand and the alerts that
/// there are: nothing else is remembered. What was imported or came late alone raises nothing: a gate must
/// have been seen BLOCKED when it happened. Lives on its source's thread; all is borrowed.
class FailingGates
{
public:
    FailingGates(analytics::HistorySource& source, const protocol::AlertSettings& settings, Timestamp now)
        : m_source(source)
        , m_allowed(settings.gateFailingMinutes)
        , m_now(now)
    {
    }

    /// The alerts that are not as they were: new ones, and others with what has become of them.
    protocol::Result<std::vector<Alert>> alerts();

    /// When the next gate will have been BLOCKED for too long, unless it passes; nothing where none is.
    protocol::Result<std::optional<Timestamp>> next();

private:
    Finding found(const protocol::GateState& gate) const;
    Finding over(const Alert& alert, Timestamp end) const;
    protocol::Result<Finding> after(const Alert& lasting);

    analytics::HistorySource& m_source;
    const std::chrono::minutes m_allowed;
    const Timestamp m_now;
};

} // namespace prism::alerting
