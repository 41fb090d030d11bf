#pragma once

#include "server/analytics/rollup.h"
#include "server/analytics/window.h"
#include "shared/protocol/check.h"

#include <QSet>
#include <QString>

namespace prism::analytics {

/// What happened in a span, counted.
struct Totals
{
    qint64 checks = 0;
    qint64 passed = 0;
    qint64 checksWithViolations = 0; ///< with at least one that is not marked false positive
    qint64 violations = 0;           ///< not marked false positive
    qint64 falsePositives = 0;
    qint64 sessions = 0; ///< distinct
    std::optional<double> meanDuration;
    qint64 retros = 0;
    std::optional<double> meanRetroDuration; ///< of those above 0
};

/// A person was active in the quarter of an hour that starts here. Zones differ by whole quarters, so a
/// quarter lies in one calendar day of any of them.
struct ActiveQuarter
{
    Timestamp start;
    QString user;
};

struct QuarterCount
{
    Timestamp start;
    qint64 count = 0;
};

/// Where the numbers come from. All calls of one answer see one state of the data.
class Source
{
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    virtual protocol::Result<Totals> totals(const Span& span) = 0;

    /// Every duration of the span's checks, in no order.
    virtual protocol::Result<std::vector<double>> durations(const Span& span) = 0;

    /// Who was active when, in checks or retrospectives; each person once a quarter of an hour.
    virtual protocol::Result<std::vector<ActiveQuarter>> activity(const Span& span) = 0;

    /// Violations that are not marked false positive, and checks, per quarter of an hour that has any.
    virtual protocol::Result<std::vector<QuarterCount>> violationCounts(const Span& span) = 0;
    virtual protocol::Result<std::vector<QuarterCount>> checkCounts(const Span& span) = 0;

    /// By number of violations that are not marked false positive, most first, ties by id.
    virtual protocol::Result<std::vector<PrincipleCount>> topPrinciples(const Span& span, int limit) = 0;

    /// The time of the earliest check or retrospective.
    virtual protocol::Result<std::optional<Timestamp>> earliest() = 0;

    /// Violations of one severity that are not marked false positive, per quarter of an hour that has any.
    virtual protocol::Result<std::vector<QuarterCount>> severityCounts(const Span& span,
                                                                       protocol::Severity severity) = 0;
};

} // namespace prism::analytics
