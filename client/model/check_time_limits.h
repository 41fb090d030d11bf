#pragma once

namespace prism::model {

/// Where the colours of a check time change: good, acceptable, slow. In milliseconds.
struct CheckTimeLimits
{
    static constexpr double longest = 600'000; ///< a time above this makes no sense as a limit

    double goodBelow = 10;
    double acceptableBelow = 50;

    /// Both are times that a check can take, and the first is the smaller one. Written so that a value that
    /// is not a number fails.
    constexpr bool isValid() const
    {
        return goodBelow > 0 && goodBelow < acceptableBelow && acceptableBelow <= longest;
    }

    bool operator==(const CheckTimeLimits&) const = default;
};

} // namespace prism::model
