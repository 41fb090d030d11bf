#include "server/alerting/failing_gates.h"

#include "shared/protocol/try.h"

#include <algorithm>

namespace prism::alerting {

using protocol::AlertKind;
using protocol::AlertSeverity;
using protocol::CheckStatus;
using protocol::GateState;
using protocol::Result;

namespace {

constexpr QLatin1String gateMetric("blockedChecks");

/// It becomes graver after so many times the time that raises it.
constexpr int graverAfter = 8;

} // namespace

Result<std::vector<Alert>> FailingGates::alerts()
{
    std::vector<Alert> alerts;
    PRISM_TRY_ASSIGN(const bool areUncounted, m_source.areGatesUncounted());
    if (areUncounted)
        return alerts;
    const auto take = [&](const Finding& finding, const std::optional<Alert>& last) {
        if (const auto alert = alertOf(finding, AlertKind::GateFailing, gateMetric, last, m_now))
            alerts.push_back(*alert);
    };
    PRISM_TRY_ASSIGN(const QList<Alert> lasting, m_source.lastingGateAlerts());
    for (const Alert& alert : lasting) {
        PRISM_TRY_ASSIGN(const Finding finding, after(alert));
        take(finding, alert);
    }
    PRISM_TRY_ASSIGN(const QList<GateState> blocked, m_source.gatesBlockedSince(m_now - m_allowed));
    for (const GateState& gate : blocked) {
        PRISM_TRY_ASSIGN(const std::optional<Alert> last, m_source.lastAlert(gate.name));
        if (!isLasting(last))
            take(found(gate), last);
    }
    return alerts;
}

Result<std::optional<Timestamp>> FailingGates::next()
{
    PRISM_TRY_ASSIGN(const std::optional<Timestamp> since, m_source.nextBlockedAfter(m_now - m_allowed));
    return since ? std::optional<Timestamp>(*since + m_allowed) : std::nullopt;
}

/// What becomes of an alert that was raised: it lasts until the gate passes, or is there no more.
Result<Finding> FailingGates::after(const Alert& lasting)
{
    PRISM_TRY_ASSIGN(const std::optional<GateState> gate, m_source.gate({lasting.project, lasting.gate}));
    if (!gate)
        return over(lasting, m_now);
    return gate->status == CheckStatus::Blocked ? found(*gate) : over(lasting, gate->since);
}

Finding FailingGates::found(const GateState& gate) const
{
    Finding finding;
    finding.state = Finding::State::Raised;
    finding.severity =
        m_now - gate.since >= graverAfter * m_allowed ? AlertSeverity::High : AlertSeverity::Medium;
    finding.value = double(gate.streak);
    finding.checks = gate.streak;
    finding.since = finding.bucket = gate.since;
    finding.gate = gate.name;
    return finding;
}

Finding FailingGates::over(const Alert& alert, Timestamp end) const
{
    Finding finding;
    finding.state = Finding::State::Over;
    finding.severity = alert.severity;
    finding.value = alert.value;
    finding.checks = alert.checks;
    finding.since = alert.since.value_or(alert.bucket);
    finding.bucket = alert.bucket;
    finding.end = std::max(end, finding.since);
    finding.gate = {alert.project, alert.gate};
    return finding;
}

} // namespace prism::alerting
