#pragma once

#include <optional>
#include <vector>

namespace prism::analytics {

struct Sample
{
    double x;
    double y;
};

/// A straight line through samples by ordinary least squares, and how far to trust it. Formulas: Draper and
/// Smith, Applied Regression Analysis, third edition, chapters 1 and 3.
class Line
{
public:
    /// Nothing for fewer than two different x.
    static std::optional<Line> fit(const std::vector<Sample>& samples);

    double slope() const { return m_slope; }
    double at(double x) const { return m_meanY + m_slope * (x - m_meanX); }
    double meanY() const { return m_meanY; }

    /// The share of the variance that the line explains, 0 to 1; nothing when y does not vary.
    std::optional<double> rSquared() const;

    /// One new observation at x lies within at(x) ± this with probability `level` (above 0, below 1):
    /// t(n − 2) · s · √(1 + 1/n + (x − x̄)² / Sxx). Nothing for fewer than three samples.
    std::optional<double> halfWidth(double x, double level) const;

private:
    Line() = default;

    double m_n = 0;
    double m_meanX = 0;
    double m_meanY = 0;
    double m_xx = 0; ///< sums of squares and products about the means
    double m_yy = 0;
    double m_slope = 0;
    double m_residual = 0; ///< sum of squared residuals
};

} // namespace prism::analytics
