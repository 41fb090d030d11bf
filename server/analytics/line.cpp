#include "server/analytics/line.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>

namespace prism::analytics {

namespace {

constexpr double fewestForVariance = 3;

} // namespace

std::optional<Line> Line::fit(const std::vector<Sample>& samples)
{
    if (samples.size() < 2)
        return std::nullopt;
    Line line;
    line.m_n = double(samples.size());
    for (const Sample& sample : samples) {
        line.m_meanX += sample.x / line.m_n;
        line.m_meanY += sample.y / line.m_n;
    }
    double xy = 0;
    for (const Sample& sample : samples) {
        const double dx = sample.x - line.m_meanX;
        const double dy = sample.y - line.m_meanY;
        line.m_xx += dx * dx;
        line.m_yy += dy * dy;
        xy += dx * dy;
    }
    if (line.m_xx <= 0)
        return std::nullopt;
    line.m_slope = xy / line.m_xx;
    for (const Sample& sample : samples) {
        const double miss = sample.y - line.at(sample.x);
        line.m_residual += miss * miss;
    }
    return line;
}

std::optional<double> Line::rSquared() const
{
    if (m_yy <= 0)
        return std::nullopt;
    return std::clamp(m_slope * m_slope * m_xx / m_yy, 0.0, 1.0);
}

std::optional<double> Line::halfWidth(double x, double level) const
{
    if (m_n < fewestForVariance)
        return std::nullopt;
    const boost::math::students_t distribution(m_n - 2);
    const double t = boost::math::quantile(distribution, (1 + level) / 2);
    const double spread = std::sqrt(m_residual / (m_n - 2));
    return t * spread * std::sqrt(1 + 1 / m_n + (x - m_meanX) * (x - m_meanX) / m_xx);
}

} // namespace prism::analytics
