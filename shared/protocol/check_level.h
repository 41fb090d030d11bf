#pragma once

#include "shared/protocol/names.h"

namespace prism::protocol {

/// How severe the server is when it judges. Strict makes of what a rule weighs one step more, relaxed one
/// step less.
enum class CheckLevel { Strict, Standard, Relaxed };

inline constexpr std::array<Name<CheckLevel>, 3> checkLevelNames{
    {{CheckLevel::Strict, "strict"}, {CheckLevel::Standard, "standard"}, {CheckLevel::Relaxed, "relaxed"}}};

} // namespace prism::protocol
