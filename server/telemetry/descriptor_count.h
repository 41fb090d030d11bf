#pragma once

#include <QtGlobal>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

namespace prism::telemetry {

/// How many descriptors this process has open; 0 when the kernel does not say. Some kernels have them counted
/// one by one, so it is looked once a second at most, however many ask. Used from any thread.
class DescriptorCount
{
public:
    using Clock = std::chrono::steady_clock;

    DescriptorCount()
        : DescriptorCount(&countAll)
    {
    }
    explicit DescriptorCount(std::function<quint64()> count)
        : m_count(std::move(count))
    {
    }

    quint64 at(Clock::time_point now);

private:
    static quint64 countAll();

    const std::function<quint64()> m_count;
    std::mutex m_mutex;
    std::optional<Clock::time_point> m_counted;
    quint64 m_known = 0;
};

} // namespace prism::telemetry
