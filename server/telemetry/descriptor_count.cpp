#include "server/telemetry/descriptor_count.h"

#include <filesystem>
#include <sys/stat.h>

namespace prism::telemetry {

quint64 DescriptorCount::at(Clock::time_point now)
{
    constexpr std::chrono::seconds betweenCounts{1};
    const std::lock_guard lock(m_mutex);
    if (!m_counted || now - *m_counted >= betweenCounts) {
        m_known = m_count();
        m_counted = now;
    }
    return m_known;
}

/// Linux 6.2 and later give the number as the directory's size; else they are counted, without the one that
/// looking takes.
quint64 DescriptorCount::countAll()
{
    struct stat directory = {};
    if (::stat("/proc/self/fd", &directory) == 0 && directory.st_size > 0)
        return quint64(directory.st_size);
    std::error_code error;
    const std::filesystem::directory_iterator entries("/proc/self/fd", error);
    return error ? 0 : quint64(std::distance(begin(entries), end(entries))) - 1;
}

} // namespace prism::telemetry
