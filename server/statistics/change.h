#pragma once

#include <optional>
#include <vector>

namespace prism::statistics {

enum class Measure {
    Count, ///< of independent events
    Rate,  ///< the share of a number of things
    Time,  ///< a mean or percentile of a number of things
};

/// A number of one span. Of a Count `value` alone is used; of a Rate `value` is what was hit of `size`; of a
/// Time `value` is above 0 and of `size` things.
struct Measured
{
    double value = 0;
    double size = 0;
};

/// A span and the one it is compared with.
struct Pair
{
    Measured now;
    Measured before;
};

/// How far apart two numbers are, between -1 and 1 or as a logarithm, and what that weighs.
struct Difference
{
    double value = 0;
    double weight = 0;
};

/// Counts: (a - b) / (a + b), weight a + b. Rates: p1 - p0; times: ln(t1 / t0); weight n1 n0 / (n1 + n0)
/// both. Weight 0 where there is nothing to compare.
Difference differenceOf(Measure measure, const Pair& pair);

/// How far apart pairs usually are between which nothing changed: quasi-likelihood dispersion (McCullagh and
/// Nelder, Generalized Linear Models, 1989, 4.5), and the correlation of neighbouring pairs, by which the
/// mean of an AR(1) series varies more. A plain value of sums, kept for everybody who compares.
class Noise
{
public:
    /// Takes the next pair, oldest first, if it weighs anything and, for times, both have `leastSize` things.
    void add(Measure measure, const Pair& pair, double leastSize);

    /// Fewer say nothing.
    static constexpr int leastPairs = 14;

    bool isKnown() const { return m_pairs >= leastPairs; }
    int pairs() const { return m_pairs; }

    /// At least `least`, which is what chance alone makes. `spansDays` says that the compared spans are
    /// longer than a day.
    double dispersion(double least, bool spansDays) const;

    /// Of neighbouring pairs, kept within 0 and 0.6.
    double correlation() const;

private:
    int m_pairs = 0;
    double m_squares = 0;
    double m_weights = 0;
    double m_products = 0;
    double m_last = 0;
};

/// What there is to say of a number and the one before.
struct Change
{
    double score = 0; ///< in standard deviations of the noise
    int sign = 0;     ///< 1 higher, -1 lower; 0 where it is within three of them, or under 5 % of what it was
};

/// Nothing where the noise is not known, or there is nothing to compare.
std::optional<Change> changeOf(Measure measure, const Pair& pair, const Noise& noise, bool spansDays);

} // namespace prism::statistics
