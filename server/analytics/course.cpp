#include "server/analytics/course.h"

#include <algorithm>

namespace prism::analytics {

std::size_t Course::completeFrom(std::size_t first) const
{
    const std::size_t complete = values.empty() ? 0 : values.size() - 1;
    return std::min(std::max(first, beginning), complete);
}

statistics::Series Course::complete(std::size_t first) const
{
    if (values.empty())
        return {};
    return {values.begin() + std::ptrdiff_t(completeFrom(first)), values.end() - 1};
}

std::size_t Course::last(std::size_t most) const
{
    return completeFrom(values.size() > most ? values.size() - 1 - most : 0);
}

} // namespace prism::analytics
