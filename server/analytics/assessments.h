#pragma once

#include "server/analytics/window_noise.h"

namespace prism::analytics {

/// How much the numbers of a window usually differ, or why that is not known.
struct KnownNoise
{
    std::shared_ptr<const WindowNoise> noise = {};
    protocol::NoVerdict without = protocol::NoVerdict::NotReady;
};

/// What there is to say of each number of a window beside the span that it is compared with. A plain value.
class Assessments
{
public:
    /// The same of all, with a reason.
    Assessments(const Span& before, protocol::NoVerdict reason);

    /// `before` is what happened in the window's previous span; nothing where that is not known.
    Assessments(const Window& window, const SpanFacts& now, const std::optional<SpanFacts>& before,
                const KnownNoise& known);

    /// Of a name among those of numberKinds().
    const protocol::Assessment& of(QLatin1String name) const { return m_all[numberIndex(name)]; }

private:
    std::array<protocol::Assessment, numberCount> m_all;
};

} // namespace prism::analytics
