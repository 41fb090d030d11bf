#pragma once

#include "server/analytics/window.h"
#include "shared/protocol/error.h"

namespace prism::analytics {

/// What judging needs to know of the checks of one hour or day.
struct BucketFigures
{
    qint64 checks = 0;
    qint64 checksWithViolations = 0; ///< with at least one that is not marked false positive
    qint64 violations = 0;           ///< not marked false positive
    std::optional<double> p95 = {};  ///< of the checks' durations, ms

    bool operator==(const BucketFigures&) const = default;
};

/// One hour or day.
struct Bucket
{
    BucketFigures all;
    BucketFigures live;  ///< without what was imported
    qint64 users = 0;    ///< distinct, in checks and retrospectives, imported or not
    bool isLive = false; ///< anything happened in it that was not imported

    bool operator==(const Bucket&) const = default;
};

/// Where hours and days to be judged come from, and those to compare them with: between begin() and end() as
/// they were at one moment. Lives on its reader's thread.
class HistorySource
{
public:
    HistorySource() = default;
    HistorySource(const HistorySource&) = delete;
    HistorySource& operator=(const HistorySource&) = delete;
    virtual ~HistorySource() = default;

    virtual protocol::Result<void> begin() = 0;
    virtual void end() = 0;

    /// A moment not after the earliest check or retrospective, on the same day; nothing without any.
    virtual protocol::Result<std::optional<Timestamp>> earliest() = 0;

    /// `span` begins and ends at a quarter of an hour.
    virtual protocol::Result<Bucket> bucket(const Span& span) = 0;
};

} // namespace prism::analytics
