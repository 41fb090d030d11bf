#pragma once

#include "server/reports/notes.h"
#include "shared/protocol/check.h"
#include "shared/protocol/names.h"

namespace prism::reports {

/// What a tool's word for a severity weighs here; a warning where it is a word of another format, since
/// nothing of a file is refused for one.
template <std::size_t N>
protocol::Severity weigh(const std::array<protocol::Name<protocol::Severity>, N>& words, QStringView word,
                         Notes& notes)
{
    constexpr qsizetype longest = 32; // of a word that a format knows, and more
    if (const auto known = protocol::valueOf(words, word.left(longest).toString().toLower()))
        return *known;
    if (!word.isEmpty())
        notes.add(QLatin1String("severities that the format does not know count as warnings"));
    return protocol::Severity::Warning;
}

} // namespace prism::reports
