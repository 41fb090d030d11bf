#pragma once

#include <QtGlobal>

#include <atomic>

namespace prism::telemetry {

/// Counts up. One thread adds, any thread reads; that is why adding is a load and a store rather than a
/// locked instruction.
class Counter
{
public:
    void add(quint64 amount = 1)
    {
        m_value.store(m_value.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }

    quint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_value{0};
};

} // namespace prism::telemetry
