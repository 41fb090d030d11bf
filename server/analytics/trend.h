#pragma once

#include "server/analytics/line.h"
#include "shared/protocol/dashboard.h"

namespace prism::analytics {

/// Fills in what follows from the points alone:
/// - smoothed: trailing mean over 7 buckets, of those that have a value;
/// - slope, rSquared, direction: ordinary least squares over the complete buckets that have a value. The
/// direction
///   is up or down when the fitted line changes by more than 10 % of the mean over the window;
/// - changePoints: a step between complete buckets over 3 times the median absolute step, and over 5.
protocol::Trend makeTrend(QList<protocol::TrendPoint> points);

/// How well a line describes the complete buckets, from 0 to 1 (Line::confidence).
double confidenceOf(const protocol::Trend& trend);

/// What a line is fitted to: the complete buckets that have a value; x is the bucket's index.
std::vector<Sample> completeSamples(const QList<protocol::TrendPoint>& points);

} // namespace prism::analytics
