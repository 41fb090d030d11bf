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
    quint64 openDescriptors = 0;
    quint64 mostDescriptors = 0; ///< the soft limit

    /// Reads /proc/self. Takes time in proportion to the open descriptors on kernels before 6.2.
    static ProcessFigures read();
};

} // namespace prism::telemetry
