#include "server/alerting/finding.h"

#include <algorithm>

namespace prism::alerting {

using protocol::AlertState;

namespace {

constexpr std::chrono::hours continuedWithin{24};

bool continues(const std::optional<Alert>& last, Timestamp now)
{
    return isLasting(last) || (last && last->resolvedAt && now - *last->resolvedAt <= continuedWithin);
}

Alert begun(const Finding& finding, protocol::AlertKind kind, QLatin1String metric,
            const std::optional<Alert>& last)
{
    Alert alert;
    alert.project = finding.gate.project;
    alert.gate = finding.gate.gate;
    alert.id = alert.gate.isEmpty() ? protocol::alertId(kind, metric, finding.bucket)
                                    : protocol::gateAlertId(alert.project, alert.gate, finding.bucket);
    alert.kind = kind;
    alert.metric = metric;
    if (last)
        alert.resolvedAt = last->resolvedAt; // nothing before counts again
    return alert;
}

} // namespace

bool isLasting(const std::optional<Alert>& alert)
{
    return alert && alert->state != AlertState::Resolved;
}

std::optional<Alert> alertOf(const Finding& finding, protocol::AlertKind kind, QLatin1String metric,
                             const std::optional<Alert>& last, Timestamp now)
{
    const bool lasts = isLasting(last);
    const bool isOver = finding.state == Finding::State::Over;
    if (finding.state == Finding::State::Nothing || (isOver && !lasts))
        return std::nullopt;
    const bool isSame = continues(last, now);
    Alert alert = isSame ? *last : begun(finding, kind, metric, last);
    if (!lasts) {
        alert.bucket = finding.bucket;
        alert.state = AlertState::Open;
        alert.acknowledgement.reset();
    }
    alert.severity = lasts ? std::max(last->severity, finding.severity) : finding.severity;
    alert.value = finding.value;
    alert.expected = finding.expected;
    alert.checks = finding.checks;
    alert.limitMs = finding.limitMs;
    alert.since = finding.since;
    if (isOver) {
        alert.state = AlertState::Resolved;
        alert.resolvedAt = finding.end;
    }
    if (isSame && alert == *last)
        return std::nullopt;
    alert.timestamp = now;
    return alert;
}

} // namespace prism::alerting
