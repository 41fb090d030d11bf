#pragma once

#include "shared/protocol/alert.h"
#include "shared/protocol/assessment.h"
#include "shared/protocol/trend.h"

namespace prism::protocol {

/// Every rate is a fraction from 0 to 1, every time is in milliseconds, and a value with nothing under it is
/// std::nullopt (null on the wire), not 0.
struct Summary
{
    qint64 totalChecks = 0;
    qint64 violations = 0;
    qint64 activeUsers = 0;
    std::optional<double> avgCheckTime;
    qint64 totalRetrospectives = 0;
    std::optional<double> avgViolationRate;
    std::optional<double> avgPerformance;
    bool estimated = false; ///< activeUsers is about, within 2 %

    bool operator==(const Summary&) const = default;
};

/// A value against the same value of the span before.
struct Change
{
    std::optional<double> previous = {};
    std::optional<double> change = {};        ///< current − previous
    std::optional<double> changePercent = {}; ///< 100 × change ÷ previous; null when previous is 0 or null
    Assessment assessment = {};

    bool operator==(const Change&) const = default;
};

/// The changes of a Summary, name by name.
struct Changes
{
    Change totalChecks, violations, activeUsers, avgCheckTime, totalRetrospectives, avgViolationRate,
        avgPerformance;

    bool operator==(const Changes&) const = default;
};

struct TopViolation
{
    QString id;
    QString name;
    qint64 count = 0;
    double share = 0; ///< of all violations of the window

    bool operator==(const TopViolation&) const = default;
};

struct Quality
{
    std::optional<double> violationRate;
    std::optional<double> falsePositiveRate;
    std::optional<double> patternMatchAccuracy;
    QList<TopViolation> topViolations; ///< ten at most, most first

    bool operator==(const Quality&) const = default;
};

struct Usage
{
    qint64 totalRetrospectives = 0;
    qint64 activeSessions = 0;
    std::optional<double> avgDuration; ///< of retrospectives with a duration above 0
    std::optional<double> successRate;
    double dailyActiveUsers = 0; ///< mean over the window's days so far
    bool estimated = false;      ///< activeSessions or dailyActiveUsers is about, within 2 %

    bool operator==(const Usage&) const = default;
};

struct Performance
{
    std::optional<double> avgCheckTime, p50CheckTime, p95CheckTime, p99CheckTime, minCheckTime, maxCheckTime;

    bool operator==(const Performance&) const = default;
};

/// Everything one dashboard shows of one period, as of one position.
struct Dashboard
{
    Summary summary;
    std::optional<Changes> changes; ///< nothing to compare with for Period::All
    Quality quality;
    Usage usage;
    Said<Direction> usageTrend = Unknown(Unsaid::TooFewValues); ///< of checks
    Trend violations;
    Performance performance;
    QList<Alert> alerts; ///< of the window, newest first
    Period period = Period::Week;
    Timestamp generatedAt;
    Position position;
    bool approximate =
        false; ///< an edge of the window lies at a whole hour, as the checks are kept no longer

    bool operator==(const Dashboard&) const = default;
};

QJsonObject toJson(const Summary& summary);
QJsonObject toJson(const Quality& quality);
QJsonObject toJson(const Usage& usage);
QJsonObject toJson(const Performance& performance);
QJsonObject toJson(const Dashboard& dashboard);

Result<Dashboard> dashboardFromJson(const QJsonObject& json);

} // namespace prism::protocol
