#pragma once

#include <QtGlobal>

namespace prism::telemetry {

/// What the kernel says of this process. What it does not say is 0.
struct ProcessFigures
{
    double cpuSeconds = 0;       ///< user and system time
    double startTimeSeconds = 0; ///< since 1970
    quint64 residentBytes = 0;
    quint64 virtualBytes = 0;
    quint64 openDescriptors = 0; ///< told by DescriptorCount
    quint64 mostDescriptors = 0; ///< the soft limit

    /// Reads all else from /proc/self.
    static ProcessFigures read();
};

} // namespace prism::telemetry
